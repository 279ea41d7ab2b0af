// The value of an expression, in whatever arithmetic.

import type { Expression } from './expression.ts';
import { type Arithmetic, ops } from './ops.ts';
import type { PlainValue } from './plain-math.ts';

/** Where names have values: a Map is one. */
export interface Scope<V> {
  get(name: string): V | undefined;
}

/** Every name is looked up in `scope`, which has all of them. */
export function evaluate<V>(
  expression: Expression,
  scope: Scope<V | number>,
  arithmetic: Arithmetic<V | number>,
): V | number {
  if (expression.kind === 'number') return expression.value;
  if (expression.kind === 'name') return scope.get(expression.name)!;
  const [a, b] = expression.args;
  const operation = arithmetic[expression.op];
  return b === undefined
    ? operation(evaluate(a!, scope, arithmetic))
    : operation(evaluate(a!, scope, arithmetic), evaluate(b, scope, arithmetic));
}

/** That of the op table. */
export const plainArithmetic = Object.fromEntries(
  Object.entries(ops).map(([op, { value }]) => [op, value]),
) as unknown as Arithmetic<PlainValue>;
