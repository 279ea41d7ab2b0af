// Constructors that simplify as they build, so that a derived pass reads as a textbook would write it.
// They know no shapes: each rewriting holds for numbers, columns and matrices alike.

import { apply, type Expression, keyOf, number } from './expression.ts';

const isNumber = (e: Expression, value?: number): e is Expression & { kind: 'number' } =>
  e.kind === 'number' && (value === undefined || e.value === value);
const isOp = (e: Expression, op: string): e is Expression & { kind: 'apply' } => e.kind === 'apply' && e.op === op;

/** Whether a result of two numbers is neither too large nor too small for a double. */
const holds = (result: number, a: number, b: number): boolean =>
  Number.isFinite(result) && (result !== 0 || a === 0 || b === 0);

/** An elementwise product taken apart: sign·coefficient · factor .* factor …, in reading order. */
interface Term {
  readonly coefficient: number;
  readonly factors: readonly Expression[];
}

function termOf(e: Expression): Term {
  let coefficient = 1;
  const factors: Expression[] = [];
  const collect = (part: Expression): void => {
    if (part.kind === 'number' && holds(coefficient * part.value, coefficient, part.value)) coefficient *= part.value;
    else if (isOp(part, 'negate')) {
      coefficient = -coefficient;
      collect(part.args[0]!);
    } else if (isOp(part, 'times') || (isOp(part, 'product') && part.args.some((arg) => arg.kind === 'number')))
      part.args.forEach(collect);
    else factors.push(part);
  };
  collect(e);
  return { coefficient, factors };
}

function fromTerm({ coefficient, factors }: Term): Expression {
  const [first, ...rest] = factors;
  if (first === undefined) return number(coefficient);
  const size = Math.abs(coefficient);
  const head = size === 1 ? first : apply('product', number(size), first);
  const all = rest.reduce((left, right) => apply('times', left, right), head);
  return coefficient < 0 ? apply('negate', all) : all;
}

export function negate(a: Expression): Expression {
  if (isNumber(a)) return number(-a.value);
  if (isOp(a, 'negate')) return a.args[0]!;
  if (isOp(a, 'subtract')) return subtract(a.args[1]!, a.args[0]!);
  return apply('negate', a);
}

export function plus(a: Expression, b: Expression): Expression {
  if (isNumber(a, 0)) return b;
  if (isNumber(b, 0)) return a;
  if (isNumber(a) && isNumber(b) && Number.isFinite(a.value + b.value)) return number(a.value + b.value);
  if (isOp(b, 'negate')) return subtract(a, b.args[0]!);
  if (isOp(a, 'negate')) return subtract(b, a.args[0]!);
  return apply('add', a, b);
}

export function subtract(a: Expression, b: Expression): Expression {
  if (isNumber(b, 0)) return a;
  if (isNumber(a) && isNumber(b) && Number.isFinite(a.value - b.value)) return number(a.value - b.value);
  if (isNumber(a, 0)) return negate(b);
  if (isOp(b, 'negate')) return plus(a, b.args[0]!);
  return apply('subtract', a, b);
}

export function times(a: Expression, b: Expression): Expression {
  return fromTerm(termOf(apply('times', a, b)));
}

/** The matrix product; signs and numbers move to its front. */
export function product(a: Expression, b: Expression): Expression {
  if (isNumber(a) || isNumber(b)) return times(a, b);
  if (isOp(a, 'negate')) return negate(product(a.args[0]!, b));
  if (isOp(b, 'negate')) return negate(product(a, b.args[0]!));
  return apply('product', a, b);
}

export function divide(a: Expression, b: Expression): Expression {
  if (isNumber(b, 1)) return a;
  if (isOp(a, 'negate')) return negate(divide(a.args[0]!, b));
  return apply('divide', a, b);
}

/** a .^ b; with 'keep', a .^ 0 stays as it is: a one at every entry of a. */
export function power(a: Expression, b: Expression, zero?: 'keep'): Expression {
  if (isNumber(b, 1)) return a;
  if (isNumber(b, 0) && zero !== 'keep') return number(1);
  return apply('power', a, b);
}

export function transpose(a: Expression): Expression {
  if (isNumber(a)) return a;
  if (isOp(a, 'transpose')) return a.args[0]!;
  if (isOp(a, 'negate')) return negate(transpose(a.args[0]!));
  if (isOp(a, 'product')) return product(transpose(a.args[1]!), transpose(a.args[0]!));
  return apply('transpose', a);
}

/**
 * The sum of contributions to one gradient. Like terms become one, and what shares a factor goes behind it in a bracket:
 * d .* a - d .* b becomes d .* (a - b).
 */
export function sumOf(contributions: readonly Expression[]): Expression {
  const left = likeTerms(contributions);
  const parts: Expression[] = [];
  for (let first = left.shift(); first !== undefined; first = left.shift()) {
    const shared = first.keys.find((key) => left.some(({ keys }) => keys.includes(key)));
    if (shared === undefined) {
      parts.push(fromTerm(first));
      continue;
    }
    const group = [first, ...left.filter(({ keys }) => keys.includes(shared))];
    for (const term of group.slice(1)) left.splice(left.indexOf(term), 1);
    const factor = first.factors[first.keys.indexOf(shared)]!;
    parts.push(times(factor, sumOf(group.map((term) => fromTerm(without(term, shared))))));
  }
  return positivesFirst(parts);
}

interface KeyedTerm extends Term {
  readonly keys: readonly string[];
}

/** Terms with the same factors, in whatever order, are added up: a .* b + b .* a is 2 * a .* b. */
function likeTerms(contributions: readonly Expression[]): KeyedTerm[] {
  const found = new Map<string, KeyedTerm>();
  for (const contribution of contributions) {
    const term = termOf(contribution);
    const keys = term.factors.map(keyOf);
    const all = [...keys].sort().join(' ');
    const same = found.get(all);
    const coefficient = term.coefficient + (same?.coefficient ?? 0);
    if (Number.isFinite(coefficient)) found.set(all, { ...(same ?? { ...term, keys }), coefficient });
    else found.set(`${all} ${found.size}`, { ...term, keys });
  }
  const terms = [...found.values()];
  const left = terms.filter(({ coefficient }) => coefficient !== 0);
  // Where all cancel, one keeps the shape.
  return left.length > 0 ? left : terms.slice(0, 1);
}

function without({ coefficient, factors, keys }: KeyedTerm, key: string): Term {
  const at = keys.indexOf(key);
  return { coefficient, factors: factors.filter((_, i) => i !== at) };
}

/** Sums so that no line begins with a minus where another term could stand first. */
function positivesFirst(terms: readonly Expression[]): Expression {
  const positive = terms.filter((t) => !isOp(t, 'negate'));
  const negative = terms.filter((t) => isOp(t, 'negate'));
  return [...positive, ...negative].reduce(plus);
}
