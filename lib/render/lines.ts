// Curves over a common x, drawn with asciichart: one stroke and one colour a series, a band over seeds, a line to compare with.

import asciichart from 'asciichart';
import { bandRemarks, withLegibleBands } from './bands.ts';
import { coinciding } from './coinciding.ts';
import { columnsOf, cut, padStart } from './columns.ts';
import { domainOf, scaleOf } from './domain.ts';
import { heading } from './heading.ts';
import { legend } from './legend.ts';
import type { Look } from './look.ts';
import { numeral } from './numerals.ts';
import { seriesColour } from './palette.ts';
import { remarksOn } from './remarks.ts';
import { resample } from './resample.ts';
import type { LinesFigure } from './result.ts';
import { type Stroke, strokeOf } from './strokes.ts';
import { isPlain, linearTicks, logTicks, ticksApart } from './ticks.ts';
import { wrap } from './wrap.ts';

/** A cell of the drawing: the series that pass through it, each with its glyph. */
interface Cell {
  glyphs: Map<number, string>;
  band?: { series: number; glyph: string };
}

export function lines(given: LinesFigure, look: Look): string {
  const figure = withLegibleBands(given);
  const head = [...heading(figure.title, figure.settings, look), ...axisTitle(figure, look)];
  const along = scaleOf(figure.x.scale);
  const order = figure.x.values
    .map((_, index) => index)
    .filter((index) => !Number.isNaN(along(figure.x.values[index])));
  order.sort((a, b) => (figure.x.values[a] ?? 0) - (figure.x.values[b] ?? 0));
  const x = order.map((index) => along(figure.x.values[index]));
  const ends = [order[0], order.at(-1)].map((index) => figure.x.values[index ?? 0] ?? 0) as [number, number];
  const scale = scaleOf(figure.y.scale);
  const curves = figure.series.map((series) => ({
    series,
    y: order.map((index) => scale(series.values[index])),
    low: order.map((index) => scale(series.band?.low[index])),
    high: order.map((index) => scale(series.band?.high[index])),
  }));
  const domain = domainOf([
    ...curves.flatMap((curve) => [...curve.y, ...curve.low, ...curve.high]),
    scale(figure.reference?.value),
    scale(figure.y.range?.low),
    scale(figure.y.range?.high),
  ]);
  const remarks = [...bandRemarks(given), ...figure.series.flatMap((series) => remarksOn(series, figure))];
  if (domain === undefined || x.length === 0) {
    const why =
      figure.series.length === 0
        ? 'There is no series to draw.'
        : 'Nothing to draw: no series has a value that this axis can show.';
    return [...head, ...wrap(why, look.width, { first: '  ' }), ...remarkLines(remarks, look)].join('\n');
  }

  const rows = Math.min(20, Math.max(6, Math.round(look.height / 2)));
  const [bottom, top] = domain;
  const rowOf = (value: number) => Math.round(((value - bottom) / (top - bottom)) * (rows - 1));
  const ticks = ticksApart(
    (most) => (figure.y.scale === 'log' ? logTicks(bottom, top, most) : linearTicks(bottom, top, most)),
    rows * 0.6,
    rowOf,
  );
  const gutter = Math.max(3, ...ticks.map((tick) => columnsOf(tick.label))) + 3;
  const columns = Math.max(10, look.width - gutter - 1);

  const grid: Cell[][] = Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => ({ glyphs: new Map() })),
  );
  curves.forEach((curve, index) => {
    const stroke = strokeOf(index, curves.length, look.unicode);
    if (curve.series.band)
      fillBand(grid, resample(x, curve.low, columns).low, resample(x, curve.high, columns).high, rowOf, index, stroke);
    drawCurve(grid, resample(x, curve.y, columns), rowOf, index, stroke);
  });
  const referenceRow =
    figure.reference && Number.isFinite(scale(figure.reference.value))
      ? rowOf(scale(figure.reference.value))
      : undefined;

  const labels = new Map(ticks.map((tick) => [rowOf(tick.value), tick.label]));
  const isDrawn = (index: number): boolean => grid.some((row) => row.some((cell) => cell.glyphs.has(index)));
  const body = grid.map((cells, row) => {
    const label = labels.get(row);
    const axis = look.unicode ? (label === undefined ? '│' : '┤') : label === undefined ? '|' : '+';
    return look.paint.dim(`${padStart(label ?? '', gutter - 2)} ${axis}`) + drawRow(cells, row === referenceRow, look);
  });
  body.reverse();
  const below = xAxis(figure, x, ends, columns, gutter, look);
  const same = coinciding(
    curves.map(({ y }) => y.map(rowOf)),
    0,
  );
  const only = x.length === 1 ? [`Only one point, at ${figure.x.label} ${numeral(ends[0])}.`] : [];
  return [
    ...head,
    ...body,
    ...below,
    ...legend(figure, { isDrawn, same, gutter }, look),
    ...remarkLines([...only, ...remarks], look),
  ]
    .map((line) => line.trimEnd())
    .join('\n');
}

function axisTitle(figure: LinesFigure, look: Look): string[] {
  const { label, unit, scale } = figure.y;
  const parts = [
    figure.title.includes(label) ? '' : label + (unit ? ` (${unit})` : ''),
    scale === 'log' && !/\blog\b/i.test(figure.title) ? 'log scale' : '',
  ];
  const text = parts.filter((part) => part !== '').join(', ');
  return text === '' ? [] : wrap(text, look.width).map((line) => look.paint.dim(line));
}

