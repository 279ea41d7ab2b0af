// The values under the pointer: what a page is told about a drawing, as attributes that its script reads.

import type { HeatmapFigure, LinesFigure } from '../../experiments/result.ts';
import { drawable } from '../domain.ts';
import { numeral } from '../numerals.ts';
import type { Attributes } from './markup.ts';

/** Pixels within the drawing. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const said = (value: number | null | undefined): string => (typeof value === 'number' ? numeral(value, 4) : '–');

/** `points`: for every x its place and what is said there, a line a series. */
export function curveValues(figure: LinesFigure, area: Area, [first, last]: readonly [number, number]): Attributes {
  const points = figure.x.values.flatMap((x, index) => {
    if (!drawable(x)) return [];
    const at = first < last ? (x - first) / (last - first) : 0.5;
    const says = figure.series.map(({ name, values, band }) => {
      const range = band === undefined ? '' : ` (${said(band.low[index])} to ${said(band.high[index])})`;
      return `${name}: ${said(values[index])}${range}`;
    });
    return [[Math.round(at * 1e4) / 1e4, [`${figure.x.label} ${numeral(x, 6)}`, ...says]] as const];
  });
  return { 'data-hover': 'lines', 'data-area': areaText(area), 'data-points': JSON.stringify(points) };
}

export function cellValues(
  figure: HeatmapFigure,
  area: Area,
  rows: readonly string[],
  columns: readonly string[],
  values: readonly (readonly number[])[],
): Attributes {
  const unit = figure.unit ? ` ${figure.unit}` : '';
  return {
    'data-hover': 'cells',
    'data-area': areaText(area),
    'data-rows': JSON.stringify(rows),
    'data-columns': JSON.stringify(columns),
    'data-values': JSON.stringify(values.map((row) => row.map((value) => said(value) + unit))),
  };
}

const areaText = ({ left, top, width, height }: Area): string =>
  [left, top, width, height].map((value) => Math.round(value * 100) / 100).join(' ');
