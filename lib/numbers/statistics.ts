// Medians, ranges and intervals over seeds, and the power by which one quantity grows with another.

import { log } from './elementary.ts';

/** The value below which the fraction `q` of the values lies, by linear interpolation (type 7 of Hyndman & Fan 1996). NaN when empty, and where a value is NaN. */
export function quantile(values: readonly number[], q: number): number {
  if (values.length === 0 || values.some(Number.isNaN)) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const [low, high] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  return low === high ? low : low + (high - low) * (at - Math.floor(at));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** The greatest of any number of values; -Infinity of none. Math.max takes no more arguments than a stack has room for. */
export function greatest(values: Iterable<number>): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) most = Math.max(most, value);
  return most;
}

/** The p of y ∝ x^p that fits best: the slope of the least-squares line through (log x, log y). All positive, at least two different x. */
export function powerOf(x: readonly number[], y: readonly number[]): number {
  const [u, v] = [x.map(log), y.map(log)];
  const [u0, v0] = [mean(u), mean(v)];
  const together = mean(u.map((value, i) => (value - u0) * (v[i]! - v0)));
  return together / mean(u.map((value) => (value - u0) * (value - u0)));
}

/** Of n fair coins: the chance of at most k heads. */
export function fewHeads(n: number, k: number): number {
  let [term, sum] = [1, 0];
  for (let i = 0; i < n; i++) term /= 2;
  for (let i = 0; i <= k; i++) {
    sum += term;
    term *= (n - i) / (i + 1);
  }
  return sum;
}

interface Interval {
  readonly low: number;
  readonly high: number;
  /** How often such an interval holds the median of what the values are drawn from, whatever that is. */
  readonly coverage: number;
}

/**
 * Between two order statistics: the narrowest symmetric pair that holds the median at least as often as `wanted`, or the whole range
 * where there are too few values for that (Conover 1999, section 3.2). NaN when empty, and where a value is NaN.
 */
export function medianInterval(values: readonly number[], wanted = 0.95): Interval {
  const sorted = values.some(Number.isNaN) ? values.map(() => Number.NaN) : [...values].sort((a, b) => a - b);
  const n = sorted.length;
  let out = 0;
  while (2 * (out + 1) < n && 1 - 2 * fewHeads(n, out + 1) >= wanted) out++;
  return {
    low: sorted[out] ?? Number.NaN,
    high: sorted[n - 1 - out] ?? Number.NaN,
    coverage: 1 - 2 * fewHeads(n, out),
  };
}

/** Exact two-sided sign test: how likely so uneven a split is where both signs are as likely. Zeros do not count; NaN where a difference is. */
export function signTest(differences: readonly number[]): number {
  if (differences.some(Number.isNaN)) return Number.NaN;
  const above = differences.filter((d) => d > 0).length;
  const below = differences.filter((d) => d < 0).length;
  return Math.min(1, 2 * fewHeads(above + below, Math.min(above, below)));
}

export interface Standardised {
  /** (value - mean) / deviation, of all values. */
  readonly values: Float64Array;
  readonly mean: number;
  /** The population's; 1 where the values are constant. */
  readonly deviation: number;
  /** The deviation as a share of the largest size of a value; 0 where the values are constant. */
  readonly spread: number;
}

/**
 * To zero mean and unit variance of the first `fitted` values. Right for all finite values: divided by a power of two, which is exact,
 * they neither overflow nor vanish, and around the first one a spread that is tiny relative to the mean loses no digits. What is not
 * fitted may lie infinitely many deviations away.
 */
export function standardised(numbers: readonly number[], fitted = numbers.length): Standardised {
  let [unit, largest] = [1, 0];
  for (let i = 0; i < fitted; i++) largest = Math.max(largest, Math.abs(numbers[i]!));
  while (unit <= largest / 2) unit *= 2;
  while (largest > 0 && unit > largest) unit /= 2;
  const about = numbers[0]! / unit;
  const values = Float64Array.from(numbers, (number) => number / unit - about);
  // Twice, so that what rounding left of the mean goes too.
  let center = 0;
  for (let pass = 0; pass < 2; pass++) {
    let sum = 0;
    for (let i = 0; i < fitted; i++) sum += values[i]! - center;
    center += sum / fitted;
  }
  let squares = 0;
  for (let i = 0; i < fitted; i++) squares += (values[i]! - center) * (values[i]! - center);
  const spread = Math.sqrt(squares / fitted);
  const deviation = spread === 0 ? 1 / unit : spread;
  return {
    values: values.map((value) => (value - center) / deviation),
    mean: (about + center) * unit,
    deviation: spread === 0 ? 1 : Math.max(Number.MIN_VALUE, Math.min(Number.MAX_VALUE, deviation * unit)),
    spread: largest === 0 ? 0 : spread / (largest / unit),
  };
}

/**
 * Does a larger value go with a larger label? The concordance index (Harrell et al. 1982); with two labels, the area under the ROC curve.
 * Of all pairs with different labels, the share in which the larger label has the larger value; equal values count half. 1 always,
 * ½ by chance, 0 never; NaN where all labels are equal or a value is NaN. Labels are whole numbers from 0.
 */
export function concordance(values: ArrayLike<number>, labels: ArrayLike<number>): number {
  // NaN has no place in an order.
  if (Array.prototype.some.call(values, Number.isNaN)) return Number.NaN;
  const order = Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const kinds = 1 + Math.max(0, ...Array.from(labels));
  const below = new Float64Array(kinds);
  let [agree, pairs] = [0, 0];
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    const equal = new Float64Array(kinds);
    for (let i = from; i < to; i++) equal[labels[order[i]!]!]!++;
    let [smaller, seen] = [0, 0];
    const all = below.reduce((a, b) => a + b, 0);
    for (let kind = 0; kind < kinds; kind++) {
      agree += equal[kind]! * (smaller + seen / 2);
      pairs += equal[kind]! * (all - below[kind]! + seen);
      smaller += below[kind]!;
      seen += equal[kind]!;
    }
    for (let kind = 0; kind < kinds; kind++) below[kind]! += equal[kind]!;
  }
  return agree / pairs;
}
