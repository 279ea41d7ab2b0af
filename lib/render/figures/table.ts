// Rows and columns without boxes, on a terminal drawn with cli-table3: closer and with titles of several lines where there is little room;
// one record a row where the columns do not fit side by side even so.

import Table from 'cli-table3';
import { type Drawing, type Font, type Frame, fold, label, prose, widthOf } from '../chart/drawing.ts';
import { axisLine, element, escaped, gridLine, SIZE } from '../chart/markup.ts';
import { columnsOf, padEnd, wrap } from '../columns.ts';
import { listOf, oneWordOf, record, type Schema, type TypeOf, text, whole } from '../json-schema.ts';
import { type Chart, type Complete, figureRecord, type Kind, mergedTitle, type Sided } from '../kind.ts';
import type { Look } from '../look.ts';
import { numeral, numeralColumn, withUnit } from '../numerals.ts';

const column = record(
  {
    title: text,
    unit: text,
    align: oneWordOf('left', 'right'),
    /** Significant digits of its numbers in text; 3 where nothing is said. */
    digits: whole,
  },
  ['unit', 'digits'],
);
export type TableColumn = TypeOf<typeof column>;

const cell: Schema<string | number | null> = { anyOf: [text, { type: 'number' }, { type: 'null' }] };

const schema = figureRecord('table', {
  title: text,
  columns: listOf(column),
  /** A number is formatted in text and stands whole in JSON and CSV; null is an empty cell. */
  rows: listOf({
    ...listOf(cell),
    description:
      'in a column of numbers, text is a bound (`< 1.2e-17`: no digit of it survives rounding; `over 63`) or a number beyond the range of a double (`2.9e-400`); null is no value',
  }),
});
export type TableFigure = TypeOf<typeof schema>;

declare module '../kind.ts' {
  interface Figures {
    table: Complete<TableFigure, typeof kind, typeof chart>;
  }
}

const kind: Kind<TableFigure> = {
  name: 'table',
  schema,
  draw: (figure, look) => (figure.columns.length === 0 ? [`  ${columnless}`] : laid(figure, cellsOf(figure), look)),
  /** A sentence a row. */
  words(figure) {
    if (figure.rows.length === 0) return ['The table has no rows.'];
    return figure.rows.flatMap((row) => {
      const parts = figure.columns.flatMap(({ title, digits, unit }, index) => {
        const value = row[index] ?? null;
        if (value === null || value === '') return [];
        const says = typeof value === 'number' ? withUnit(numeral(value, digits), unit) : value;
        return [title === '' ? says : `${title}: ${says}`];
      });
      return parts.length === 0 ? [] : [`${parts.join('; ')}.`];
    });
  },
  records: ({ columns, rows }) =>
    rows.flatMap((row, index) =>
      row.map((value, at) => ['table', index + 1, columns[at]?.title, columns[at]?.unit, value]),
    ),
  isLike: (mine, other) => JSON.stringify(mine.columns) === JSON.stringify(other.columns),
  merged,
};
export default kind;

const columnless = 'The table has no columns.';

const rowless = ({ columns }: TableFigure): string => `No rows (${columns.map(({ title }) => title).join(', ')}).`;

/** A column says which side a row is of, unless the first does already; a column of cells that says no more than the side is left out. */
function merged(...two: [mine: Sided<TableFigure>, other: Sided<TableFigure>]): TableFigure {
  const [{ figure: mine }, { figure: other }] = two;
  const says = two.every(({ side, figure }) => figure.rows.every(([first]) => first === side));
  const title = mergedTitle(...two);
  if (says) return { ...mine, title, rows: [...mine.rows, ...other.rows] };
  const firsts = new Set([...mine.rows, ...other.rows].map(([first]) => first));
  const known = two.every(({ side, figure }) =>
    figure.rows.every(([first]) => typeof first === 'string' && side.split(' ').includes(first)),
  );
  const from = mine.columns.length > 1 && mine.columns[0]!.title === 'cell' && (firsts.size === 1 || known) ? 1 : 0;
  return {
    ...mine,
    title,
    columns: [{ title: 'side', align: 'left' }, ...mine.columns.slice(from)],
    rows: two.flatMap(({ side, figure }) => figure.rows.map((row) => [side, ...row.slice(from)])),
  };
}

/** Every cell as text, its unit close behind a number; decimal points under one another where there is no unit, units where there is one. */
function cellsOf(figure: TableFigure): string[][] {
  const columns = figure.columns.map((column, index) => {
    const values = figure.rows.map((row) => row[index] ?? null);
    const numbers = numeralColumn(
      values.map((value) => (typeof value === 'number' ? value : null)),
      column.digits,
    );
    return values.map((value, row) => {
      if (value === null) return '';
      if (typeof value === 'string') return value;
      if (!column.unit) return numbers[row] ?? '';
      const number = numbers[row]?.trimEnd() ?? '';
      // Room for a plural, so that a singular's number stands under the others.
      return padEnd(withUnit(number, column.unit), columnsOf(`${number} ${column.unit}`));
    });
  });
  return figure.rows.map((_, row) => columns.map((column) => column[row] ?? ''));
}

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

/** Texts as they will stand, a line feed within a cell where it has several lines. */
interface Layout {
  readonly titles: readonly string[];
  readonly cells: readonly (readonly string[])[];
  readonly gap: number;
}

