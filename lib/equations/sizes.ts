// Sizes for the dimensions that a program names.

import type { Program } from './program.ts';

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
