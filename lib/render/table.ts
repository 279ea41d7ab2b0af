// Rows and columns without boxes, drawn with cli-table3; one record a row where the columns do not fit side by side.

import Table from 'cli-table3';
import type { TableFigure } from '../experiments/result.ts';
import { cellsOf } from './cells.ts';
import { columnsOf, padEnd } from './columns.ts';
import { heading } from './heading.ts';
import type { Look } from './look.ts';
import { numeral, withUnit } from './numerals.ts';
import { wrap } from './wrap.ts';

const GAP = 3;
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
  const cells = cellsOf(figure);
  const widths = figure.columns.map((column, index) =>
    Math.max(columnsOf(column.title), ...cells.map((row) => columnsOf(row[index] ?? ''))),
  );
  const spare = look.width - INDENT - widths.reduce((sum, width) => sum + width, 0) - GAP * (widths.length - 1);
  return [...head, ...laid(figure, cells, widths, spare, look)].join('\n');
}

function laid(figure: TableFigure, cells: string[][], widths: number[], spare: number, look: Look): string[] {
  if (figure.rows.length === 0) {
    return wrap(`No rows (${figure.columns.map((column) => column.title).join(', ')}).`, look.width, { first: ' ' });
  }
  if (spare >= 0) return side(figure, cells, look);
  const widest = widths.indexOf(Math.max(...widths));
  const room = (widths[widest] ?? 0) + spare;
  if (
    figure.columns[widest]?.align === 'left' &&
    room >= Math.max(NARROWEST, columnsOf(figure.columns[widest]?.title ?? ''))
  ) {
    const wrapped = cells.map((row) =>
      row.map((cell, index) => (index === widest ? wrap(cell, room).join('\n') : cell)),
    );
    return side(figure, wrapped, look);
  }
  return records(figure, cells, look);
}

function side(figure: TableFigure, cells: string[][], look: Look): string[] {
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
        .map((line) => (index === 0 ? '' : ' '.repeat(GAP)) + standIns.of(line))
        .join('\n'),
    );
  drawn.push(spaced(figure.columns.map((column) => column.title)), ...cells.map(spaced));
  const lines = standIns.restore(drawn.toString()).split('\n');
  return lines.map(
    (line, index) => ' '.repeat(INDENT) + (index === 0 ? look.paint.bold(line.trimEnd()) : line.trimEnd()),
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
  const label = Math.min(Math.floor(look.width / 2), Math.max(0, ...labels.map(columnsOf)));
  return cells.flatMap((row, index) => [
    ...(index > 0 ? [''] : []),
    ...wrap(row[0] || String(index + 1), look.width, { first: ' ', rest: '   ' }).map((line) => look.paint.bold(line)),
    ...labels.flatMap((title, column) => {
      const cell = (row[column + 1] ?? '').trim();
      if (cell === '') return [];
      if (columnsOf(title) > label) return wrap(`${title}: ${cell}`, look.width, { first: '   ', rest: '     ' });
      return wrap(cell, look.width, { first: `   ${padEnd(title, label)}  `, rest: ' '.repeat(label + 5) });
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
