// Curves on a terminal, drawn with asciichart: one stroke and one colour a series, a band over seeds, a line to compare with.

import asciichart from 'asciichart';
import { columnsOf, cut, flow, padStart, wrap } from '../../columns.ts';
import type { Look } from '../../look.ts';
import { numeral } from '../../numerals.ts';
import { seriesColour } from '../../palette.ts';
import { isPlain, linearTicks, logTicks, ticksApart } from '../../ticks.ts';
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
import { resample } from './resample.ts';

/** A cell of the drawing: the series that pass through it, each with its glyph. */
interface Cell {
  glyphs: Map<number, string>;
  band?: { series: number; glyph: string };
}

export function plot(given: LinesFigure, look: Look): string[] {
  const drawn = curvesOf(given);
  const { figure, x, curves, domain, reference } = drawn;
  const title = yTitle(figure);
  const head = title === '' ? [] : wrap(title, look.width).map((line) => look.paint.dim(line));
  const remarks = [...drawn.hidden, ...drawn.remarks];
  if (domain === undefined)
    return [...head, ...wrap(nothingToDraw(figure), look.width, { first: '  ' }), ...remarkLines(remarks, look)];

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
  curves.forEach(({ y, band }, index) => {
    const stroke = strokeOf(index, curves.length, look.unicode);
    if (band)
      fillBand(grid, resample(x, band.low, columns).low, resample(x, band.high, columns).high, rowOf, index, stroke);
    drawCurve(grid, resample(x, y, columns), rowOf, index, stroke);
  });
  const referenceRow = rowOf(reference);

  const labels = new Map(ticks.map((tick) => [rowOf(tick.value), tick.label]));
  const isDrawn = (index: number): boolean => grid.some((row) => row.some((cell) => cell.glyphs.has(index)));
  const body = grid.map((cells, row) => {
    const label = labels.get(row);
    const axis = look.unicode ? (label === undefined ? '│' : '┤') : label === undefined ? '|' : '+';
    return look.paint.dim(`${padStart(label ?? '', gutter - 2)} ${axis}`) + drawRow(cells, row === referenceRow, look);
  });
  body.reverse();
  const same = coinciding(
    curves.map(({ y }) => y.map(rowOf)),
    0,
  );
  return [
    ...head,
    ...body,
    ...xAxis(drawn, columns, gutter, look),
    ...legend(drawn, { isDrawn, same, gutter }, look),
    ...remarkLines([...onlyPoint(figure), ...remarks], look),
  ].map((line) => line.trimEnd());
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

function xAxis({ figure, x }: Curves, columns: number, gutter: number, look: Look): string[] {
  const ends = [figure.x.values[0]!, figure.x.values.at(-1)!] as const;
  const [first, last] = [x[0]!, x.at(-1)!];
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
    const label = axisName(figure.x);
    const spare = Math.max(0, Math.floor((columns - columnsOf(label)) / 2));
    lines.push(...wrap(label, look.width - gutter).map((line) => ' '.repeat(gutter + spare) + line));
  } else if (figure.x.unit)
    lines.push(' '.repeat(gutter) + cut(`${figure.x.label} in ${figure.x.unit}`, columns, look.unicode));
  return lines.map((line) => look.paint.dim(line.trimEnd()));
}

function remarkLines(remarks: readonly string[], look: Look): string[] {
  return remarks.flatMap((remark) => wrap(remark, look.width, { first: '  ', rest: '    ' }));
}

/** What became of the series in the drawing. */
interface Drawn {
  /** Whether anything of the series of that index is to be seen. */
  readonly isDrawn: (index: number) => boolean;
  /** For a series that lies on another: the index of that one. */
  readonly same: readonly (number | undefined)[];
  /** Columns to the left of the drawing. */
  readonly gutter: number;
}

