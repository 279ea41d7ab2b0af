// Rows and columns without boxes, drawn with cli-table3: closer and with titles of several lines where there is little room; one record a row where
// the columns do not fit side by side even so.

import Table from 'cli-table3';
import { cellsOf } from './cells.ts';
import { columnsOf } from './columns.ts';
import { heading } from './heading.ts';
import type { Look } from './look.ts';
import { numeral, withUnit } from './numerals.ts';
import type { TableFigure } from './result.ts';
import { wrap } from './wrap.ts';

/** Between columns: wide where there is room. */
const GAPS = [3, 2] as const;
const INDENT = 1;
/** A column of prose may be wrapped down to this; anything narrower reads better as records. */
const NARROWEST = 24;

const NO_LINES = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
    'middle',
  ].map((part) => [part, '']),
);

export function table(figure: TableFigure, look: Look): string {
  const head = heading(figure.title, undefined, look);
  if (figure.columns.length === 0) return [...head, '  The table has no columns.'].join('\n');
  return [...head, ...laid(figure, cellsOf(figure), look)].join('\n');
}

/** Texts as they will stand, a line feed within a cell where it has several lines. */
interface Side {
  readonly titles: readonly string[];
  readonly cells: readonly (readonly string[])[];
  readonly gap: number;
}

function laid(figure: TableFigure, cells: readonly string[][], look: Look): string[] {
  const titles = figure.columns.map((column) => column.title);
  if (figure.rows.length === 0) return wrap(`No rows (${titles.join(', ')}).`, look.width, { first: ' ' });
  const below = titles.map((_, index) => widest(cells.map((row) => row[index] ?? '')));
  const folded = (lines: number): string[] =>
    titles.map((title, index) => foldedTitle(title, below[index] ?? 0, lines));
  const tries = [titles, folded(2), folded(3)].flatMap((each) => GAPS.map((gap) => ({ titles: each, cells, gap })));
  const fitting =
    tries.find((each) => spareOf(each, look) >= 0) ??
    tries.map((each) => withProse(each, figure, look)).find((each) => each !== undefined);
  return fitting === undefined ? records(figure, cells, look) : side(figure, fitting, look);
}

const widest = (texts: readonly string[]): number =>
  Math.max(0, ...texts.flatMap((text) => text.split('\n')).map(columnsOf));

const widthsOf = ({ titles, cells }: Side): number[] =>
  titles.map((title, index) => widest([title, ...cells.map((row) => row[index] ?? '')]));

/** Columns left over; below 0, so many are missing. */
const spareOf = (table: Side, look: Look): number =>
  look.width - INDENT - widthsOf(table).reduce((sum, width) => sum + width, 0) - table.gap * (table.titles.length - 1);

/** As narrow as what stands below, if its words are, and so many lines are enough. */
function foldedTitle(title: string, below: number, most: number): string {
  let width = Math.max(below, widest(title.split(/\s+/)));
  while (wrap(title, width).length > most) width++;
  return wrap(title, width).join('\n');
}

/** The widest column wrapped, if it is prose; undefined where that does not help. */
function withProse(table: Side, figure: TableFigure, look: Look): Side | undefined {
  const widths = widthsOf(table);
  const prose = widths.indexOf(Math.max(...widths));
  const room = (widths[prose] ?? 0) + spareOf(table, look);
  if (figure.columns[prose]?.align !== 'left' || room < Math.max(NARROWEST, widest([table.titles[prose] ?? ''])))
    return undefined;
  const cells = table.cells.map((row) =>
    row.map((cell, index) => (index === prose ? wrap(cell, room).join('\n') : cell)),
  );
  return { ...table, cells };
}

function side(figure: TableFigure, { titles, cells, gap }: Side, look: Look): string[] {
  const standIns = new StandIns();
  const drawn = new Table({
    chars: NO_LINES,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    colAligns: figure.columns.map((column) => column.align),
  });
  // The gap belongs to the cell on its left, so that a last column ends where its text ends.
  const spaced = (row: readonly string[]) =>
    row.map((cell, index) =>
      cell
        .split('\n')
        .map((line) => (index === 0 ? '' : ' '.repeat(gap)) + standIns.of(line))
        .join('\n'),
    );
  const high = Math.max(...titles.map((title) => title.split('\n').length));
  // A title of few lines stands on its column, not in the air above it.
  const lowered = titles.map((title) => '\n'.repeat(high - title.split('\n').length) + title);
  drawn.push(spaced(lowered), ...cells.map(spaced));
  const lines = standIns.restore(drawn.toString()).split('\n');
  return lines.map(
    (line, index) => ' '.repeat(INDENT) + (index < high ? look.paint.bold(line.trimEnd()) : line.trimEnd()),
  );
}

/**
 * cli-table3 counts columns in its own way, wrongly for some scripts. So it is given, for a text beyond ASCII, as many private characters (one
 * column each to anybody) as the text takes columns.
 */
class StandIns {
  private readonly texts: string[] = [];

  of(text: string): string {
    if (/^[\x20-\x7e]*$/.test(text) || this.texts.length >= 6400) return text;
    this.texts.push(text);
    return String.fromCharCode(0xe000 + this.texts.length - 1).repeat(columnsOf(text));
  }

  restore(drawn: string): string {
    return drawn.replace(/([\ue000-\uf8ff])\1*/g, (run) => this.texts[run.charCodeAt(0) - 0xe000] ?? run);
  }
}

function records(figure: TableFigure, cells: readonly string[][], look: Look): string[] {
  const [, ...labels] = figure.columns.map((column) => column.title);
  return cells.flatMap((row, index) => [
    ...(index > 0 ? [''] : []),
    ...wrap(row[0] || String(index + 1), look.width, { first: ' ', rest: '   ' }).map((line) => look.paint.bold(line)),
    ...labels.flatMap((title, column) => {
      const cell = (row[column + 1] ?? '').trim();
      if (cell === '') return [];
      return wrap(`${title}: ${cell}`, look.width, { first: '   ', rest: '     ' });
    }),
  ]);
}

/** `--plain`: a sentence a row. */
export function tableInWords(figure: TableFigure, look: Look): string[] {
  if (figure.rows.length === 0) return ['The table has no rows.'];
  return figure.rows.flatMap((row) => {
    const parts = figure.columns.flatMap((column, index) => {
      const value = row[index] ?? null;
      if (value === null || value === '') return [];
      const text = typeof value === 'number' ? withUnit(numeral(value, column.digits), column.unit) : value;
      return [column.title === '' ? text : `${column.title}: ${text}`];
    });
    return parts.length === 0 ? [] : wrap(`${parts.join('; ')}.`, look.width, { rest: '  ' });
  });
}
