// Who does what when: a row for each worker, time to the right. What does not fit on a terminal is continued below, or drawn on a coarser scale.

import { clipped, label, prose, widthOf } from '../chart/drawing.ts';
import { axisLine, element, faint, fillOf, SIZE } from '../chart/markup.ts';
import { columnsOf, cut, flow, graphemes, padEnd, padStart, wrap } from '../columns.ts';
import { listOf, real, record, type TypeOf, text, whole } from '../json-schema.ts';
import { axis, type Chart, type Complete, figureRecord, type Kind, named, titled } from '../kind.ts';
import type { Look } from '../look.ts';
import { numeral } from '../numerals.ts';
import { seriesColour } from '../palette.ts';

/** Bars of one row do not overlap. */
const bar = record({
  /** An index of `rows.names`. */
  row: whole,
  start: real,
  length: real,
  /** In full, for CSV and for whoever hears it: `W_h * h_prev, step 3`. */
  name: text,
  /** What is written on it: one to three characters. */
  mark: text,
  /** An index of `groups`. */
  group: whole,
});
export type Bar = TypeOf<typeof bar>;

/** Who does what when: bars in rows over time, from 0 to `end`. */
const schema = figureRecord(
  'timeline',
  {
    ...titled,
    rows: named,
    time: record({ ...axis, end: real }, ['unit']),
    /** What the colours of bars stand for. */
    groups: listOf(text),
    /** What a mark says: `the number is the step`. Empty where a figure before it has said so. */
    key: text,
    bars: listOf(bar),
  },
  ['settings'],
);
export type TimelineFigure = TypeOf<typeof schema>;

declare module '../kind.ts' {
  interface Figures {
    timeline: Complete<TimelineFigure, typeof kind, typeof chart>;
  }
}

const kind: Kind<TimelineFigure> = {
  name: 'timeline',
  schema,
  draw(figure, look) {
    const bars = figure.bars.filter(({ row, start, length }) => row in figure.rows.names && start >= 0 && length > 0);
    const end = figure.time.end;
    if (bars.length === 0 || !(end > 0 && end < 1e300)) return wrap(nothing, look.width, { first: '  ' });

    const name = Math.min(Math.floor(look.width / 3), Math.max(...figure.rows.names.map(columnsOf)));
    const gutter = name + 3;
    const room = look.width - gutter;
    const grid = gridOf(figure, bars, room);
    const columns = Math.min(Math.ceil((end / grid.unit) * grid.width), room * mostBlocks);
    const rows = figure.rows.names.map((_, row) => spots(bars, row, grid, columns, look));

    // A block ends where a unit of time does.
    const block = Math.floor(room / grid.width) * grid.width;
    const body: string[] = [];
    for (let from = 0; from < columns; from += block) {
      const to = Math.min(columns, from + block);
      if (from > 0) body.push('');
      body.push(look.paint.dim(`${' '.repeat(gutter)}${ruler(figure, from, to, grid)}`.trimEnd()));
      for (const [row, label] of figure.rows.names.entries()) {
        const drawn = rows[row]!.slice(from, to).map((spot) => painted(spot, look));
        const edge = look.paint.dim(`${padStart(cut(label, name, look.unicode), name)} ${look.unicode ? '│' : '|'} `);
        body.push((edge + drawn.join('')).trimEnd());
      }
    }
    return [...body, ...legend(figure, gutter, look)];
  },
  words: inWords,
  records: ({ rows, bars }) =>
    bars.map(({ row, start, name, length }) => ['timeline', rows.names[row], start, name, length]),
};
export default kind;

const nothing = 'Nothing to draw: nobody does anything.';
/** Longer ones are drawn to a scale instead. */
const mostBlocks = 3;
const mostSaid = 8;

/** What stands in one column of the drawing: nothing, or a character of a bar. */
interface Spot {
  readonly glyph: string;
  readonly group?: number;
}

/** So many columns for so much time. */
interface Grid {
  readonly unit: number;
  readonly width: number;
  /** Whether bars begin and end between columns. */
  readonly isCoarse: boolean;
}

/** Whole marks with a blank between them where that fits; without it; continued below; or all of it to a scale. */
function gridOf({ time: { end } }: TimelineFigure, bars: readonly Bar[], room: number): Grid {
  const unit = bars.reduce((least, { length }) => Math.min(least, length), Number.POSITIVE_INFINITY);
  const isWhole = bars.every(({ start, length }) => Number.isInteger(start / unit) && Number.isInteger(length / unit));
  const mark = Math.max(1, ...bars.map((bar) => glyphsOf(bar).length));
  if (isWhole)
    for (const [width, most] of [
      [mark + 1, 1],
      [mark, 1],
      [mark + 1, mostBlocks],
      [mark, mostBlocks],
    ] as const)
      if (end / unit <= Math.floor(room / width) * most) return { unit, width, isCoarse: false };
  return { unit: end / room, width: 1, isCoarse: true };
}

function spots(bars: readonly Bar[], row: number, grid: Grid, columns: number, look: Look): Spot[] {
  const idle: Spot = { glyph: look.unicode ? '·' : '.' };
  const blank: Spot = { glyph: ' ' };
  const place = (time: number) => Math.min(columns, Math.round((time / grid.unit) * grid.width));
  const line = new Array<Spot | undefined>(columns).fill(undefined);
  for (const bar of bars.filter((other) => other.row === row)) {
    const { start, length } = bar;
    const [from, to] = [place(start), place(start + length)];
    // On a whole grid a bar leaves its last column free, so that two in a row are two.
    const glyphs = glyphsOf(bar);
    const filled = grid.isCoarse || to - from <= glyphs.length ? to : to - 1;
    for (let column = from; column < to; column++)
      line[column] =
        column < filled ? { glyph: glyphs[column - from] ?? (look.unicode ? '─' : '-'), group: bar.group } : blank;
  }
  return line.map((spot, column) => spot ?? (column % grid.width === 0 ? idle : blank));
}

