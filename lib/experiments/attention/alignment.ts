// What an alignment is held against: where each output really comes from. Shapes: T outputs, S source positions, from 0.

import { log } from '../../numbers/elementary.ts';
import { argmax } from '../../training/free-running.ts';

/** Of one sequence or, as means, of many. */
export interface AlignmentMeasures {
  /** P(argmax_j α_ij is no true source of output i), over the outputs that come from somewhere. */
  readonly error: number;
  /** Of those that miss, the share that look exactly one position later; NaN where none misses. */
  readonly oneLater: number;
  /** Mean -Σ_j α_ij ln α_ij / ln S over all outputs: 0 looks at one place, 1 at all alike. */
  readonly entropy: number;
  /** Pairs of outputs whose places cross: of i < k, the share with argmax α_i > argmax α_k. */
  readonly crossing: number;
  /** The same of the true sources: the first one of each. */
  readonly trueCrossing: number;
}

export interface Aligned {
  /** [T][S] */
  readonly alpha: Float64Array;
  /** For each output the source positions of which any is right; none where it comes from nowhere. */
  readonly gold: readonly (readonly number[])[];
}

/** Over all sequences; S is at least 2. NaN where a weight is not finite. */
export function measuresOf(sequences: readonly Aligned[], S: number): AlignmentMeasures {
  let [held, missed, later, outputs, entropies] = [0, 0, 0, 0, 0];
  const [looked, came] = [new Crossings(), new Crossings()];
  for (const { alpha, gold } of sequences) {
    const places = gold.map((_, i) => argmax(alpha.subarray(i * S, (i + 1) * S)));
    if (places.includes(-1)) [missed, entropies] = [Number.NaN, Number.NaN];
    const from = gold.map((right, i) => ({ right, place: places[i]! })).filter(({ right }) => right.length > 0);
    held += from.length;
    for (const { right, place } of from) {
      if (right.includes(place)) continue;
      missed++;
      if (right.includes(place - 1)) later++;
    }
    outputs += gold.length;
    for (const a of alpha) if (a > 0) entropies -= a * log(a);
    looked.add(from.map(({ place }) => (place < 0 ? Number.NaN : place)));
    came.add(from.map(({ right }) => right[0]!));
  }
  return {
    error: missed / held,
    oneLater: later / missed,
    entropy: entropies / (outputs * log(S)),
    crossing: looked.rate,
    trueCrossing: came.rate,
  };
}

/** Counts pairs i < k whose places go the other way round. */
class Crossings {
  #pairs = 0;
  #crossed = 0;
  add(places: readonly number[]): void {
    for (const [k, place] of places.entries()) {
      this.#pairs += k;
      if (Number.isNaN(place)) this.#crossed = Number.NaN;
      for (const earlier of places.slice(0, k)) if (earlier > place) this.#crossed++;
    }
  }
  get rate(): number {
    return this.#crossed / this.#pairs;
  }
}

/**
 * Lags of a source read from its beginning or from its end, S steps, then T outputs: how many steps lie between reading a symbol and
 * saying what comes from it. Sutskever, Vinyals & Le 2014, section 3.3.
 */
export function lagsOf(gold: readonly (readonly number[])[], S: number, reversed: boolean): number[] {
  return gold.flatMap((right, i) => right.slice(0, 1).map((j) => S + i - (reversed ? S - 1 - j : j)));
}