/** What each stroke, the bands and the line to compare with stand for, and which series cannot be seen by itself. */
function legend({ figure, curves }: Curves, { isDrawn, same, gutter }: Drawn, look: Look): string[] {
  const room = look.width - 10;
  const items = figure.series.flatMap((series, index) => {
    const stroke = strokeOf(index, figure.series.length, look.unicode);
    const on = figure.series[same[index] ?? -1];
    const where = !isDrawn(index)
      ? ' (nothing to draw)'
      : on !== undefined
        ? ` (on the line of ${on.name})`
        : onePoint(figure, curves[index]!.y);
    return named(seriesColour(index, look)(stroke.flat.repeat(2)), 2, series.name + where, room);
  });
  const bands = curves.flatMap(({ band }, index) =>
    band === undefined ? [] : [strokeOf(index, figure.series.length, look.unicode).band],
  );
  if (bands.length > 0) {
    const text = `${[...new Set(bands)].map((glyph) => glyph.repeat(2)).join(' ')} range over seeds`;
    items.push({ text: look.paint.dim(text), columns: columnsOf(text) });
  }
  if (figure.reference) {
    const name = `${figure.reference.label} (${numeral(figure.reference.value)})`;
    const dimmed = named(look.unicode ? '╌╌╌' : '- -', 3, name, room);
    items.push(...dimmed.map(({ text, columns }) => ({ text: look.paint.dim(text), columns })));
  }
  return flow(items, look.width, ' '.repeat(Math.min(gutter, Math.floor(look.width / 8))));
}

/** A mark and what it stands for; a long name goes on in the next line. */
function named(mark: string, markColumns: number, name: string, room: number): { text: string; columns: number }[] {
  return wrap(name, room).map((text, line) => ({
    text: `${line === 0 ? mark : ' '.repeat(markColumns)} ${text}`,
    columns: markColumns + 1 + columnsOf(text),
  }));
}

/** Where the only point of a series stands, that among curves looks like a speck. */
function onePoint({ x }: LinesFigure, y: readonly number[]): string {
  if (x.values.length < 2) return '';
  const shown = x.values.filter((_, index) => !Number.isNaN(y[index]));
  return shown.length === 1 ? ` (one point, at ${x.label} ${numeral(shown[0]!)})` : '';
}

// How one curve is told from another without colour: each series has a stroke of its own.

interface Stroke {
  /** In the order of asciichart: axis ┼, axis ┤, begin, end, flat, from above ╰, from below ╭, falling ╮, rising ╯, steep. */
  readonly symbols: string[];
  readonly flat: string;
  readonly steep: string;
  /** One lone point. */
  readonly dot: string;
  /** Fills the band over seeds. */
  readonly band: string;
}

const UNICODE: readonly Stroke[] = [
  stroke('─', '╰╭╮╯', '│', '•', '·'),
  stroke('━', '┗┏┓┛', '┃', '■', '░'),
  stroke('═', '╚╔╗╝', '║', '◆', ':'),
  mark('•', '·'),
  mark('×', "'"),
  mark('+', ','),
  mark('▪', ';'),
  mark('○', '`'),
];
const ASCII: readonly Stroke[] = [
  stroke('-', "'..'", '|', 'o', '.'),
  ...[...'*o+x#@%&'].map((glyph) => mark(glyph, '.')),
];

function strokeOf(series: number, count: number, unicode: boolean): Stroke {
  // One ASCII curve may be drawn with lines; several can only be told apart by a mark each.
  const set = unicode ? UNICODE : count === 1 ? ASCII.slice(0, 1) : ASCII.slice(1);
  return set[series % set.length] as Stroke;
}

function stroke(flat: string, corners: string, steep: string, dot: string, band: string): Stroke {
  return { symbols: [flat, flat, flat, flat, flat, ...corners, steep], flat, steep, dot, band };
}

function mark(glyph: string, band: string): Stroke {
  return stroke(glyph, glyph.repeat(4), glyph, glyph, band);
}
