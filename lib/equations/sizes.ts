// Sizes for the dimensions that a program names.

import { type Matrix, zeros } from '../numbers/matrix.ts';
import { type Program, type Sizes, shapeOf, sizeOf } from './program.ts';

/** H, D, and H for every dimension that a declaration introduced. */
export function sizesFor(program: Program, hidden: number, input: number): Map<string, number> {
  const sizes = new Map([
    ['H', hidden],
    ['D', input],
  ]);
  for (const { rows, columns } of program.shapes.values())
    for (const dimension of [rows, columns])
      if (typeof dimension === 'string' && !sizes.has(dimension)) sizes.set(dimension, hidden);
  return sizes;
}

/** States at zero: what a run begins with. They say what size each is, also where nothing else does. */
export function zeroStates(program: Program, sizes: Sizes): Map<string, Matrix> {
  return new Map(
    program.states.map((state) => {
      const { rows, columns } = shapeOf(program, state);
      return [state, zeros(sizeOf(rows, sizes), sizeOf(columns, sizes))];
    }),
  );
}
