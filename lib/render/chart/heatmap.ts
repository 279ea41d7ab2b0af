// Values over time as coloured cells under what drives them. A stroke in a cell is a negative value, so that black-and-white print keeps the sign.

import { numeral } from '../numerals.ts';
import { pooled, poolRemark } from '../pool.ts';
import type { HeatmapFigure } from '../result.ts';
import { shadeRgb } from '../shade-rgb.ts';
import { centred, positionOf } from '../shades.ts';
import { caption, type Drawing, label, prose, shifted, stacked } from './drawing.ts';
import { type Area, cellValues } from './hover.ts';
import { type Attributes, element } from './markup.ts';
import { clipped, widthOf } from './measure.ts';
import { axisLine, type Frame, faint, inkLine, SIZE } from './theme.ts';

type Scale = HeatmapFigure['scale'];

/** More cells than this in a row are narrower than a line: steps are pooled. More rows make no picture. */
const MOST_COLUMNS = 360;
const MOST_ROWS = 512;
/** Shades of the map; a file with a colour a cell would be many times as long. */
const SHADES = 64;
const font = { size: SIZE.label };
const tiny = { size: SIZE.small };

export function heatmap(figure: HeatmapFigure, frame: Frame): Drawing {
  const head = caption(figure, frame);
  const steps = Math.max(figure.columns.names.length, ...figure.values.map((row) => row.length), 0);
  if (steps === 0 || figure.values.length === 0)
    return stacked([head, prose('Nothing to draw: there are no values.', frame.width, font)], 8);
  const pool = Math.ceil(steps / MOST_COLUMNS);
  const { names, values } = pooled(figure, steps, pool);
  const rows = values.slice(0, MOST_ROWS);
  const says = [
    ...(pool > 1 ? [poolRemark(figure, pool)] : []),
    ...(values.length > rows.length ? [`${values.length - rows.length} more rows are not drawn.`] : []),
  ].map((text) => prose(text, frame.width, tiny, faint));
  return stacked([head, map(figure, { rows, names, pool }, frame), ...says], 8);
}

interface Cells {
  readonly rows: readonly (readonly number[])[];
  readonly names: readonly string[];
  /** Steps that a column stands for. */
  readonly pool: number;
}

function map(figure: HeatmapFigure, { rows: values, names, pool }: Cells, frame: Frame): Drawing {
  const rowNames = values.map((_, row) => clipped(figure.rows.names[row] ?? String(row + 1), frame.width / 4, font));
  const left = Math.ceil(Math.max(0, ...rowNames.map((name) => widthOf(name, font)))) + 10;
  const cell = Math.min(30, (frame.width - left) / names.length);
  const height = Math.max(3, Math.min(20, 420 / values.length));
  const top = 24;
  const area: Area = { left, top, width: cell * names.length, height: height * values.length };
  const body = [
    shifted(left, 0, columnNames(names, cell)),
    shifted(left, top, cells(values, figure.scale, cell, height)),
    element('rect', { x: left, y: top, width: area.width, height: area.height, ...axisLine }),
    ...rowLabels(rowNames, left - 8, top, height),
  ].filter((part) => part !== '');
  const drawn: Drawing = { width: frame.width, height: top + area.height + 4, body: body.join('\n') };
  const both = stacked([drawn, key(figure, values, frame)], 8);
  return { ...both, hover: cellValues(figure, area, rowNames, stepNames(names, pool), values) };
}

/** `step 3, e`; of several steps in one column the first. */
function stepNames(names: readonly string[], pool: number): string[] {
  return names.map((name, index) => {
    const from = pool === 1 ? 'step' : 'from step';
    const driver = name === ' ' ? ', a space' : name.trim() === '' ? '' : `, ${name}`;
    return `${from} ${index * pool + 1}${driver}`;
  });
}

/** Each over its cell; where that is too narrow, those that leave one another room. */
function columnNames(names: readonly string[], cell: number): string {
  let free = Number.NEGATIVE_INFINITY;
  return names
    .map((name, index) => {
      const width = widthOf(name, font);
      const left = (index + 0.5) * cell - width / 2;
      const characters = [...name].length === 1;
      if (name.trim() === '' || left < free || left + width > names.length * cell + 10) return '';
      free = left + width + (characters ? 0 : 10);
      return label(name, (index + 0.5) * cell, 17, { 'font-size': font.size, 'text-anchor': 'middle' });
    })
    .join('');
}

