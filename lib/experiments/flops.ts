// How many multiplications and additions a step needs, counted from the equations.

import type { Expression } from '../equations/expression.ts';
import { type Program, type Sizes, sizeOf } from '../equations/program.ts';
import { isScalarShape, ShapeOf } from '../equations/shape-of.ts';

/**
 * Of the matrix products of one step of one sequence: 2 · rows · terms · columns each, as the equations are written.
 * Elementwise work is not counted, nor is a scalar factor. The backward step needs twice this: each product has two gradients.
 */
export function productFlops(program: Program, sizes: Sizes): number {
  const shapes = new ShapeOf(program.shapes);
  const count = (expression: Expression): number => {
    if (expression.kind !== 'apply') return 0;
    const within = expression.args.reduce((sum, arg) => sum + count(arg), 0);
    if (expression.op !== 'product') return within;
    const [left, right] = [shapes.of(expression.args[0]!), shapes.of(expression.args[1]!)];
    if (isScalarShape(left) || isScalarShape(right)) return within;
    return within + 2 * sizeOf(left.rows, sizes) * sizeOf(left.columns, sizes) * sizeOf(right.columns, sizes);
  };
  return program.equations.reduce((sum, { value }) => sum + count(value), 0);
}
