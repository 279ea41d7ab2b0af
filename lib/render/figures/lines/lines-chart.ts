// Curves in a drawing: a colour and a dash a series, its name at its end where there is room, a band over seeds, a line to compare with.

import { area, line } from 'd3-shape';
import { axes, ticksOf, xScale, xTicks, yScale } from '../../chart/axes.ts';
import {
  clipped,
  type Drawing,
  type Frame,
  type Hover,
  haloed,
  nothing,
  prose,
  shifted,
  stacked,
  widthOf,
} from '../../chart/drawing.ts';
import { element, faint, fillOf, inkLine, SIZE, stroked } from '../../chart/markup.ts';
import type { Chart } from '../../kind.ts';
import { numeral } from '../../numerals.ts';
import { drawable, scaleOf } from '../../ticks.ts';
import { type End, endLabels, legend, roomForLabels } from './curve-names.ts';
import {
  axisName,
  type Curves,
  coinciding,
  curvesOf,
  type LinesFigure,
  nothingToDraw,
  onlyPoint,
  yTitle,
} from './curves-on-axes.ts';

/** In pixels. */
interface Point {
  readonly x: number;
  readonly y: number | null;
  /** Both or neither; what lies below a log axis reaches down to its end. */
  readonly band: readonly [low: number, high: number] | null;
}

export const chart: Chart<LinesFigure> = {
  name: 'lines',
  draw(given, frame) {
    const curves = curvesOf(given);
    if (curves.domain === undefined)
      return [prose(nothingToDraw(given), frame.width, { size: SIZE.label }), remarkText(curves, [], frame)];
    const [low, high] = curves.domain;
    const same = coinciding(
      curves.curves.map(({ y }) => y),
      HAIR * (high - low),
    );
    return [drawing(curves, curves.domain, frame), remarkText(curves, same, frame)];
  },
};

/** Of the height of the axis: curves no farther apart lie on one another. */
const HAIR = 0.01;

function drawing(curves: Curves, domain: readonly [number, number], frame: Frame): Drawing {
  const { figure, x: places } = curves;
  const height = frame.width < 500 ? 220 : 300;
  const most = height / 46;
  const y = yScale(figure.y.scale, domain, [height, 0], most);
  const yTicks = ticksOf(y, most);
  const left = Math.ceil(Math.max(24, ...yTicks.map((tick) => widthOf(tick.label, { size: SIZE.label })))) + 12;
  const names = figure.series.map(({ name }) => name);
  const labels = roomForLabels(names, frame.width);
  const width = frame.width - left - (labels === 0 ? 12 : labels + 22);
  const { values, scale = 'linear' } = figure.x;
  const x = xScale(scale, values[0]!, values.at(-1)!, width);
  const lines = curves.curves.map((_, index) => pointsOf(curves, index, x, y, y(y.domain[0])));
  const thin = lines.map(thinned);
  const body = [
    axes({ x, y, xTicks: xTicks(values, places, x, width), yTicks, width, height, label: axisName(figure.x) }),
    ...thin.map(band),
    figure.reference === undefined || Number.isNaN(curves.reference)
      ? ''
      : reference(figure.reference, y(curves.reference), thin, { width, height }),
    ...thin.map(stroke),
    labels === 0 ? '' : endLabels(lines.flatMap(endOf(names)), { left: width, room: labels, height }),
  ].filter((part) => part !== '');
  const title = yTitle(figure);
  const above = stacked(
    [
      labels === 0 ? legend(names, frame) : nothing,
      title === '' ? nothing : prose(title, frame.width, { size: SIZE.label }, faint),
    ],
    6,
  );
  const top = above.height + 14;
  return {
    width: frame.width,
    height: top + height + 46,
    body: [above.body, shifted(left, top, body.join('\n'))].join('\n'),
    hover: valuesOf(curves, { left, top, width, height }),
  };
}

function pointsOf(
  { figure, x, curves }: Curves,
  series: number,
  xScaled: (place: number) => number,
  yScaled: (place: number) => number,
  bottom: number,
): Point[] {
  const { y, band } = curves[series]!;
  const low = figure.series[series]!.band?.low;
  return x.map((place, index) => {
    const [at, foot, high] = [y[index]!, band?.low[index] ?? Number.NaN, band?.high[index] ?? Number.NaN];
    const value = low?.[index];
    const isBelow = Number.isNaN(foot) && typeof value === 'number' && value <= 0 && drawable(value);
    return {
      x: xScaled(place),
      y: Number.isNaN(at) ? null : yScaled(at),
      band:
        Number.isNaN(high) || (Number.isNaN(foot) && !isBelow)
          ? null
          : [isBelow ? bottom : yScaled(foot), yScaled(high)],
    };
  });
}

const endOf =
  (names: readonly string[]) =>
  (points: readonly Point[], index: number): End[] => {
    const last = points.findLast(({ y }) => y !== null);
    return last === undefined || last.y === null ? [] : [{ index, name: names[index]!, x: last.x, y: last.y }];
  };

