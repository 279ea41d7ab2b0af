// The scale of a map of values of both signs.

import { greatest } from '../../numbers/statistics.ts';
import type { HeatmapFigure } from '../../render/result.ts';

/** As far below zero as above it, to the finite value that is furthest from it; -1 to 1 where all are zero. */
export function aboutZero(values: readonly (readonly number[])[]): HeatmapFigure['scale'] {
  const largest = greatest([0, ...values.map((row) => greatest(row.map(Math.abs).filter(Number.isFinite)))]) || 1;
  return { kind: 'diverging', low: -largest, high: largest };
}
