// What of a column of numbers an axis can show, and from where to where it has to go.

/** Finite, and so far from overflow that differences are finite too. */
export function drawable(value: number): boolean {
  return Math.abs(value) < 1e300;
}

/** The least and the greatest, a constant in their middle; undefined when there is none. NaN is passed over. */
export function domainOf(values: readonly number[]): [number, number] | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return undefined;
  // A constant is drawn through the middle; so is what differs only in the last bits.
  if (high - low <= Math.max(1e-300, 1e-12 * Math.max(Math.abs(low), Math.abs(high)))) {
    const half = Math.abs(low) < 1e-299 ? 1 : Math.abs(low) / 2;
    return [low - half, high + half];
  }
  return [low, high];
}

/** To the axis: NaN is what it cannot show. */
export function scaleOf(scale: 'linear' | 'log' = 'linear'): (value: number | null | undefined) => number {
  return (value) => {
    if (value === null || value === undefined || !drawable(value)) return Number.NaN;
    if (scale === 'linear') return value;
    return value > 0 ? Math.log10(value) : Number.NaN;
  };
}