/** Characters of one column each. */
const glyphsOf = ({ mark }: Bar): string[] => graphemes(mark).filter((part) => columnsOf(part) === 1);

const painted = ({ glyph, group }: Spot, look: Look): string =>
  group !== undefined ? seriesColour(group, look)(glyph) : look.paint.dim(glyph);

/** The time every few units; on a coarse grid at both ends. */
function ruler({ time: { end } }: TimelineFigure, from: number, to: number, { unit, width, isCoarse }: Grid): string {
  if (isCoarse) {
    const [first, last] = ['0', numeral(end)];
    const spare = to - from - columnsOf(first) - columnsOf(last);
    return spare < 1 ? first : first + ' '.repeat(spare) + last;
  }
  const step = [1, 2, 5, 10, 20, 50].find((candidate) => candidate * width >= 6) ?? 100;
  let line = '';
  for (let units = Math.ceil(from / width / step) * step; units * width < to; units += step) {
    const [at, label] = [units * width - from, numeral(units * unit)];
    if ((at === 0 || at > columnsOf(line)) && at + columnsOf(label) <= to - from) line = padEnd(line, at) + label;
  }
  return line;
}

function legend({ groups, key, time, rows }: TimelineFigure, gutter: number, look: Look): string[] {
  const axes = `one row a ${rows.label}, ${time.label} to the right${time.unit ? ` (${time.unit})` : ''}`;
  const indent = ' '.repeat(Math.min(gutter, Math.floor(look.width / 8)));
  const items = groups.map((name, group) => {
    const text = cut(name, look.width - indent.length - 3, look.unicode);
    return {
      text: `${seriesColour(group, look)(look.unicode ? '──' : '--')} ${text}`,
      columns: columnsOf(text) + 3,
    };
  });
  return [
    ...(key.trim() === '' ? [] : wrap(`${axes}; ${key}`, look.width, { first: indent })).map((line) =>
      look.paint.dim(line),
    ),
    ...(groups.length > 1 ? flow(items, look.width, indent) : []),
  ];
}

/** What each row does, in order, and how long it is busy. */
function inWords({ rows, time, bars }: TimelineFigure): string[] {
  const unit = time.unit ? ` ${time.unit}` : '';
  return rows.names.map((name, row) => {
    const own = bars.filter((bar) => bar.row === row).sort((a, b) => a.start - b.start);
    const busy = own.reduce((sum, { length }) => sum + length, 0);
    const said = own.slice(0, mostSaid).map((bar) => bar.name);
    const more = own.length - said.length;
    const list = own.length === 0 ? 'nothing' : said.join('; ') + (more > 0 ? `; and ${more} more` : '');
    return `${rows.label} ${name}, busy ${numeral(busy)} of ${numeral(time.end)}${unit}: ${list}.`;
  });
}

const font = { size: SIZE.label };
const small = { size: SIZE.small };
const ROW = 24;
const MOST_ROWS = 512;

/** What is written on a bar stands where it fits. */
export const chart: Chart<TimelineFigure> = {
  name: 'timeline',
  draw(figure, frame) {
    const { end } = figure.time;
    const rows = figure.rows.names.slice(0, MOST_ROWS);
    const bars = figure.bars.filter(
      ({ row, start, length }) => row in rows && start >= 0 && length > 0 && start + length <= end,
    );
    if (bars.length === 0 || !(end > 0 && end < 1e300)) return [prose(nothing, frame.width, font)];
    const names = rows.map((name) => clipped(name, frame.width / 4, font));
    const left = Math.ceil(Math.max(...names.map((name) => widthOf(name, font)))) + 12;
    const width = frame.width - left;
    const place = (time: number): number => left + Math.round((time / end) * width * 100) / 100;
    const height = ROW * rows.length;
    const drawn = bars.flatMap(({ row, start, length, mark, group }) => {
      const [x, y] = [place(start), row * ROW];
      const wide = Math.max(0.5, place(start + length) - x - 1);
      const box = element('rect', {
        x,
        y: y + 2,
        width: wide,
        height: ROW - 4,
        'fill-opacity': 0.18,
        ...fillOf(group),
      });
      const fits = widthOf(mark, small) <= wide;
      const look = { 'font-size': small.size, 'text-anchor': 'middle', ...fillOf(group) };
      return fits ? [box, label(mark, x + wide / 2, y + ROW / 2 + 4, look)] : [box];
    });
    const body = [
      ...names.map((name, row) =>
        label(name, left - 8, (row + 0.5) * ROW + 5, { 'font-size': font.size, 'text-anchor': 'end' }),
      ),
      ...drawn,
      element('line', { x1: left, y1: height, x2: frame.width, y2: height, ...axisLine }),
      label('0', left, height + 16, { 'font-size': small.size, ...faint }),
      label(numeral(end), frame.width, height + 16, { 'font-size': small.size, 'text-anchor': 'end', ...faint }),
    ];
    const unit = figure.time.unit ? ` (${figure.time.unit})` : '';
    const says = [
      `one row a ${figure.rows.label}, ${figure.time.label} to the right${unit}`,
      figure.key,
      ...(figure.groups.length > 1 ? figure.groups : []),
    ].filter((part) => part.trim() !== '');
    const plot = { width: frame.width, height: height + 20, body: body.join('\n') };
    return [plot, prose(says.join('; '), frame.width, small, faint)];
  },
};
