// The extreme singular values of J_T · … · J_1, the derivative of the last state by the first: they may lie below what a double holds.

import { pow } from '../../numbers/elementary.ts';
import { logExtremeSingularValues } from '../../numbers/long-product.ts';
import type { Matrix } from '../../numbers/matrix.ts';
import type { GradientNorms } from './gradient-norms.ts';

/** log₁₀ of each; null where there is none: a cell without states, or a Jacobian that is not finite. */
export interface ProductOfJacobians {
  readonly largest: number | null;
  readonly smallest: number | null;
  /** Present where `smallest` is an upper bound, all digits being rounding errors. */
  readonly isBound?: true;
}

export const unknownProduct: ProductOfJacobians = { largest: null, smallest: null };

/** n³·T multiplications are a second's work up to here; beyond it the table leaves the singular values out and a note says so. */
const mostMultiplications = 1e9;

export async function productOf(
  norms: GradientNorms,
  params: ReadonlyMap<string, Matrix>,
  inputs: readonly Matrix[],
): Promise<ProductOfJacobians> {
  if (norms.stateSize ** 3 * inputs.length > mostMultiplications) return unknownProduct;
  return productOfJacobians(await norms.jacobians(params, inputs));
}

export function productOfJacobians(jacobians: readonly Matrix[]): ProductOfJacobians {
  if ((jacobians[0]?.rows ?? 0) === 0 || !jacobians.every(({ data }) => data.every(Number.isFinite)))
    return unknownProduct;
  const { largest, smallest, ...rest } = logExtremeSingularValues(jacobians);
  return { largest: largest / Math.LN10, smallest: smallest / Math.LN10, ...rest };
}

/** A power of ten given by its logarithm: as a number, or in words where no double holds it. */
export function fromLog10(log: number | null): number | string | null {
  if (log === null || log === Number.NEGATIVE_INFINITY) return log === null ? null : 0;
  if (log > -300 && log < 300) return pow(10, log);
  return inTenths(log, Math.round);
}

function inTenths(log: number, round: (value: number) => number): string {
  const exponent = Math.floor(log);
  const tenths = round(pow(10, log - exponent) * 10);
  return tenths < 100 ? `${(tenths / 10).toFixed(1)}e${exponent}` : `1.0e${exponent + 1}`;
}

/** σ min for a table: a number, or its upper bound as `< 1.2e-17`. */
export function smallestOf({ smallest, isBound }: ProductOfJacobians): number | string | null {
  if (!isBound || smallest === null) return fromLog10(smallest);
  // A bound is rounded up.
  return smallest === Number.NEGATIVE_INFINITY ? 0 : `< ${inTenths(smallest, Math.ceil)}`;
}
