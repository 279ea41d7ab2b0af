// Work that several derived lines repeat gets a line of its own: `tanh_c = tanh(c)`.

import { type Application, type Expression, keyOf, longerThan, name } from './expression.ts';
import type { FreshNames } from './fresh-names.ts';
import { ops } from './ops.ts';
import type { Equation } from './program.ts';

/** Calls, matrix products and whatever is long are worth a name; `1 - z` twice reads better than a name for it. */
const worthNaming = (e: Expression): e is Application =>
  e.kind === 'apply' &&
  (ops[e.op].notation.kind === 'function' ||
    (e.op === 'product' && e.args.every((arg) => arg.kind !== 'number')) ||
    longerThan(2, e));

/**
 * Lines in which no call, no matrix product and nothing long is computed twice, and no line is another one's double. What a
 * forward equation computes already is read from it (`forward`: key of an expression -> name).
 */
export function extractRepeated(
  lines: readonly Equation[],
  forward: ReadonlyMap<string, string>,
  fresh: FreshNames,
): Equation[] {
  const reused = lines.map((line) => ({ ...line, value: withNames(line.value, forward) }));
  const counts = new Map<string, number>();
  for (const { value } of reused) count(value, counts);
  const names = new Map<string, string>();
  const whole = new Map<string, string>();
  const out: Equation[] = [];
  const nameIt = (e: Application, value: Expression): Expression => {
    const text = nameFor(e, fresh);
    names.set(keyOf(e), text);
    out.push({ name: text, value, line: 0 });
    return name(text);
  };
  const known = (e: Expression): Expression | undefined => {
    if (e.kind !== 'apply') return undefined;
    const text = names.get(keyOf(e)) ?? whole.get(keyOf(e));
    return text === undefined ? undefined : name(text);
  };
  const within = (e: Application): Application => ({ ...e, args: e.args.map(rewrite) });
  const rewrite = (e: Expression): Expression => {
    if (e.kind !== 'apply') return e;
    const again = counts.get(keyOf(e))! > 1;
    return known(e) ?? (again && worthNaming(e) ? nameIt(e, within(e)) : within(e));
  };
  for (const line of reused) {
    const { value } = line;
    let rewritten: Expression = value;
    if (value.kind === 'apply') {
      // No line may read a name that ends in _prev: it would be a state's.
      const readable = !line.name.endsWith('_prev');
      const again = counts.get(keyOf(value))! > 1;
      rewritten = known(value) ?? (again && !readable ? nameIt(value, within(value)) : within(value));
      rewritten = known(rewritten) ?? rewritten;
      if (readable) for (const e of [value, rewritten]) if (!whole.has(keyOf(e))) whole.set(keyOf(e), line.name);
    }
    out.push({ ...line, value: rewritten });
  }
  return out;
}

/** An expression that reads whatever has a name by that name (`named`: key of an expression -> name). */
export function withNames(e: Expression, named: ReadonlyMap<string, string>): Expression {
  if (e.kind !== 'apply') return e;
  const known = named.get(keyOf(e));
  return known === undefined ? { ...e, args: e.args.map((arg) => withNames(arg, named)) } : name(known);
}

function count(e: Expression, counts: Map<string, number>): void {
  if (e.kind !== 'apply') return;
  const key = keyOf(e);
  const seen = (counts.get(key) ?? 0) + 1;
  counts.set(key, seen);
  // What stands inside a repeated expression is computed once with it.
  if (seen === 1) for (const arg of e.args) count(arg, counts);
}

function nameFor(e: Application, fresh: FreshNames): string {
  const [arg] = e.args;
  const stem = ops[e.op].notation.kind === 'function' && arg?.kind === 'name' ? `${e.op}_${arg.name}` : `v_${e.op}`;
  // A name that ends in _prev would be a state's.
  return fresh.take(stem.endsWith('_prev') ? `${stem}_1` : stem);
}
