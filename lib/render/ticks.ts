// What of a column of numbers an axis can show, from where to where it goes, and where it is worth marking: at steps of 1, 2 or 5 times a
// power of ten; on a log axis at whole decades, or at 1, 2 and 5 of each.

import { exponent, numeral } from './numerals.ts';

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

export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** At most about `most` ticks inside [low, high], low < high; `whole`: at integers only. */
export function linearTicks(low: number, high: number, most: number, whole = false): Tick[] {
  if (!(high - low > 1e-300)) return [];
  const step = niceStep((high - low) / Math.max(1, most - 1));
  return ticksEvery(whole ? Math.max(1, step) : step, low, high, { below: 1e5, from: 1e-3 });
}

/** The multiples of a step inside [low, high]; written in full where they are all `below` a size and the step is `from` another. */
export function ticksEvery(step: number, low: number, high: number, full: { below: number; from: number }): Tick[] {
  const ticks: Tick[] = [];
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const isFull = Math.max(Math.abs(low), Math.abs(high)) < full.below && step >= full.from;
  const last = Math.floor(high / step + 1e-9);
  for (let k = Math.ceil(low / step - 1e-9); k <= last && ticks.length < 100; k++) {
    const value = k * step;
    ticks.push({ value, label: k === 0 ? '0' : isFull ? value.toFixed(decimals) : numeral(value, 6) });
  }
  return ticks;
}

/** From 1 to 100000 a power of ten on an x axis is written like the numbers at its ends: 1, 10, 100. */
export const isPlain = (first: number, last: number): boolean => first >= 1 && last <= 1e5;

/** The most ticks, of at most about `most`, of which no two are on the same row or on neighbouring ones. */
export function ticksApart(
  ticks: (most: number) => readonly Tick[],
  most: number,
  rowOf: (value: number) => number,
): readonly Tick[] {
  const apart = (chosen: readonly Tick[]): boolean =>
    chosen.every(({ value }, index) => index === 0 || rowOf(value) - rowOf(chosen[index - 1]!.value) > 1);
  for (let count = most; count > 2; count--) {
    const chosen = ticks(count);
    if (apart(chosen)) return chosen;
  }
  const [first, ...rest] = ticks(2);
  return first === undefined ? [] : apart([first, ...rest]) ? [first, ...rest] : [first];
}

/** `low` and `high` are exponents of ten: so are the values that come back. */
export function logTicks(low: number, high: number, most: number): Tick[] {
  if (high - low >= 2 - 1e-9) return decadeTicks(low, high, most);
  return high - low >= 1 ? ticksInDecades(low, high, most) : ticksInOneDecade(low, high, most);
}

export function decadeTicks(low: number, high: number, most: number): Tick[] {
  const decades = Math.floor(high + 1e-9) - Math.ceil(low - 1e-9) + 1;
  const step = [1, 2, 3, 5, 10, 20, 50, 100, 200].find((candidate) => decades / candidate <= Math.max(2, most)) ?? 500;
  const ticks: Tick[] = [];
  for (let power = Math.floor(high / step + 1e-9) * step; power >= low - 1e-9; power -= step)
    ticks.push({ value: power, label: `1e${power === 0 ? 0 : power}` });
  return ticks.reverse();
}

/** 1, 2 and 5 of every decade, or fewer of them. */
function ticksInDecades(low: number, high: number, most: number): Tick[] {
  const values = (leads: readonly number[]): number[] => multiples(leads, low, high);
  // One a decade: whichever of them there are two of.
  const apart = [values([1]), values([2]), values([5])].sort((a, b) => b.length - a.length)[0]!;
  const chosen = [values([1, 2, 5]), values([1, 3])].find(({ length }) => length <= most) ?? apart;
  const plain = chosen.every((value) => value >= 1e-3 && value < 1e4);
  return chosen.map((value) => ({ value: Math.log10(value), label: plain ? numeral(value) : exponent(value, 1) }));
}

/** These leading digits times the powers of ten, inside [10^low, 10^high]. */
function multiples(leads: readonly number[], low: number, high: number): number[] {
  const powers = [0, 1, 2].map((above) => Math.floor(low) + above);
  return powers
    .flatMap((power) => leads.map((lead) => Number(`${lead}e${power}`)))
    .filter((value) => Math.log10(value) >= low - 1e-9 && Math.log10(value) <= high + 1e-9);
}

/** Nice numbers, placed by their logarithm. Few of them may leave nothing but zero, which has no place here. */
function ticksInOneDecade(low: number, high: number, most: number): Tick[] {
  let inner: Tick[] = [];
  for (let count = most; inner.length === 0 && count < most + 8; count++)
    inner = linearTicks(10 ** low, 10 ** high, count).filter((tick) => tick.value > 0);
  return inner.map((tick) => ({
    value: Math.log10(tick.value),
    label: Math.abs(Math.log10(tick.value)) < 3 ? tick.label : exponent(tick.value, 3),
  }));
}

/** The smallest of 1, 2, 5 × 10^k that is not below `rough`. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const lead = rough / power;
  return (lead <= 1.0001 ? 1 : lead <= 2.0001 ? 2 : lead <= 5.0001 ? 5 : 10) * power;
}
