// Brings a curve to exactly as many points as there are columns, without losing a spike.

interface Sampled {
  /** One value a column, NaN where there is none. */
  readonly line: number[];
  /** The least and the greatest value that fall on the column: what lies beyond the line is drawn as a stroke through the column. */
  readonly low: number[];
  readonly high: number[];
}

/**
 * x ascending, y NaN where there is no value, both of one length.
 * Fewer points than columns: straight lines between neighbours; a gap stays a gap.
 * More: a column shows, of the values that fall on it, the one farthest from the column before, so that a spike stays a spike and a slope a
 * slope; `low` and `high` keep whatever else fell there: the extremes of the data are the extremes of the drawing.
 */
export function resample(x: readonly number[], y: readonly number[], columns: number): Sampled {
  const first = x[0] ?? 0;
  const span = (x.at(-1) ?? first) - first;
  const place = (value: number) => (span > 0 ? ((value - first) / span) * (columns - 1) : 0);
  const low = new Array<number>(columns).fill(Number.NaN);
  const high = new Array<number>(columns).fill(Number.NaN);
  const buckets: number[][] = Array.from({ length: columns }, () => []);
  y.forEach((value, index) => {
    if (Number.isNaN(value)) return;
    const column = Math.round(place(x[index] ?? 0));
    buckets[column]?.push(value);
  });
  const line: number[] = [];
  buckets.forEach((bucket, column) => {
    const before = line[column - 1] ?? Number.NaN;
    low[column] = least(bucket);
    high[column] = greatest(bucket);
    line.push(Number.isNaN(before) ? (bucket[0] ?? Number.NaN) : farthest(bucket, before));
  });
  bridge(x, y, place, line, low, high);
  return { line, low, high };
}

function farthest(values: readonly number[], from: number): number {
  return values.reduce(
    (far, value) => (Math.abs(value - from) >= Math.abs(far - from) ? value : far),
    values[0] ?? Number.NaN,
  );
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), values[0] ?? Number.NaN);
}

function greatest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), values[0] ?? Number.NaN);
}

/** Columns between two neighbouring points get the straight line between them. */
function bridge(
  x: readonly number[],
  y: readonly number[],
  place: (x: number) => number,
  line: number[],
  low: number[],
  high: number[],
): void {
  for (let index = 0; index + 1 < y.length; index++) {
    const from = y[index] ?? Number.NaN;
    const to = y[index + 1] ?? Number.NaN;
    if (Number.isNaN(from) || Number.isNaN(to)) continue;
    const start = place(x[index] ?? 0);
    const end = place(x[index + 1] ?? 0);
    for (let column = Math.round(start) + 1; column < Math.round(end); column++) {
      const value = from + ((to - from) * (column - start)) / (end - start);
      line[column] = value;
      low[column] = value;
      high[column] = value;
    }
  }
}