/** Of many points in one pixel the first, the last, the least and the greatest: what is drawn is the same. */
function thinned(points: readonly Point[]): readonly Point[] {
  const pixels = new Map<number, Point[]>();
  for (const point of points) {
    const pixel = Math.round(point.x);
    const there = pixels.get(pixel);
    if (there === undefined) pixels.set(pixel, [point]);
    else there.push(point);
  }
  if (points.length < 8 * pixels.size) return points;
  return [...pixels.values()].flatMap((group) => {
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
}

function band(points: readonly Point[], index: number): string {
  const d = area<Point>()
    .digits(2)
    .defined((point) => point.band !== null)
    .x((point) => point.x)
    .y0((point) => point.band![0])
    .y1((point) => point.band![1])([...points]);
  return d ? element('path', { d, ...fillOf(index), 'fill-opacity': 0.16 }) : '';
}

/** A curve, and a dot for every point without a neighbour, which a line cannot show. */
function stroke(points: readonly Point[], index: number): string {
  const d = line<Point>()
    .digits(2)
    .defined((point) => point.y !== null)
    .x((point) => point.x)
    .y((point) => point.y!)([...points]);
  const alone = (at: number): boolean =>
    points[at]?.y !== null && (points[at - 1]?.y ?? null) === null && (points[at + 1]?.y ?? null) === null;
  const few = points.length <= 12;
  const dots = points.flatMap((point, at) =>
    point.y !== null && (few || alone(at))
      ? [element('circle', { cx: point.x, cy: point.y, r: 3.5, ...fillOf(index) })]
      : [],
  );
  return [d ? element('path', { d, ...stroked(index) }) : '', ...dots].join('');
}

/** Its label stands where the curves are farthest: at an end or in the middle, over or under the line. */
function reference(
  { label, value }: { readonly label: string; readonly value: number },
  at: number,
  curves: readonly (readonly Point[])[],
  { width, height }: { readonly width: number; readonly height: number },
): string {
  const font = { size: SIZE.small };
  const text = clipped(`${label} (${numeral(value)})`, width - 12, font);
  const room = widthOf(text, font);
  const spots = [6, (width - room) / 2, width - room - 6].flatMap((left) => [
    { left, middle: at - 10 },
    { left, middle: at + 12 },
  ]);
  const all = curves.flat().filter((point) => point.y !== null);
  const crowd = ({ left, middle }: { readonly left: number; readonly middle: number }): number =>
    all
      .filter((point) => point.x > left - 12 && point.x < left + room + 12)
      .reduce((least, point) => Math.min(least, Math.abs((point.y ?? 0) - middle)), 60);
  const inside = spots.filter(({ middle }) => middle > 4 && middle < height - 4);
  const best = inside.reduce((a, b) => (crowd(b) > crowd(a) + 2 ? b : a));
  const dashed = { ...inkLine, 'stroke-width': 1.25, 'stroke-dasharray': '4 4' };
  return (
    element('line', { x1: 0, x2: width, y1: at, y2: at, ...dashed }) +
    haloed(text, best.left, best.middle + 4, { 'font-size': font.size })
  );
}

function remarkText(
  { figure, curves, hidden, remarks }: Curves,
  same: readonly (number | undefined)[],
  frame: Frame,
): Drawing {
  const { series } = figure;
  const says = [
    ...(curves.some(({ band }) => band !== undefined) ? ['Shaded: the range over seeds.'] : []),
    ...hidden,
    ...onlyPoint(figure),
    ...series.flatMap(({ name }, index) => {
      const on = series[same[index] ?? -1];
      return on === undefined ? [] : [`${name}: on the line of ${on.name}.`];
    }),
    ...remarks,
  ];
  return stacked(
    says.map((text) => prose(text, frame.width, { size: SIZE.small }, faint)),
    0,
  );
}

/** More points than this cannot be told apart with a pointer. */
const MOST = 1500;

/** For every x, in the order given, its place and what is said there, a line a series. */
function valuesOf({ figure, given: { x, series } }: Curves, area: Hover['area']): Hover {
  const [first, last] = [figure.x.values[0]!, figure.x.values.at(-1)!];
  const every = Math.ceil(x.values.length / MOST);
  const place = scaleOf(x.scale);
  const said = (value: number | null | undefined): string => (typeof value === 'number' ? numeral(value, 4) : '–');
  const points = x.values.flatMap((value, index) => {
    if (index % every !== 0 || Number.isNaN(place(value))) return [];
    const at = first < last ? (value - first) / (last - first) : 0.5;
    const says = series.map(({ name, values, band }) => {
      const range = band === undefined ? '' : ` (${said(band.low[index])} to ${said(band.high[index])})`;
      return `${name}: ${said(values[index])}${range}`;
    });
    return [[Math.round(at * 1e4) / 1e4, [`${x.label} ${numeral(value, 6)}`, ...says]] as const];
  });
  return { area, data: { 'data-hover': 'lines', 'data-points': JSON.stringify(points) } };
}
