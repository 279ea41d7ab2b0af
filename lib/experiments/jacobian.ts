// The extreme singular values of J_T · … · J_1, the derivative of the last state by the first: they may lie below what a double holds.

import { power } from '../numbers/elementary.ts';
import type { Matrix } from '../numbers/matrix.ts';
import { logExtremeSingularValues } from '../numbers/product.ts';

/** log₁₀ of each; null for a cell without states. */
export interface ProductOfJacobians {
  readonly largest: number | null;
  readonly smallest: number | null;
}

export function productOfJacobians(jacobians: readonly Matrix[]): ProductOfJacobians {
  if ((jacobians[0]?.rows ?? 0) === 0) return { largest: null, smallest: null };
  const { largest, smallest } = logExtremeSingularValues(jacobians);
  return { largest: largest / Math.LN10, smallest: smallest / Math.LN10 };
}

/** A power of ten given by its logarithm: as a number, or in words where no double holds it. */
export function fromLog10(log: number | null): number | string | null {
  if (log === null || log === Number.NEGATIVE_INFINITY) return log === null ? null : 0;
  if (log > -300 && log < 300) return power(10, log);
  const exponent = Math.floor(log);
  return `${power(10, log - exponent).toFixed(1)}e${exponent}`;
}
