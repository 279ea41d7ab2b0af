// Medians and ranges over seeds, and the power by which one quantity grows with another.

import { log } from './elementary.ts';

/** The value below which the fraction `q` of the values lies, by linear interpolation (type 7 of Hyndman & Fan 1996). NaN when empty. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return Number.NaN;
  const at = (sorted.length - 1) * q;
  const [low, high] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  return low === high ? low : low + (high - low) * (at - Math.floor(at));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The greatest of any number of values; -Infinity of none. Math.max takes no more arguments than a stack has room for. */
export function greatest(values: Iterable<number>): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) most = Math.max(most, value);
  return most;
}

/** For curves[seed][step]: the median, smallest and largest value at every step. */
export function bandOf(curves: readonly (readonly number[])[]): { middle: number[]; low: number[]; high: number[] } {
  const steps = curves[0]?.length ?? 0;
  const at = (t: number) => curves.map((curve) => curve[t]!);
  const each = (f: (values: number[]) => number) => Array.from({ length: steps }, (_, t) => f(at(t)));
  return { middle: each(median), low: each((v) => Math.min(...v)), high: each((v) => Math.max(...v)) };
}

/** The p of y ∝ x^p that fits best: the slope of the least-squares line through (log x, log y). All positive, at least two different x. */
export function powerOf(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [u, v] = [x.map(log), y.map(log)];
  const [u0, v0] = [mean(u), mean(v)];
  const together = mean(u.map((value, i) => (value - u0) * (v[i]! - v0)));
  return together / mean(u.map((value) => (value - u0) * (value - u0)));
}
