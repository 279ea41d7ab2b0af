// Curves over a common x: a colour and a dash a series, its name at its end where there is room, a band over seeds, a line to compare with.

import { area, line } from 'd3-shape';
import { bandRemarks, withLegibleBands } from '../bands.ts';
import { coinciding } from '../coinciding.ts';
import { domainOf, drawable } from '../domain.ts';
import { numeral } from '../numerals.ts';
import { remarksOn } from '../remarks.ts';
import type { LinesFigure } from '../result.ts';
import { axes } from './axes.ts';
import { caption, type Drawing, haloed, nothing, prose, shifted, stacked } from './drawing.ts';
import { curveValues } from './hover.ts';
import { element } from './markup.ts';
import { clipped, widthOf } from './measure.ts';
import { endLabels, legend, roomForLabels } from './names.ts';
import { type Frame, faint, filled, inkLine, SIZE, stroked } from './theme.ts';
import { xMarks, xScale, yMarks, yScale } from './ticks.ts';

/** A series as the axis shows it: null where it cannot. */
export interface Curve {
  readonly name: string;
  readonly points: readonly Point[];
}

interface Point {
  readonly x: number;
  readonly y: number | null;
  /** Both or neither; what lies below a log axis reaches down to its end. */
  readonly band: readonly [low: number, high: number] | null;
}

/** A logarithmic axis has no place for zero and below. */
function placed(figure: LinesFigure): LinesFigure {
  if (figure.x.scale !== 'log') return figure;
  const kept = <T>(list: readonly T[]): T[] => list.filter((_, index) => (figure.x.values[index] ?? 0) > 1e-300);
  return {
    ...figure,
    x: { ...figure.x, values: kept(figure.x.values) },
    series: figure.series.map(({ name, values, band }) => ({
      name,
      values: kept(values),
      ...(band === undefined ? {} : { band: { low: kept(band.low), high: kept(band.high) } }),
    })),
  };
}

export function lines(given: LinesFigure, frame: Frame): Drawing {
  const figure = placed(given);
  const drawn = withLegibleBands(figure);
  const head = caption(figure, frame);
  const x = figure.x.values.filter(drawable).sort((a, b) => a - b);
  const shown = (value: number | null | undefined): number =>
    typeof value === 'number' && drawable(value) && (figure.y.scale === 'linear' || value > 0) ? value : Number.NaN;
  const onAxis = (value: number | null | undefined): number =>
    figure.y.scale === 'log' ? Math.log10(shown(value)) : shown(value);
  const all = drawn.series.flatMap(({ values, band }) => [...values, ...(band?.low ?? []), ...(band?.high ?? [])]);
  const domain = domainOf([...all, figure.reference?.value, figure.y.range?.low, figure.y.range?.high].map(onAxis));
  if (domain === undefined || x.length === 0) {
    const why =
      figure.series.length === 0
        ? 'There is no series to draw.'
        : 'Nothing to draw: no series has a value that this axis can show.';
    return stacked([head, prose(why, frame.width, { size: SIZE.label }), remarkText(figure, frame, [])], 8);
  }
  const same = coinciding(
    figure.series.map(({ values }) => values.map(onAxis)),
    HAIR * (domain[1] - domain[0]),
  );
  return stacked([head, plot(figure, frame, x, domain, shown), remarkText(figure, frame, same)], 8);
}

/** Of the height of the axis: curves no farther apart lie on one another. */
const HAIR = 0.01;

