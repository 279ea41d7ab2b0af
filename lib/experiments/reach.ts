// How to say in a number how fast a gradient fades on its way back. norms[t] is ‖∂L/∂h_t‖ for t = 1 … T.

import { power } from '../numbers/elementary.ts';
import { median } from '../numbers/statistics.ts';

export type Verdict = 'vanishes' | 'vanishes, slowly' | 'holds' | 'explodes' | 'no path back';

/** The first lag k at which ‖∂L/∂h_{T-k}‖ is below 1 % of ‖∂L/∂h_T‖; null when there is none. */
export function horizonOf(norms: readonly number[]): number | null {
  const last = norms.at(-1)!;
  for (let k = 1; k < norms.length; k++) if (norms[norms.length - 1 - k]! < 0.01 * last) return k;
  return null;
}

/** (n_{T-k}/n_T)^{1/k} at the largest lag k at which the gradient has not underflowed to 0. NaN for a single step. */
export function decayOf(norms: readonly number[]): number {
  const last = norms.at(-1)!;
  for (let k = norms.length - 1; k >= 1; k--) {
    const value = norms[norms.length - 1 - k]!;
    if (value > 0) return power(value / last, 1 / k);
  }
  return norms.length > 1 ? 0 : Number.NaN;
}

/** Told from the median over seeds: of the decay, and of what is left at t = 1. */
export function verdictOf(norms: readonly (readonly number[])[]): Verdict {
  const decay = median(norms.map(decayOf));
  const left = median(norms.map((n) => n[0]! / n.at(-1)!));
  if (decay === 0 || Number.isNaN(decay)) return 'no path back';
  if (left > 100) return 'explodes';
  if (left >= 0.01) return 'holds';
  return decay >= 0.8 ? 'vanishes, slowly' : 'vanishes';
}