function rowLabels(names: readonly string[], right: number, top: number, height: number): string[] {
  const every = Math.ceil(14 / height);
  return names.map((name, row) =>
    row % every === 0
      ? label(name, right, top + (row + 0.5) * height + 5, { 'font-size': font.size, 'text-anchor': 'end' })
      : '',
  );
}

/** One path a shade holds all cells of that shade. */
function cells(values: readonly (readonly number[])[], scale: Scale, width: number, height: number): string {
  const shades = new Map<number, string[]>();
  const strokes = { light: [] as string[], dark: [] as string[] };
  const missing: string[] = [];
  values.forEach((row, j) => {
    row.forEach((value, i) => {
      const [x, y] = [r(i * width), r(j * height)];
      const [w, h] = [r((i + 1) * width - x), r((j + 1) * height - y)];
      const at = positionOf(value, scale);
      if (Number.isNaN(at)) {
        missing.push(`M${x} ${y}l${w} ${h}m0 ${-h}l${-w} ${h}`);
        return;
      }
      const shade = Math.round(at * SHADES);
      const same = shades.get(shade);
      const part = `M${x} ${y}h${w}v${h}h${-w}z`;
      if (same === undefined) shades.set(shade, [part]);
      else same.push(part);
      // In cells too narrow for a stroke each, those of a row make one line.
      const inset = width < 7 ? 0 : w * 0.3;
      if (scale.kind === 'diverging' && at < 0.42 && height >= 5)
        (at < 0.22 ? strokes.light : strokes.dark).push(`M${r(x + inset)} ${r(y + h / 2)}h${r(w - 2 * inset)}`);
    });
  });
  const painted = [...shades]
    .sort(([a], [b]) => a - b)
    .map(([shade, parts]) =>
      element('path', {
        d: parts.join(''),
        fill: hex(shadeRgb(scale.kind, shade / SHADES)),
        'shape-rendering': 'crispEdges',
      }),
    );
  return [...painted, ...stroke(strokes.light, '#fff'), ...stroke(strokes.dark, '#333'), ...cross(missing)].join('\n');
}

const r = (value: number): number => Math.round(value * 100) / 100;
const stroke = (parts: readonly string[], paint: string): string[] =>
  parts.length === 0 ? [] : [element('path', { d: parts.join(''), stroke: paint, 'stroke-width': 1.25, fill: 'none' })];
const cross = (parts: readonly string[]): string[] =>
  parts.length === 0 ? [] : [element('path', { d: parts.join(''), ...inkLine, 'stroke-width': 1 })];

const hex = (channels: readonly number[]): string =>
  `#${channels.map((each) => each.toString(16).padStart(2, '0')).join('')}`;

/** What the shades stand for. */
function key(figure: HeatmapFigure, values: readonly (readonly number[])[], frame: Frame): Drawing {
  const { low, high } = centred(figure.scale);
  const bar = 192;
  const steps = 24;
  const ramp = Array.from({ length: steps }, (_, k) => low + ((high - low) * (k + 0.5)) / steps);
  const from = numeral(low);
  const left = widthOf(from, tiny) + 8;
  const most = numeral(high) + (figure.unit ? ` ${figure.unit}` : '');
  const to = clipped(most, frame.width - left - bar - 8, tiny);
  const look: Attributes = { ...faint, 'font-size': tiny.size };
  const axis = [figure.rows.label, figure.columns.label].filter((text) => text !== '').join(' over ');
  const nan = values.every((row) => row.every(Number.isFinite)) ? [] : ['× not finite'];
  const says = clipped([...nan, ...(axis === '' ? [] : [axis])].join(' · '), frame.width, tiny);
  const end = left + bar + 8 + widthOf(to, tiny) + 20;
  const beside = end + widthOf(says, tiny) <= frame.width;
  const body = [
    label(from, 0, 13, look),
    shifted(left, 2, cells([ramp], { ...figure.scale, low, high }, bar / steps, 14)),
    element('rect', { x: left, y: 2, width: bar, height: 14, ...axisLine }),
    label(to, left + bar + 8, 13, look),
    label(says, beside ? end : 0, beside ? 13 : 32, look),
  ];
  return { width: frame.width, height: beside ? 18 : 37, body: body.join('\n') };
}