function plot(
  figure: LinesFigure,
  frame: Frame,
  x: readonly number[],
  domain: readonly [number, number],
  shown: (value: number | null | undefined) => number,
): Drawing {
  const height = frame.width < 500 ? 220 : 300;
  const most = height / 46;
  const y = yScale(figure.y.scale, domain, [height, 0], most);
  const marks = yMarks(figure.y.scale, y, most);
  const left = Math.ceil(Math.max(24, ...marks.map(({ text }) => widthOf(text, { size: SIZE.label })))) + 12;
  const labels = roomForLabels(
    figure.series.map(({ name }) => name),
    frame.width,
  );
  const right = labels === 0 ? 12 : labels + 22;
  const width = frame.width - left - right;
  const xs = xScale(figure.x.scale ?? 'linear', x[0] ?? 0, x.at(-1) ?? 0, width);
  const curves = withLegibleBands(figure).series.map(
    (series): Curve => curveOf(series, figure.x.values, shown, y.domain()[0] ?? 0),
  );

  const thin = curves.map((curve) => thinned(curve, xs));

  const yTitle = axisTitle(figure);
  const keys =
    labels === 0
      ? legend(
          figure.series.map(({ name }) => name),
          frame,
        )
      : nothing;
  const body = [
    axes({
      x: xs,
      y,
      xMarks: xMarks(figure.x.scale ?? 'linear', x, xs, width),
      yMarks: marks,
      width,
      height,
      label: withUnit(figure.x),
    }),
    ...thin.map((curve, index) => band(curve, index, xs, y)),
    figure.reference === undefined || Number.isNaN(shown(figure.reference.value))
      ? ''
      : reference(figure.reference, thin, { x: xs, y, width, height }),
    ...thin.map((curve, index) => stroke(curve, index, xs, y)),
    labels === 0 ? '' : endLabels(curves, xs, y, { left: width, room: labels, height }),
  ].filter((part) => part !== '');
  const above = stacked([keys, yTitle === '' ? nothing : prose(yTitle, frame.width, { size: SIZE.label }, faint)], 6);
  const top = above.height + 14;
  const drawn: Drawing = {
    width: frame.width,
    height: top + height + 46,
    body: [above.body, shifted(left, top, body.join('\n'))].join('\n'),
  };
  return { ...drawn, hover: curveValues(figure, { left, top, width, height }, [x[0] ?? 0, x.at(-1) ?? 0]) };
}

function curveOf(
  { name, values, band }: LinesFigure['series'][number],
  x: readonly number[],
  shown: (value: number | null | undefined) => number,
  bottom: number,
): Curve {
  const points = x.flatMap((at, index): Point[] => {
    if (!drawable(at)) return [];
    const y = shown(values[index]);
    const high = shown(band?.high[index]);
    const low = band?.low[index];
    const foot = typeof low === 'number' && low <= 0 && Number.isNaN(shown(low)) && drawable(low) ? bottom : shown(low);
    return [
      { x: at, y: Number.isNaN(y) ? null : y, band: Number.isNaN(high) || Number.isNaN(foot) ? null : [foot, high] },
    ];
  });
  return { name, points: points.sort((a, b) => a.x - b.x) };
}

type Place = (value: number) => number;

/** Of many points in one pixel the first, the last, the least and the greatest: what is drawn is the same. */
function thinned({ name, points }: Curve, x: Place): Curve {
  const pixels = byPixel(points, x);
  if (points.length < 8 * pixels.size) return { name, points };
  const kept = [...pixels.values()].flatMap((group) => {
    const ends = (by: (point: Point) => number | undefined): Point[] => {
      const known = group.filter((point) => by(point) !== undefined);
      const pick = (better: (a: number, b: number) => boolean): Point[] =>
        known.length === 0 ? [] : [known.reduce((a, b) => (better(by(b) ?? 0, by(a) ?? 0) ? b : a))];
      return [...pick((a, b) => a < b), ...pick((a, b) => a > b)];
    };
    const chosen = new Set([
      ...group.slice(0, 1),
      ...ends(({ y }) => y ?? undefined),
      ...ends(({ band }) => band?.[0]),
      ...ends(({ band }) => band?.[1]),
      ...group.slice(-1),
    ]);
    return group.filter((point) => chosen.has(point));
  });
  return { name, points: kept };
}

function byPixel(points: readonly Point[], x: Place): Map<number, Point[]> {
  const pixels = new Map<number, Point[]>();
  for (const point of points) {
    const pixel = Math.round(x(point.x));
    const there = pixels.get(pixel);
    if (there === undefined) pixels.set(pixel, [point]);
    else there.push(point);
  }
  return pixels;
}

