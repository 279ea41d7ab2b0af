// Sums and elementwise products as a reader sees them: a row of terms, a row of factors.

import { apply, type Expression } from '../expression.ts';
import { negate } from '../simplify.ts';

export interface SignedTerm {
  readonly negative: boolean;
  readonly value: Expression;
}

export const isSum = (e: Expression): boolean => e.kind === 'apply' && (e.op === 'add' || e.op === 'subtract');
export const isTimes = (e: Expression): boolean => e.kind === 'apply' && e.op === 'times';

export function termsOf(e: Expression, negative = false): SignedTerm[] {
  if (e.kind !== 'apply') return [{ negative, value: e }];
  const [a, b] = e.args;
  if (e.op === 'add') return [...termsOf(a!, negative), ...termsOf(b!, negative)];
  if (e.op === 'subtract') return [...termsOf(a!, negative), ...termsOf(b!, !negative)];
  if (e.op === 'negate') return termsOf(a!, !negative);
  return [{ negative, value: e }];
}

/** In the order given, but for a first term that would begin with a minus and can stand second. */
export function sumFrom(terms: readonly SignedTerm[]): Expression {
  const [first, second, ...rest] = terms;
  const ordered = first!.negative && second !== undefined && !second.negative ? [second, first!, ...rest] : terms;
  return ordered
    .slice(1)
    .reduce<Expression>(
      (sum, { negative, value }) => apply(negative ? 'subtract' : 'add', sum, value),
      ordered[0]!.negative ? negate(ordered[0]!.value) : ordered[0]!.value,
    );
}

export const factorsOf = (e: Expression): Expression[] =>
  e.kind === 'apply' && e.op === 'times' ? e.args.flatMap(factorsOf) : [e];

export const timesFrom = (factors: readonly Expression[]): Expression =>
  factors.reduce((left, right) => apply('times', left, right));
