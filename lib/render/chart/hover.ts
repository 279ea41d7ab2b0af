// The values under the pointer: what a page is told about a drawing, as attributes that its script reads.

import { drawable } from '../domain.ts';
import { numeral } from '../numerals.ts';
import type { HeatmapFigure, LinesFigure } from '../result.ts';
import { type Attributes, place } from './markup.ts';

/** Pixels within the drawing. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where the pointer means something, and what it means there. */
export interface Hover {
  readonly area: Area;
  readonly data: Attributes;
}

const said = (value: number | null | undefined): string => (typeof value === 'number' ? numeral(value, 4) : '–');

/** More points than this cannot be told apart with a pointer. */
const MOST = 1500;

/** `points`: for every x its place and what is said there, a line a series. */
export function curveValues(figure: LinesFigure, area: Area, [first, last]: readonly [number, number]): Hover {
  const every = Math.ceil(figure.x.values.length / MOST);
  const points = figure.x.values.flatMap((x, index) => {
    if (!drawable(x) || index % every !== 0) return [];
    const at = first < last ? (x - first) / (last - first) : 0.5;
    const says = figure.series.map(({ name, values, band }) => {
      const range = band === undefined ? '' : ` (${said(band.low[index])} to ${said(band.high[index])})`;
      return `${name}: ${said(values[index])}${range}`;
    });
    return [[Math.round(at * 1e4) / 1e4, [`${figure.x.label} ${numeral(x, 6)}`, ...says]] as const];
  });
  return { area, data: { 'data-hover': 'lines', 'data-points': JSON.stringify(points) } };
}

export function cellValues(
  figure: HeatmapFigure,
  area: Area,
  rows: readonly string[],
  columns: readonly string[],
  values: readonly (readonly number[])[],
): Hover {
  const unit = figure.unit ? ` ${figure.unit}` : '';
  return {
    area,
    data: {
      'data-hover': 'cells',
      'data-rows': JSON.stringify(rows),
      'data-columns': JSON.stringify(columns),
      'data-values': JSON.stringify(values.map((row) => row.map((value) => said(value) + unit))),
    },
  };
}

/** As the script of a page reads it. */
export function hoverAttributes(hover: Hover | undefined): Attributes {
  if (hover === undefined) return {};
  const { left, top, width, height } = hover.area;
  return { ...hover.data, 'data-area': [left, top, width, height].map(place).join(' ') };
}
