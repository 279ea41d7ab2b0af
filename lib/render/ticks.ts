// Where an axis is worth marking: steps of 1, 2 or 5 times a power of ten; on a log axis whole decades, or 1, 2 and 5 of each.

import { exponent, numeral } from './numerals.ts';

export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** At most about `most` ticks inside [low, high], low < high; `whole`: at integers only. */
export function linearTicks(low: number, high: number, most: number, whole = false): Tick[] {
  if (!(high - low > 1e-300)) return [];
  const nice = niceStep((high - low) / Math.max(1, most - 1));
  const step = whole ? Math.max(1, nice) : nice;
  const ticks: Tick[] = [];
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  for (let k = first; k <= last && ticks.length < 100; k++) {
    const value = k * step;
    const size = Math.max(Math.abs(low), Math.abs(high));
    const fixed = size < 1e5 && (step >= 1e-3 || value === 0);
    ticks.push({ value, label: value === 0 ? '0' : fixed ? value.toFixed(decimals) : numeral(value, 6) });
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

function decadeTicks(low: number, high: number, most: number): Tick[] {
  const decades = Math.floor(high + 1e-9) - Math.ceil(low - 1e-9) + 1;
  const step = [1, 2, 3, 5, 10, 20, 50, 100].find((candidate) => decades / candidate <= Math.max(2, most)) ?? 200;
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
export function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const lead = rough / power;
  return (lead <= 1.0001 ? 1 : lead <= 2.0001 ? 2 : lead <= 5.0001 ? 5 : 10) * power;
}
