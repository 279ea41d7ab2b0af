// The value of an expression, in whatever arithmetic.

import type { Expression } from './expression.ts';
import type { MathEngine } from './mathjs.ts';
import { ops } from './ops.ts';

/** Where names have values: a Map is one. */
export interface Scope<V> {
  get(name: string): V | undefined;
}

/** Every name is looked up in `scope`, which has all of them. */
export function evaluate<M>(expression: Expression, scope: Scope<number | M>, math: MathEngine<M>): number | M {
  if (expression.kind === 'number') return expression.value;
  if (expression.kind === 'name') return scope.get(expression.name)!;
  const { value } = ops[expression.op];
  const [a, b] = expression.args;
  return b === undefined
    ? value(math, evaluate(a!, scope, math))
    : value(math, evaluate(a!, scope, math), evaluate(b, scope, math));
}
