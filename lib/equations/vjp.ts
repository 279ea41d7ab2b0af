// One application of the chain rule: ∂L/∂argument from ∂L/∂value, by the rule of the op table.

import { apply, type Expression, type OpName } from './expression.ts';
import { ops } from './ops.ts';
import type { Shape } from './program.ts';
import { isScalarShape, type ShapeOf } from './shape-of.ts';
import { negate, product, times, transpose } from './simplify.ts';

/**
 * ∂L/∂argument for each argument of `op`, from its value and ∂L/∂value `dy`; null where no gradient flows. A scalar that was
 * spread over a shape collects its gradient from all of it.
 */
export function vjpOf(
  op: OpName,
  args: readonly Expression[],
  value: Expression,
  dy: Expression,
  shapes: ShapeOf,
): (Expression | null)[] {
  // The rules are linear in dy: its sign can wait until the end.
  if (dy.kind === 'apply' && dy.op === 'negate')
    return vjpOf(op, args, value, dy.args[0]!, shapes).map((result) => (result === null ? null : negate(result)));
  const scalars = args.map((arg) => isScalarShape(shapes.of(arg)));
  const spreads = ops[op].arity === 2 && scalars.includes(true) && !scalars.every(Boolean);
  const results = op === 'product' && scalars.includes(true) ? scaled(args, scalars, dy) : ops[op].vjp(args, value, dy);
  return results.map((result, i) => {
    if (result === null || args[i]!.kind === 'number') return null;
    return spreads && scalars[i] ? summed(result, shapes.of(dy), shapes) : result;
  });
}

/** `product` with a scalar factor works element by element. */
function scaled(args: readonly Expression[], scalars: readonly boolean[], dy: Expression): readonly Expression[] {
  const [a, b] = args as [Expression, Expression];
  return scalars[0] ? [times(dy, b), product(a, dy)] : [product(b, dy), times(dy, a)];
}

/** The sum of all entries of an expression; of a product of two columns it is their inner product. */
function summed(expression: Expression, shape: Shape, shapes: ShapeOf): Expression {
  if (expression.kind === 'apply' && expression.op === 'negate')
    return negate(summed(expression.args[0]!, shape, shapes));
  if (expression.kind === 'apply' && expression.op === 'times' && shape.columns === 1) {
    const [a, b] = expression.args as [Expression, Expression];
    if (b.kind === 'name' && !isScalarShape(shapes.of(b)) && !isScalarShape(shapes.of(a)))
      return product(transpose(b), a);
  }
  return apply('sum', expression);
}
