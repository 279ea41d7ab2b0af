// Scales and where an axis is marked. d3-scale chooses the numbers; how they are written is settled here.

import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from 'd3-scale';
import { domainOf } from '../domain.ts';
import { numeral } from '../numerals.ts';
import { isPlain } from '../ticks.ts';

export type Scale = ScaleContinuousNumeric<number, number>;

export interface Mark {
  readonly value: number;
  /** `1e-5` is drawn as a power of ten. */
  readonly text: string;
}

/** `low` and `high` are exponents of ten on a log axis. `most` is about how many marks there is room for. */
export function yScale(
  kind: 'linear' | 'log',
  [low, high]: readonly [number, number],
  range: readonly [number, number],
  most: number,
): Scale {
  if (kind === 'linear') return scaleLinear([low, high], range).nice(most);
  // A little air, so that no curve runs along the edge.
  const air = 0.03 * (high - low);
  return scaleLog(
    [Math.max(Number.MIN_VALUE, 10 ** (low - air)), Math.min(Number.MAX_VALUE, 10 ** (high + air))],
    range,
  );
}

export function yMarks(kind: 'linear' | 'log', scale: Scale, most: number): Mark[] {
  if (kind === 'linear') return linearMarks(scale, most);
  const [low = 1, high = 1] = scale.domain();
  const decades = Math.log10(high) - Math.log10(low);
  if (decades < 1) return linearMarks(scaleLinear([low, high], [0, 1]), most).filter(({ value }) => value > 0);
  const powers: number[] = [];
  for (let power = Math.ceil(Math.log10(low) - 1e-9); power <= Math.log10(high) + 1e-9; power++) powers.push(power);
  const step = [1, 2, 3, 5, 10, 20, 50, 100, 200].find((each) => powers.length / each <= most) ?? 500;
  const marked = powers
    .filter((power) => power % step === 0)
    .map((power) => ({ value: tenTo(power), text: `1e${power}` }));
  if (decades >= 2) return marked;
  const plain = (lead: number, power: number): Mark => {
    const text = `${lead}e${power}`;
    return { value: Number(text), text: Math.abs(power) > 3 ? text : String(Number(text)) };
  };
  const leads = powers.length > 2 || decades > 1.5 ? [2, 5] : [2, 3, 5, 7];
  const starts = [(powers[0] ?? Math.floor(Math.log10(low))) - 1, ...powers];
  return [1, ...leads]
    .flatMap((lead) => starts.map((power) => plain(lead, power)))
    .filter(({ value }) => value >= low && value <= high);
}

/** Read, not computed: the same bits everywhere. */
const tenTo = (power: number): number => Number(`1e${power}`);

function linearMarks(scale: Scale, most: number): Mark[] {
  const [low = 0, high = low] = scale.domain();
  if (!isSpan(low, high)) return [];
  const values = scale.ticks(most);
  const size = Math.max(...values.map(Math.abs), 0);
  const step = Math.abs((values[1] ?? 1) - (values[0] ?? 0));
  const written = size < 1e6 && step >= 1e-4 ? scale.tickFormat(most, 'f') : (value: number) => numeral(value, 6);
  return values.map((value) => ({ value, text: value === 0 ? '0' : written(value) }));
}

/** `values` ascending. The ends of the axis, and round numbers between them that keep their distance. */
export function xMarks(kind: 'linear' | 'log', values: readonly number[], scale: Scale, room: number): Mark[] {
  const [first = 0, last = first] = [values[0], values.at(-1)];
  const whole = values.every(Number.isInteger);
  const most = Math.max(2, Math.floor(room / 70));
  const plain = kind === 'log' && isPlain(first, last);
  const inner = yMarks(kind, scale, most)
    .filter(({ value }) => (!whole || Number.isInteger(value)) && value > first && value < last)
    .map(({ value, text }) => ({ value, text: plain ? numeral(value) : text }));
  const end = (value: number): Mark => ({ value, text: numeral(value, 4) });
  const kept: Mark[] = isSpan(first, last) ? [end(first), end(last)] : [end(first)];
  const gap = 12;
  const half = ({ text }: Mark): number => text.length * 4;
  for (const mark of inner) {
    const free = kept.every(
      (other) => Math.abs(scale(other.value) - scale(mark.value)) >= half(other) + half(mark) + gap,
    );
    if (free) kept.push(mark);
  }
  return kept.sort((a, b) => a.value - b.value);
}

/** From the first value to the last; a lone one stands in the middle. */
export function xScale(kind: 'linear' | 'log', first: number, last: number, width: number): Scale {
  const apart = isSpan(first, last);
  if (kind === 'log') return scaleLog(apart ? [first, last] : [first / 2, first * 2], [0, width]);
  const [low, high] = apart ? [first, last] : (domainOf([first]) ?? [0, 1]);
  return scaleLinear([low, high], [0, width]);
}

/** Whether there are numbers to mark in between: not among the last bits, nor among the smallest numbers there are. */
const isSpan = (first: number, last: number): boolean =>
  last - first > Math.max(1e-300, 1e-12 * Math.max(Math.abs(first), Math.abs(last)));