/** asciichart cannot draw a gap, so every unbroken run of a curve is a plot of its own, in units of rows, laid into the common grid. */
function drawCurve(
  grid: Cell[][],
  sampled: ReturnType<typeof resample>,
  rowOf: (value: number) => number,
  series: number,
  stroke: Stroke,
): void {
  const top = grid.length - 1;
  const set = (row: number, column: number, glyph: string) => grid[row]?.[column]?.glyphs.set(series, glyph);
  const values = sampled.line.map((value) => (Number.isNaN(value) ? value : rowOf(value)));
  for (let start = 0; start < values.length; start++) {
    if (Number.isNaN(values[start])) continue;
    let end = start;
    while (end < values.length && !Number.isNaN(values[end])) end++;
    const run = values.slice(start, end);
    if (run.length === 1) set(run[0] as number, start, stroke.dot);
    else {
      const options = {
        min: 0,
        max: top,
        height: top,
        offset: 1,
        symbols: [stroke.flat, ' ', ...stroke.symbols.slice(2)],
        format: () => ' ',
      };
      const drawn = asciichart.plot(run, options).split('\n');
      drawn.forEach((text, line) => {
        [...text].forEach((glyph, column) => {
          const row = top - line;
          // asciichart marks its own axis in the first column; only the curve's first value belongs to the drawing.
          if (glyph !== ' ' && (column > 0 || row === run[0])) set(row, start + column, glyph);
        });
      });
    }
    start = end;
  }
  for (let column = 0; column < values.length; column++) {
    const from = rowOf(sampled.low[column] ?? Number.NaN);
    const to = rowOf(sampled.high[column] ?? Number.NaN);
    for (let row = from; row <= to; row++) if (!grid[row]?.[column]?.glyphs.has(series)) set(row, column, stroke.steep);
  }
}

function fillBand(
  grid: Cell[][],
  low: number[],
  high: number[],
  rowOf: (value: number) => number,
  series: number,
  stroke: Stroke,
): void {
  low.forEach((value, column) => {
    const to = rowOf(high[column] ?? Number.NaN);
    for (let row = rowOf(value); row <= to; row++) {
      const cell = grid[row]?.[column];
      if (cell) cell.band ??= { series, glyph: stroke.band };
    }
  });
}

function drawRow(cells: readonly Cell[], isReference: boolean, look: Look): string {
  return cells
    .map((cell, column) => {
      const here = [...cell.glyphs];
      // Where curves coincide they take turns, so that none hides another.
      const shown = here[Math.floor(column / 3) % Math.max(1, here.length)];
      if (shown) return seriesColour(shown[0], look)(shown[1]);
      if (isReference) return look.paint.dim(look.unicode ? '╌' : column % 2 === 0 ? '-' : ' ');
      return cell.band ? seriesColour(cell.band.series, look).dim(cell.band.glyph) : ' ';
    })
    .join('');
}

/** `x` are places on the scale of the axis, `ends` the first and the last value themselves. */
function xAxis(
  figure: LinesFigure,
  x: readonly number[],
  ends: readonly [number, number],
  columns: number,
  gutter: number,
  look: Look,
): string[] {
  const first = x[0] ?? 0;
  const last = x.at(-1) ?? first;
  const short = columnsOf(figure.x.label) <= 3 && figure.x.label !== '';
  const name = (value: number) => (short ? `${figure.x.label}=${numeral(value)}` : numeral(value));
  const place = (value: number) => (last > first ? Math.round(((value - first) / (last - first)) * (columns - 1)) : 0);
  const rule = new Array<string>(columns).fill(look.unicode ? '─' : '-');
  const text = new Array<string>(columns + gutter).fill(' ');
  const put = (value: number, label: string, at: number) => {
    const room = [...text.slice(Math.max(0, at - 2), at + label.length + 2)];
    if (at + label.length > text.length || room.some((character) => character !== ' ')) return;
    [...label].forEach((character, index) => {
      text[at + index] = character;
    });
    rule[place(value)] = look.unicode ? '┬' : '+';
  };
  put(first, name(ends[0]), gutter);
  if (last > first) {
    const label = cut(name(ends[1]), columns, look.unicode);
    put(last, label, gutter + columns - columnsOf(label));
    const most = Math.max(2, Math.floor(columns / 12));
    const ticks =
      figure.x.scale === 'log'
        ? logTicks(first, last, most).map((tick) => ({
            ...tick,
            label: isPlain(...ends) ? numeral(10 ** tick.value) : tick.label,
          }))
        : linearTicks(first, last, most, x.every(Number.isInteger));
    for (const tick of ticks) {
      const middle = gutter + place(tick.value) - Math.floor((tick.label.length - 1) / 2);
      if (tick.value > first && tick.value < last) put(tick.value, tick.label, Math.max(gutter, middle));
    }
  }
  const lines = [' '.repeat(gutter - 1) + (look.unicode ? '└' : '+') + rule.join(''), text.join('')];
  if (!short && figure.x.label !== '') {
    const label = figure.x.label + (figure.x.unit ? ` (${figure.x.unit})` : '');
    const spare = Math.max(0, Math.floor((columns - columnsOf(label)) / 2));
    lines.push(...wrap(label, look.width - gutter).map((line) => ' '.repeat(gutter + spare) + line));
  } else if (figure.x.unit)
    lines.push(' '.repeat(gutter) + cut(`${figure.x.label} in ${figure.x.unit}`, columns, look.unicode));
  return lines.map((line) => look.paint.dim(line.trimEnd()));
}

function remarkLines(remarks: readonly string[], look: Look): string[] {
  return remarks.flatMap((remark) => wrap(remark, look.width, { first: '  ', rest: '    ' }));
}
