// How far a gradient reaches: ‖∂L/∂s_t‖ for t = 1 … T of one run, and the numbers and words that are made of it.
// Where the loss reads an output, T is the last step; a cell whose output reads only the states before it is reached first at T - 1.

import type { Cell } from '../../cells/catalogue.ts';
import type { Backward } from '../../equations/derive.ts';
import { type Sizes, shapeOf, sizeOf, zeroStates } from '../../equations/program.ts';
import { exp, log } from '../../numbers/elementary.ts';
import { type Matrix, zeros } from '../../numbers/matrix.ts';
import { median } from '../../numbers/statistics.ts';
import type { Series } from '../../render/result.ts';
import { bandSeries } from '../kit/band.ts';
import { firstNonFinite, type NonFinite, nonFiniteSays } from '../non-finite.ts';
import type { GradientNorms } from './gradient-norms.ts';

/** One run. */
export interface NormsByStep {
  /** norms[t-1] = ‖∂L/∂s_t‖ */
  readonly norms: readonly number[];
  /** Present where a norm is not finite. */
  readonly nonFinite?: NonFinite | undefined;
  /** Whether the gradient is 0 only because it underflowed: a longer v would give one above 0. */
  readonly underflows?: true;
}

/** The smallest number that a double holds to all its digits. */
const leastNormal = 2.2250738585072014e-308;

/** `given` as `GradientNorms.norms` takes it; the rest says where a number that is not finite comes from. */
export function normsByStep(
  runs: GradientNorms,
  backward: Backward,
  sizes: Sizes,
  given: {
    readonly params: ReadonlyMap<string, Matrix>;
    readonly inputs: readonly Matrix[];
    readonly v: Float64Array;
    readonly only?: string | undefined;
  },
): NormsByStep {
  const { params, inputs, v, only } = given;
  const norms = runs.norms(params, inputs, v, only);
  const wrong = norms.findLastIndex((norm) => !Number.isFinite(norm));
  if (wrong >= 0) {
    const { forward } = backward;
    const { rows, columns } = shapeOf(forward, forward.output);
    const none = zeros(sizeOf(rows, sizes), sizeOf(columns, sizes));
    const readout = inputs.map((_, t) => (t === inputs.length - 1 ? { ...none, data: v } : none));
    const initial = zeroStates(forward, sizes);
    const nonFinite = firstNonFinite(backward, { params, initial, inputs, readout });
    // Entries may all be finite, and their norm not.
    return {
      norms,
      nonFinite: nonFinite ?? { pass: 'backward', name: 'the norm', step: wrong + 1, cause: 'overflows' },
    };
  }
  const zero = zeroLag(norms);
  if (zero === null) return { norms };
  const largest = Math.max(...norms);
  const longer = runs.norms(
    params,
    inputs,
    v.map((entry) => entry * (1e300 / largest)),
    only,
  );
  return longer[readFrom(norms) - zero]! > 0 ? { norms, underflows: true } : { norms };
}

/** The index of the last step that the loss reaches; -1 where it reaches none. */
const readFrom = (norms: readonly number[]): number => norms.findLastIndex((norm) => norm > 0);

/** The first lag k at which ‖∂L/∂s_{T-k}‖ is below 1 % of ‖∂L/∂s_T‖; null when there is none. */
export function reachOf(norms: readonly number[]): number | null {
  const from = readFrom(norms);
  for (let k = 1; k <= from; k++) if (norms[from - k]! < 0.01 * norms[from]!) return k;
  return null;
}

/** The first lag at which a double holds no gradient; null when there is none. */
function zeroLag(norms: readonly number[]): number | null {
  const from = readFrom(norms);
  if (from < 1 && norms.length > 1) return 1;
  for (let k = 1; k <= from; k++) if (norms[from - k]! < leastNormal) return k;
  return null;
}

/**
 * The geometric mean factor per step back, (n_1/n_{T-1})^{1/(T-2)}, or down to the last step at which the gradient has not underflowed. The
 * step from T to T-1 is left out: there the loss reads one state of several, an LSTM's h, and the others get what it passes on.
 * 0 where no path leads back, NaN where only one value is left to compare.
 */
export function decayOf(norms: readonly number[]): number {
  const from = readFrom(norms) - 1;
  const to = from + 2 - (zeroLag(norms) ?? from + 2);
  if (from < 0 || to > from) return norms.length > 1 ? 0 : Number.NaN;
  if (to === from) return from === 0 ? Number.NaN : 0;
  return exp((log(norms[to]!) - log(norms[from]!)) / (from - to));
}

/** ‖∂L/∂s_1‖ / ‖∂L/∂s_T‖; NaN where the loss reaches no state. */
export const leftOf = (norms: readonly number[]): number => norms[0]! / (norms[readFrom(norms)] ?? Number.NaN);

/** Of which state the gradient is: of h where that is all that every cell hands on, else of the whole state s. */
export function gradientOf(cells: readonly Cell[]): string {
  const [first, ...others] = new Set(cells.map(({ program }) => program.states.join()));
  return others.length === 0 && first === 'h' ? '∂L/∂h_t' : '∂L/∂s_t';
}

/** The median decay a step and the median reach of all runs, for a table; empty where a run is not finite. */
export function decayAndReach(runs: readonly NormsByStep[]): [decay: number | null, reach: number | string | null] {
  if (runs.some(({ nonFinite }) => nonFinite !== undefined)) return [null, null];
  const decay = median(runs.map(({ norms }) => decayOf(norms)));
  const steps = runs[0]!.norms.length;
  const reach = median(runs.map(({ norms }) => reachOf(norms) ?? steps));
  return [Number.isNaN(decay) ? null : decay, reach < steps ? reach : `over ${steps - 1}`];
}

/** The norms of all runs; what is not finite is no value of a chart, nor is any gradient of a forward pass that is not. */
export const normSeries = (name: string, runs: readonly NormsByStep[]): Series =>
  bandSeries(
    name,
    runs.map(({ norms, nonFinite }) =>
      norms.map((norm) => (nonFinite?.pass !== 'forward' && Number.isFinite(norm) ? norm : null)),
    ),
  );

export const verdictMeans =
  'vanishes: less than 1 % of the gradient at t = T is left at t = 1; explodes: more than 100 times it; holds: anything between.';

/** From the median over seeds of what is left at t = 1; a seed that is not finite decides for all. */
export function verdictOf(runs: readonly NormsByStep[], firstSeed: number): string {
  const wrong = runs.findIndex((run) => run.nonFinite !== undefined);
  if (wrong >= 0) {
    const count = runs.filter((run) => run.nonFinite !== undefined).length;
    const where = runs.length === 1 ? '' : ` (seed ${firstSeed + wrong})`;
    const some = count === runs.length ? '' : ` in ${count} of ${runs.length} seeds`;
    return `not finite${some}: ${nonFiniteSays(runs[wrong]!.nonFinite!)}${where}`;
  }
  const ends = runs.flatMap(({ norms, underflows }) => {
    const lag = zeroLag(norms);
    return lag === null ? [] : [{ lag, underflows }];
  });
  if (ends.length * 2 > runs.length) {
    const first = ends.reduce((a, b) => (b.lag < a.lag ? b : a));
    return first.underflows ? `underflows below 1e-308 at lag ${first.lag}` : `0 in doubles from lag ${first.lag} on`;
  }
  const left = median(runs.map(({ norms }) => leftOf(norms)));
  if (left > 100) return 'explodes';
  return left >= 0.01 ? 'holds' : 'vanishes';
}