function laid(figure: TableFigure, cells: readonly string[][], look: Look): string[] {
  if (figure.rows.length === 0) return wrap(rowless(figure), look.width, { first: ' ' });
  const titles = figure.columns.map((column) => column.title);
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

const widthsOf = ({ titles, cells }: Layout): number[] =>
  titles.map((title, index) => widest([title, ...cells.map((row) => row[index] ?? '')]));

/** Columns left over; below 0, so many are missing. */
const spareOf = (table: Layout, look: Look): number =>
  look.width - INDENT - widthsOf(table).reduce((sum, width) => sum + width, 0) - table.gap * (table.titles.length - 1);

/** As narrow as what stands below, if its words are, and so many lines are enough. */
function foldedTitle(title: string, below: number, most: number): string {
  let width = Math.max(below, widest(title.split(/\s+/)));
  while (wrap(title, width).length > most) width++;
  return wrap(title, width).join('\n');
}

/** The widest column wrapped, if it is prose; undefined where that does not help. */
function withProse(table: Layout, figure: TableFigure, look: Look): Layout | undefined {
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

function side(figure: TableFigure, { titles, cells, gap }: Layout, look: Look): string[] {
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

const CHART_GAP = 22;
const STEP = 19;

export const chart: Chart<TableFigure> = {
  name: 'table',
  draw(figure, frame) {
    const none = figure.columns.length === 0 ? columnless : figure.rows.length === 0 ? rowless(figure) : undefined;
    return [none === undefined ? drawing(figure, frame) : prose(none, frame.width, { size: SIZE.label })];
  },
  markup: tableMarkup,
};

/** Blanks that align decimal points must be as wide as a digit or a point in a proportional font. */
function tableTexts(figure: TableFigure): string[][] {
  return cellsOf(figure).map((cells, row) =>
    cells.map((cell, column) => (typeof figure.rows[row]?.[column] === 'number' ? aligned(cell) : cell)),
  );
}

function aligned(number: string): string {
  return number.replace(/^(-?\d+(?:\.\d*)?)( +)(?=$| \S)/, (_, digits: string, pad: string) => {
    const point = digits.includes('.') ? '' : '\u2008';
    return digits + point + '\u2007'.repeat(pad.length - point.length);
  });
}

function drawing(figure: TableFigure, frame: Frame): Drawing {
  const font: Font = { size: SIZE.label };
  const strong: Font = { ...font, bold: true };
  const texts = tableTexts(figure);
  const titles = figure.columns.map(({ title }) => title);
  const natural = titles.map((title, column) =>
    Math.ceil(Math.max(widthOf(title, strong), ...texts.map((row) => widthOf(row[column] ?? '', font)))),
  );
  const words = titles.map((title, column) =>
    Math.max(
      ...[title, ...texts.map((row) => row[column] ?? '')]
        .flatMap((text) => text.split(' '))
        .map((word) => widthOf(word, strong)),
    ),
  );
  const widths = narrowed(natural, words.map(Math.ceil), frame.width - CHART_GAP * (natural.length - 1));
  const starts = widths.map((_, column) => widths.slice(0, column).reduce((sum, width) => sum + width + CHART_GAP, 0));
  const total = (starts.at(-1) ?? 0) + (widths.at(-1) ?? 0);

  let y = 0;
  const row = (cells: readonly string[], look: Font): string => {
    const folded = cells.map((cell, column) => fold(cell, widths[column] ?? 0, look));
    const drawn = folded.flatMap((lines, column) => {
      const right = figure.columns[column]?.align === 'right';
      const x = (starts[column] ?? 0) + (right ? (widths[column] ?? 0) : 0);
      return lines.map((text, k) =>
        text === ''
          ? ''
          : label(text, x, y + 14 + k * STEP, {
              'font-size': look.size,
              'font-weight': look.bold ? 'bold' : undefined,
              'text-anchor': right ? 'end' : undefined,
              'font-variant-numeric': 'tabular-nums',
            }),
      );
    });
    y += Math.max(...folded.map((lines) => lines.length)) * STEP + 3;
    return drawn.join('');
  };
  const rule = (look: typeof axisLine): string => {
    y += 5;
    return element('line', { x1: 0, x2: total, y1: y - 3, y2: y - 3, ...look });
  };
  const body = [row(titles, strong), rule(axisLine)];
  texts.forEach((cells, index) => {
    body.push(row(cells, font));
    if (index + 1 < texts.length) body.push(rule(gridLine));
  });
  return { width: frame.width, height: y, body: body.join('\n') };
}

/** The widest columns give way first, down to their longest words; those are broken where nothing else helps. */
function narrowed(natural: readonly number[], words: readonly number[], room: number): number[] {
  const widths = [...natural];
  const least = sum(words) > room ? words.map(() => 12) : words;
  for (let spare = sum(widths) - room; spare > 0; spare = sum(widths) - room) {
    const loose = widths.map((width, column) => (width > (least[column] ?? 0) ? width : 0));
    const most = Math.max(...loose);
    if (most === 0) break;
    const chosen = loose.flatMap((width, column) => (width === most ? [column] : []));
    const next = Math.max(0, ...loose.filter((width) => width < most));
    const cut = Math.max(1, Math.min(most - next, Math.ceil(spare / chosen.length)));
    for (const column of chosen) widths[column] = Math.max(least[column] ?? 0, most - cut);
  }
  return widths;
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

function tableMarkup(figure: TableFigure): string {
  if (figure.columns.length === 0) return element('p', {}, columnless);
  const side = (column: number) => ({ class: figure.columns[column]?.align === 'right' ? 'right' : undefined });
  const titles = figure.columns.map(({ title }, column) =>
    element('th', { scope: 'col', ...side(column) }, escaped(title)),
  );
  const rows = tableTexts(figure).map((cells) =>
    element('tr', {}, ...cells.map((cell, column) => element('td', side(column), escaped(cell)))),
  );
  const none = element('tr', {}, element('td', { colspan: figure.columns.length }, 'No rows.'));
  const table = element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...titles)),
    '\n',
    element('tbody', {}, (rows.length === 0 ? [none] : rows).join('\n')),
  );
  return element('div', { class: 'scroll' }, table);
}
