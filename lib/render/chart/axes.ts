// The frame of a chart: its scales, a line across at every mark of y, the x axis below, and what it counts.

import { numeral } from '../numerals.ts';
import { decadeTicks, domainOf, isPlain, type Tick, ticksEvery } from '../ticks.ts';
import { clipped, label } from './drawing.ts';
import { axisLine, element, escaped, faint, gridLine, ink, SIZE } from './markup.ts';

/** From a place on an axis to one in pixels. On a log axis places are exponents of ten. */
interface Scale {
  (place: number): number;
  readonly kind: 'linear' | 'log';
  readonly domain: readonly [low: number, high: number];
}

function scaleFrom(kind: Scale['kind'], domain: Scale['domain'], [from, to]: readonly [number, number]): Scale {
  const [low, high] = domain;
  const pixels = (place: number): number => {
    const share = (place - low) / (high - low);
    return from * (1 - share) + to * share;
  };
  return Object.assign(pixels, { kind, domain });
}

/** `most` is about how many marks there is room for. */
export function yScale(
  kind: Scale['kind'],
  [low, high]: Scale['domain'],
  range: readonly [number, number],
  most: number,
): Scale {
  if (kind === 'linear') return scaleFrom(kind, rounded(low, high, most), range);
  // A little air, so that no curve runs along the edge.
  const air = 0.03 * (high - low);
  return scaleFrom(kind, [low - air, high + air], range);
}

/** From the first value (no exponent) to the last; a lone one stands in the middle. */
export function xScale(kind: Scale['kind'], first: number, last: number, width: number): Scale {
  const apart = isSpan(first, last);
  if (kind === 'linear') return scaleFrom(kind, apart ? [first, last] : (domainOf([first]) ?? [0, 1]), [0, width]);
  return scaleFrom(kind, [Math.log10(apart ? first : first / 2), Math.log10(apart ? last : first * 2)], [0, width]);
}

/** The domain, widened to whole steps. */
function rounded(low: number, high: number, most: number): [number, number] {
  for (let step = 0, tries = 0; tries < 10; tries++) {
    const next = nearStep(low, high, most);
    if (next === step) break;
    step = next;
    // Of 0.1 a tenth part is exact where a multiple is not.
    const parts = Math.round(1 / step);
    const whole = (end: number, round: (value: number) => number): number =>
      step < 1 ? round(end * parts) / parts : round(end / step) * step;
    [low, high] = [whole(low, Math.floor), whole(high, Math.ceil)];
  }
  return [low, high];
}

/** The nearest to `most` steps from low to high, of 1, 2, 5 × 10^k. */
function nearStep(low: number, high: number, most: number): number {
  const rough = (high - low) / most;
  const power = Math.floor(Math.log10(rough));
  const lead = rough / 10 ** power;
  return Number(`${lead >= Math.sqrt(50) ? 10 : lead >= Math.sqrt(10) ? 5 : lead >= Math.SQRT2 ? 2 : 1}e${power}`);
}

function linearTicks(low: number, high: number, most: number): Tick[] {
  if (!isSpan(low, high)) return [];
  const ticks = ticksEvery(nearStep(low, high, most), low, high, { below: 1e6, from: 1e-4 });
  // As wide as it is drawn; of a power of ten the minus is exchanged when it is.
  return ticks.map(({ value, label: text }) => ({ value, label: text.includes('e') ? text : text.replace('-', '−') }));
}

export function ticksOf({ kind, domain: [low, high] }: Scale, most: number): Tick[] {
  if (kind === 'linear') return linearTicks(low, high, most);
  const onLog = (ticks: readonly Tick[]): Tick[] =>
    ticks.flatMap(({ value, label: text }) => (value > 0 ? [{ value: Math.log10(value), label: text }] : []));
  if (high - low < 1) return onLog(linearTicks(10 ** low, 10 ** high, most));
  const decades = decadeTicks(low, high, most);
  if (high - low >= 2) return decades;
  const powers = [-1, 0, 1, 2].map((above) => Math.floor(low) + above);
  const leads = decades.length > 2 || high - low > 1.5 ? [2, 5] : [2, 3, 5, 7];
  const written = [1, ...leads].flatMap((lead) =>
    powers.map((power) => {
      const text = `${lead}e${power}`;
      return { value: Number(text), label: Math.abs(power) > 3 ? text : String(Number(text)) };
    }),
  );
  return onLog(written).filter(({ value }) => value >= low && value <= high);
}

