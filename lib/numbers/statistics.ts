// Medians and ranges over seeds.

/** The value below which the fraction `q` of the values lies, by linear interpolation (type 7 of Hyndman & Fan 1996). NaN when empty. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return Number.NaN;
  const at = (sorted.length - 1) * q;
  const [low, high] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  return low === high ? low : low + (high - low) * (at - Math.floor(at));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** For curves[seed][step]: the median, smallest and largest value at every step. */
export function bandOf(curves: readonly (readonly number[])[]): { middle: number[]; low: number[]; high: number[] } {
  const steps = curves[0]?.length ?? 0;
  const at = (t: number) => curves.map((curve) => curve[t]!);
  const each = (f: (values: number[]) => number) => Array.from({ length: steps }, (_, t) => f(at(t)));
  return { middle: each(median), low: each((v) => Math.min(...v)), high: each((v) => Math.max(...v)) };
}