function band({ points }: Curve, index: number, x: Place, y: Place): string {
  const d = area<Point>()
    .digits(2)
    .defined((point) => point.band !== null)
    .x((point) => x(point.x))
    .y0((point) => y(point.band?.[0] ?? 0))
    .y1((point) => y(point.band?.[1] ?? 0))([...points]);
  return d ? element('path', { d, ...filled(index), 'fill-opacity': 0.16 }) : '';
}

/** A curve, and a dot for every point without a neighbour, which a line cannot show. */
function stroke({ points }: Curve, index: number, x: Place, y: Place): string {
  const d = line<Point>()
    .digits(2)
    .defined((point) => point.y !== null)
    .x((point) => x(point.x))
    .y((point) => y(point.y ?? 0))([...points]);
  const alone = (at: number): boolean =>
    points[at]?.y !== null && (points[at - 1]?.y ?? null) === null && (points[at + 1]?.y ?? null) === null;
  const few = points.length <= 12;
  const dots = points.flatMap((point, at) =>
    point.y !== null && (few || alone(at))
      ? [element('circle', { cx: x(point.x), cy: y(point.y), r: 3.5, ...filled(index) })]
      : [],
  );
  return [d ? element('path', { d, ...stroked(index) }) : '', ...dots].join('');
}

/** Its label stands where the curves are farthest: at an end or in the middle, over or under the line. */
function reference(
  { label, value }: { readonly label: string; readonly value: number },
  curves: readonly Curve[],
  { x, y, width, height }: { readonly x: Place; readonly y: Place; readonly width: number; readonly height: number },
): string {
  const at = y(value);
  const font = { size: SIZE.small };
  const text = clipped(`${label} (${numeral(value)})`, width - 12, font);
  const room = widthOf(text, font);
  const spots = [6, (width - room) / 2, width - room - 6].flatMap((left) => [
    { left, middle: at - 10 },
    { left, middle: at + 12 },
  ]);
  const all = curves.flatMap(({ points }) => points).filter((point) => point.y !== null);
  const crowd = ({ left, middle }: { readonly left: number; readonly middle: number }): number =>
    all
      .filter((point) => x(point.x) > left - 12 && x(point.x) < left + room + 12)
      .reduce((least, point) => Math.min(least, Math.abs(y(point.y ?? 0) - middle)), 60);
  const inside = spots.filter(({ middle }) => middle > 4 && middle < height - 4);
  const best = inside.reduce((a, b) => (crowd(b) > crowd(a) + 2 ? b : a));
  const dashed = { ...inkLine, 'stroke-width': 1.25, 'stroke-dasharray': '4 4' };
  return (
    element('line', { x1: 0, x2: width, y1: at, y2: at, ...dashed }) +
    haloed(text, best.left, best.middle + 4, { 'font-size': font.size })
  );
}

const withUnit = ({ label, unit }: { label: string; unit?: string }): string => (unit ? `${label} (${unit})` : label);

/** What the title has not said already. */
function axisTitle({ title, y }: LinesFigure): string {
  const parts = [
    title.includes(y.label) ? '' : withUnit(y),
    y.scale === 'log' && !/\blog\b/i.test(title) ? 'log scale' : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function remarkText(figure: LinesFigure, frame: Frame, same: readonly (number | undefined)[]): Drawing {
  const banded = withLegibleBands(figure).series.some(({ band }) => band !== undefined);
  const { series, x } = figure;
  const says = [
    ...(banded ? ['Shaded: the range over seeds.'] : []),
    ...bandRemarks(figure),
    ...(x.values.length === 1 ? [`Only one point, at ${x.label} ${numeral(x.values[0] ?? 0)}.`] : []),
    ...series.flatMap(({ name }, index) => {
      const on = series[same[index] ?? -1];
      return on === undefined ? [] : [`${name}: on the line of ${on.name}.`];
    }),
    ...series.flatMap((each) => remarksOn(each, figure)),
  ];
  return stacked(
    says.map((text) => prose(text, frame.width, { size: SIZE.small }, faint)),
    0,
  );
}
