// Work that several derived lines repeat gets a line of its own: `tanh_c = tanh(c)`.

import { type Application, type Expression, keyOf, name } from './expression.ts';
import { ops } from './ops.ts';
import type { Equation } from './program.ts';

/** Calls, matrix products and whatever is long are worth a name; `1 - z` twice reads better than a name for it. */
const worthNaming = (e: Expression): e is Application =>
  e.kind === 'apply' &&
  (ops[e.op].notation.kind === 'function' ||
    (e.op === 'product' && e.args.every((arg) => arg.kind !== 'number')) ||
    operators(e) >= 3);

const operators = (e: Expression): number =>
  e.kind === 'apply' ? e.args.reduce((sum, arg) => sum + operators(arg), 1) : 0;

/**
 * Lines in which no call, no matrix product and nothing long is computed twice, and no line is another one's double. What a
 * forward equation computes already is read from it (`forward`: key of an expression -> name). New names avoid `taken`.
 */
export function extractRepeated(
  lines: readonly Equation[],
  forward: ReadonlyMap<string, string>,
  taken: Set<string>,
): Equation[] {
  const reused = lines.map((line) => ({ ...line, value: replace(line.value, forward) }));
  const counts = new Map<string, number>();
  for (const { value } of reused) count(value, counts);
  const names = new Map<string, string>();
  const whole = new Map<string, string>();
  const out: Equation[] = [];
  const rewrite = (e: Expression, isWhole: boolean): Expression => {
    if (e.kind !== 'apply') return e;
    const key = keyOf(e);
    const existing = names.get(key) ?? whole.get(key);
    if (existing !== undefined) return name(existing);
    const value = { ...e, args: e.args.map((arg) => rewrite(arg, false)) };
    if (isWhole || !worthNaming(e) || counts.get(key)! < 2) return value;
    const text = nameFor(e, taken);
    names.set(key, text);
    out.push({ name: text, value, line: 0 });
    return name(text);
  };
  for (const line of reused) {
    const value = rewrite(line.value, true);
    if (line.value.kind === 'apply' && !whole.has(keyOf(line.value))) whole.set(keyOf(line.value), line.name);
    out.push({ ...line, value });
  }
  return out;
}

function replace(e: Expression, forward: ReadonlyMap<string, string>): Expression {
  if (e.kind !== 'apply') return e;
  const known = forward.get(keyOf(e));
  return known === undefined ? { ...e, args: e.args.map((arg) => replace(arg, forward)) } : name(known);
}

function count(e: Expression, counts: Map<string, number>): void {
  if (e.kind !== 'apply') return;
  const key = keyOf(e);
  const seen = (counts.get(key) ?? 0) + 1;
  counts.set(key, seen);
  // What stands inside a repeated expression is computed once with it.
  if (seen === 1) for (const arg of e.args) count(arg, counts);
}

function nameFor(e: Application, taken: Set<string>): string {
  const [arg] = e.args;
  const stem = ops[e.op].notation.kind === 'function' && arg?.kind === 'name' ? `${e.op}_${arg.name}` : `v_${e.op}`;
  // A name that ends in _prev would be a state's.
  return unusedName(stem.endsWith('_prev') ? `${stem}_1` : stem, taken);
}

/** The stem, or the stem and the first number that makes it a new name; it is taken from then on. */
export function unusedName(stem: string, taken: Set<string>): string {
  let text = stem;
  for (let i = 1; taken.has(text); i++) text = `${stem}_${i}`;
  taken.add(text);
  return text;
}
