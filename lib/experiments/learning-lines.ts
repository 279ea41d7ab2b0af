// What `train` trains side by side.

import type { Cell } from '../cells/catalogue.ts';
import type { StartOptions } from '../options/initialisation.ts';
import type { LearningOptions } from './learning-curve.ts';

/** A line for each cell; or for each cell at each spectral radius. */
export function linesFor({ cells, radii, start }: LearningOptions): LearningLine[] {
  if (radii === undefined) return cells.map((cell) => ({ cell, start }));
  return cells.flatMap((cell) =>
    radii.map((radius) => ({ cell: { ...cell, name: `${cell.name} ρ ${radius}` }, start: { ...start, radius } })),
  );
}

export interface LearningLine {
  readonly cell: Cell;
  readonly start: StartOptions;
}