/** The ends of the axis, and round numbers between them that keep their distance. `values` ascending. */
export function xTicks(values: readonly number[], places: readonly number[], scale: Scale, room: number): Tick[] {
  const [first, last] = [values[0]!, values.at(-1)!];
  const ends = [0, values.length - 1].map((k) => ({ value: places[k]!, label: numeral(values[k]!, 4) }));
  const kept: Tick[] = isSpan(first, last) ? ends : ends.slice(0, 1);
  const whole = values.every(Number.isInteger);
  const plain = scale.kind === 'log' && isPlain(first, last);
  const gap = 12;
  const half = (tick: Tick): number => tick.label.length * 4;
  for (const { value, label: text } of ticksOf(scale, Math.max(2, Math.floor(room / 70)))) {
    const exact = scale.kind === 'log' ? Number((10 ** value).toPrecision(12)) : value;
    if ((whole && !Number.isInteger(exact)) || exact <= first || exact >= last) continue;
    const tick = { value, label: plain ? numeral(exact) : text };
    if (kept.every((other) => Math.abs(scale(other.value) - scale(value)) >= half(other) + half(tick) + gap))
      kept.push(tick);
  }
  return kept.sort((one, other) => one.value - other.value);
}

/** Whether there are numbers to mark in between: not among the last bits, nor among the smallest numbers there are. */
const isSpan = (first: number, last: number): boolean =>
  last - first > Math.max(1e-300, 1e-12 * Math.max(Math.abs(first), Math.abs(last)));

interface Axes {
  readonly x: Scale;
  readonly y: Scale;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly width: number;
  readonly height: number;
  /** Of x, with its unit. */
  readonly label: string;
}

export function axes({ x, y, xTicks, yTicks, width, height, label: says }: Axes): string {
  const across = yTicks.map(({ value, label: text }) => {
    const at = y(value);
    return (
      element('line', { x1: 0, x2: width, y1: at, y2: at, ...gridLine }) +
      markText(text, -8, at + SIZE.label * 0.35, { 'text-anchor': 'end' })
    );
  });
  const along = xTicks.map(({ value, label: text }, index) => {
    const at = x(value);
    const anchor = index > 0 && at > width - 16 ? 'end' : 'middle';
    return (
      element('line', { x1: at, x2: at, y1: height, y2: height + 5, ...axisLine }) +
      markText(text, anchor === 'end' ? Math.min(width + 8, at + 8) : at, height + 20, { 'text-anchor': anchor })
    );
  });
  return [
    ...across,
    element('line', { x1: 0, x2: width, y1: height, y2: height, ...axisLine }),
    ...along,
    says === ''
      ? ''
      : label(clipped(says, width + 40, { size: SIZE.label }), width / 2, height + 39, {
          ...faint,
          'font-size': SIZE.label,
          'text-anchor': 'middle',
        }),
  ].join('\n');
}

/** `1e-5` as a power of ten, with the exponent raised; of other numbers the minus. */
function markText(text: string, x: number, y: number, attributes: Record<string, string>): string {
  const [, lead, power] = /^(-?\d(?:\.\d+)?)e(-?\d+)$/.exec(text) ?? [];
  const look = { 'font-size': SIZE.label, ...attributes };
  if (lead === undefined || power === undefined) return label(text.replace('-', '−'), x, y, look);
  const exponent = Number(power);
  if (exponent === 0 || exponent === 1) return label(String(Number(text)), x, y, look);
  const base = lead === '1' ? '10' : `${lead.replace('-', '−')}·10`;
  const raised = element('tspan', { dy: -5, 'font-size': SIZE.label * 0.75 }, escaped(power.replace('-', '−')));
  return element('text', { x, y, ...ink, ...look }, base, raised);
}
