// Curves as their axes take them, for the terminal and for a drawing: x ascending, without what an axis cannot show; and what is to be said of that.

import { listOf, oneWordOf, real, realOrNull, record, type TypeOf, text } from '../../json-schema.ts';
import { axis, figureRecord, titled } from '../../kind.ts';
import { numeral } from '../../numerals.ts';
import { domainOf, drawable, scaleOf } from '../../ticks.ts';

const values = listOf(realOrNull);
const scale = oneWordOf('linear', 'log');

/** Every series has one value for each entry of `x.values`. */
export const linesSchema = figureRecord(
  'lines',
  {
    ...titled,
    /** On a log scale what is zero or below has no place. */
    x: record({ ...axis, values: listOf(real), scale }, ['unit', 'scale']),
    /** The axis shows at least `range`, however little the values move: 0 to 1 for a gate. */
    y: record({ ...axis, scale, range: record({ low: real, high: real }) }, ['unit', 'range']),
    /** null where there is no value; on a log scale zero and below is drawn as no value. `band`: the range over seeds, where there are several. */
    series: listOf(record({ name: text, values, band: record({ low: values, high: values }) }, ['band'])),
    /** A horizontal line worth comparing with: a baseline, a chance level. */
    reference: record({ label: text, value: real }),
  },
  ['settings', 'reference'],
);
export type LinesFigure = TypeOf<typeof linesSchema>;
export type Series = LinesFigure['series'][number];

export interface Curves {
  readonly given: LinesFigure;
  /** In the order of x. */
  readonly figure: LinesFigure;
  /** Places on the axes: exponents of ten on a log axis, NaN where there is none. */
  readonly x: readonly number[];
  readonly curves: readonly Curve[];
  /** Of the reference, if there is one. */
  readonly reference: number;
  /** From where to where y goes; undefined where there is nothing to draw. */
  readonly domain: readonly [low: number, high: number] | undefined;
  /** What a drawing cannot show, in sentences: ranges over seeds, and values. */
  readonly hidden: readonly string[];
  readonly remarks: readonly string[];
}

interface Curve {
  readonly name: string;
  readonly y: readonly number[];
  /** The range over seeds; of too many ranges none is drawn. */
  readonly band?: { readonly low: readonly number[]; readonly high: readonly number[] } | undefined;
}

export function curvesOf(given: LinesFigure): Curves {
  const figure = inOrder(given);
  const scale = scaleOf(figure.y.scale);
  const banded = figure.series.filter(({ band }) => band !== undefined).length;
  const curves = figure.series.map(({ name, values, band }): Curve => {
    const drawn = banded <= MOST_BANDS ? band : undefined;
    return { name, y: values.map(scale), band: drawn && { low: drawn.low.map(scale), high: drawn.high.map(scale) } };
  });
  const reference = scale(figure.reference?.value);
  const all = curves.flatMap(({ y, band }) => [...y, ...(band?.low ?? []), ...(band?.high ?? [])]);
  const domain = domainOf([...all, reference, scale(figure.y.range?.low), scale(figure.y.range?.high)]);
  return {
    given,
    figure,
    x: figure.x.values.map(scaleOf(figure.x.scale)),
    curves,
    reference,
    domain: figure.x.values.length === 0 ? undefined : domain,
    hidden: banded <= MOST_BANDS ? [] : [`Not drawn, since ${banded} would hide one another: the ranges over seeds.`],
    remarks: given.series.flatMap((series) => remarksOn(series, given)),
  };
}

/** More bands than this hide one another. */
const MOST_BANDS = 3;

/** Why there is no domain. */
export const nothingToDraw = ({ series }: LinesFigure): string =>
  series.length === 0
    ? 'There is no series to draw.'
    : 'Nothing to draw: no series has a value that this axis can show.';

export const onlyPoint = ({ x }: LinesFigure): string[] =>
  x.values.length === 1 ? [`Only one point, at ${x.label} ${numeral(x.values[0]!)}.`] : [];

export const axisName = ({ label, unit }: { label: string; unit?: string | undefined }): string =>
  unit ? `${label} (${unit})` : label;

/** Of y, what the title has not said already. */
export function yTitle({ title, y }: LinesFigure): string {
  const parts = [
    title.includes(y.label) ? '' : axisName(y),
    y.scale === 'log' && !/\blog\b/i.test(title) ? 'log scale' : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function inOrder(figure: LinesFigure): LinesFigure {
  const { values, scale } = figure.x;
  const place = values.map(scaleOf(scale));
  const order = [...values.keys()]
    .filter((index) => !Number.isNaN(place[index]))
    .sort((a, b) => values[a]! - values[b]!);
  const ordered = <T>(list: readonly T[]): T[] => order.map((index) => list[index]!);
  return {
    ...figure,
    x: { ...figure.x, values: ordered(values) },
    series: figure.series.map((series) => ({
      ...series,
      values: ordered(series.values),
      band: series.band && { low: ordered(series.band.low), high: ordered(series.band.high) },
    })),
  };
}

/** A sentence a finding. */
export function remarksOn(series: Series, figure: LinesFigure): string[] {
  const missing = series.values.filter((value) => value === null).length;
  const broken = series.values.filter((value) => value !== null && !drawable(value)).length;
  const below =
    figure.y.scale === 'log'
      ? series.values.filter((value) => value !== null && value <= 0 && Number.isFinite(value)).length
      : 0;
  const shown = new Set(series.values.filter((value) => value !== null && Number.isFinite(value)));
  const constant =
    shown.size === 1 && series.values.length > 1
      ? [`${series.name}: the same value everywhere, ${numeral([...shown][0] as number)}.`]
      : [];
  const say = (count: number, what: string) =>
    count === 0 ? [] : [`${series.name}: ${count} of ${series.values.length} values ${what}.`];
  // A curve that ends is no curve with holes.
  const ends = series.values.findLastIndex((value) => value !== null);
  const short = missing > 0 && ends >= 0 && missing === series.values.length - 1 - ends;
  return [
    ...(short
      ? [`${series.name} ends at ${figure.x.label} ${numeral(figure.x.values[ends] ?? ends)}.`]
      : say(missing, count(missing, 'is missing', 'are missing'))),
    ...say(broken, count(broken, 'is not finite and left out', 'are not finite and left out')),
    ...say(
      below,
      count(
        below,
        'is zero or below, which a log scale cannot show',
        'are zero or below, which a log scale cannot show',
      ),
    ),
    ...constant,
  ];
}

function count(number: number, one: string, many: string): string {
  return number === 1 ? one : many;
}

/** Of the points at which either has a value, so many must lie together. */
const NEARLY_EVERYWHERE = 0.9;

/**
 * For every curve the index of the first one that it runs on, undefined where it has a line of its own. Values are places on the axis, NaN where
 * there is none, all over the same x; two are together when they are no more than `apart` from one another.
 */
export function coinciding(curves: readonly (readonly number[])[], apart: number): (number | undefined)[] {
  const first: (number | undefined)[] = [];
  curves.forEach((curve) => {
    const found = first.findIndex((of, other) => of === undefined && together(curve, curves[other] ?? [], apart));
    first.push(found < 0 ? undefined : found);
  });
  return first;
}

function together(a: readonly number[], b: readonly number[], apart: number): boolean {
  const either = a.filter((value, index) => !(Number.isNaN(value) && Number.isNaN(b[index] ?? Number.NaN))).length;
  const near = a.filter((value, index) => Math.abs(value - (b[index] ?? Number.NaN)) <= apart).length;
  return near > 0 && near >= NEARLY_EVERYWHERE * either;
}
