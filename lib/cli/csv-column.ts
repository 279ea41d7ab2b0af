// One column of numbers from a CSV file (RFC 4180, read by csv-parse); an error names its line. What the file does not specify is
// read only if there is one way to read it, and a note says which.

import { InputError } from '../equations/input-error.ts';
import { nearest } from '../equations/nearest.ts';
import { counted } from '../numbers/counted.ts';
import type { Column } from '../options/environment.ts';
import { type CsvRow, isDate, isNumber, markOf, numberIn, roundedOf } from './csv-number.ts';
import { readText } from './files.ts';

/** Enough for a hundred thousand rows; what lies behind it is not read. */
const limit = 16_000_000;

/** Lines that tell which character separates the cells. */
const sampled = 50;

const separators = [',', ';', '\t', '|'] as const;

/** At most `count` numbers. Throws InputError for an empty file, a column that is not there, and a cell that is no finite number. */
export async function readColumn(file: string, wanted: string | undefined, count: number): Promise<Column> {
  const { text, more } = readText(file, limit);
  if (more && !/[\r\n]/.test(text)) throw unlike(file, 'its first line is longer than 16 MB', 'give a CSV file');
  // The last line may be cut in two where the file was not read to its end.
  const whole = more ? text.slice(0, Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1) : text;
  const { separator, rows: all } = await rowsOf(whole, file, count + 12);
  const first = all[0];
  const headed = first === undefined || isHeading(first.cells, wanted, file);
  const rows = headed ? all.slice(1) : all;
  if (first === undefined || rows.length === 0)
    throw new InputError(file, first === undefined ? `${file} is empty.` : `${file} has a heading but no rows.`, {
      expected: 'a heading line and at least one row of numbers',
      got: first === undefined ? 'nothing' : list(first.cells),
      fix: 'give a CSV file with data',
    });
  checkWidths(all, separator, file);
  const names = headed ? first.cells : first.cells.map((_, i) => `column ${i + 1}`);
  const at = columnOf(names, rows[0]!.cells, wanted, file);
  const name = names[at] === '' ? `column ${at + 1}` : names[at]!;
  const mark = markOf(rows, at, file);
  const values = rows.slice(0, count).map((row) => numberIn(row, at, mark, name, file));
  return {
    values,
    more: more || rows.length > count,
    name,
    notes: [
      ...(separator === ',' && mark === '.'
        ? []
        : [`Read with ${quoted(separator)} as the separator and ${quoted(mark)} as the decimal mark.`]),
      ...(headed ? [] : [`${file} has no heading: its first line is read as data, and columns are numbered from 1.`]),
      ...(headed && isNumber(name)
        ? [`The first line of ${file} is read as the heading: the column is called ${name}.`]
        : []),
      ...roundedOf(rows.slice(0, count), at),
    ],
  };
}

/** With the separator that the file names (`sep=;`), or else the only one that splits every line into the same number of cells. */
async function rowsOf(text: string, file: string, to: number): Promise<{ separator: string; rows: CsvRow[] }> {
  const named = /^\ufeff?sep=(.)(?=[\r\n])/i.exec(text);
  // The line is kept, empty, so that the lines after it keep their numbers.
  const rest = named === null ? text : text.slice(named[0].length);
  const separator = named === null ? await separatorOf(rest, file) : named[1]!;
  const rows = await parsed(rest, separator, to);
  if (!Array.isArray(rows)) throw unlike(file, rows.says, 'correct that line, or give another file');
  const from = rows.findIndex(({ cells }) => !isBlank(cells));
  const behind = rows.findLastIndex(({ cells }) => !isBlank(cells)) + 1;
  const kept = from < 0 ? [] : rows.slice(from, behind);
  const gap = kept.find(({ cells }) => isBlank(cells));
  if (gap !== undefined) throw unlike(file, `line ${gap.line} is empty`, 'remove that line or fill the gap');
  return { separator, rows: kept };
}

async function separatorOf(text: string, file: string): Promise<string> {
  const read = await Promise.all(
    separators.map(async (separator) => {
      const rows = await parsed(text, separator, sampled);
      return { separator, rows: Array.isArray(rows) ? rows.filter(({ cells }) => !isBlank(cells)) : [] };
    }),
  );
  const width = (rows: readonly CsvRow[]): number => rows[0]?.cells.length ?? 0;
  const alike = read.filter(
    ({ rows }) => width(rows) > 1 && rows.every(({ cells }) => cells.length === rows[0]!.cells.length),
  );
  if (alike.length > 1) {
    // The first line may be a heading.
    const columns = alike.map(
      ({ rows }) =>
        rows[0]!.cells.filter((_, i) =>
          (rows.length > 1 ? rows.slice(1) : rows).every(({ cells }) => isNumber(cells[i]!)),
        ).length,
    );
    const most = Math.max(...columns);
    const best = alike.filter((_, i) => columns[i] === most);
    if (best.length > 1)
      throw unlike(
        file,
        `both ${best.map(({ separator }) => quoted(separator)).join(' and ')} could be its separator`,
        `put this line first:  sep=${best[0]!.separator}`,
      );
    return best[0]!.separator;
  }
  const widest = read.reduce((best, one) => (width(one.rows) > width(best.rows) ? one : best));
  return (alike[0] ?? widest).separator;
}

/** A row for every line, empty ones included; or the error message of csv-parse. */
async function parsed(text: string, separator: string, to: number): Promise<CsvRow[] | { readonly says: string }> {
  const { CsvError, parse } = await import('./csv-parse.ts');
  const options = {
    bom: true,
    delimiter: separator,
    record_delimiter: ['\r\n', '\n', '\r'],
    info: true,
    to,
    relax_column_count: true,
  };
  try {
    const records = parse(text, options) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ cells: record.map((cell) => cell.trim()), line: info.lines }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { says: error.message.split('\n')[0]! };
  }
}

const isBlank = (cells: readonly string[]): boolean => cells.length === 1 && cells[0] === '';

/** A line of numbers is data, and so is one of numbers and dates. The heading that pandas writes for numbered columns begins with an empty cell. */
function isHeading(cells: readonly string[], wanted: string | undefined, file: string): boolean {
  const isData = cells.some(isNumber) && cells.every((cell) => isNumber(cell) || isDate(cell));
  if (!isData || wanted === undefined || !cells.includes(wanted)) return !isData;
  const number = placeOf(wanted, cells.length);
  if (number === undefined || cells[number] === wanted) return number === undefined;
  throw new InputError(
    '--column',
    `\`${wanted}\` is both a cell of the first line of ${file} and the number of another column.`,
    { fix: 'add a heading line of words' },
  );
}

/** A row of another length has lost or gained a cell at an unknown place, so its columns cannot be trusted. */
function checkWidths(rows: readonly CsvRow[], separator: string, file: string): void {
  const width = rows[0]!.cells.length;
  const other = rows.find(({ cells }) => cells.length !== width);
  if (other === undefined) return;
  const comment = [rows[0]!, other].find(({ cells }) => /^[#%]/.test(cells[0]!));
  const decimal =
    separator === ',' && other.cells.length > width && other.cells.every((cell) => /^[+-]?\d+$/.test(cell));
  throw new InputError(
    file,
    `Line ${other.line} of ${file} has ${counted(other.cells.length, 'cell')}, but the first line has ${width}.`,
    {
      expected: 'the same number of cells in every line',
      got: list(other.cells),
      fix:
        comment !== undefined
          ? `remove line ${comment.line}, which looks like a comment`
          : decimal
            ? `if commas are decimal marks, ${width === 1 ? 'put this line first:  sep=;' : 'separate the cells with `;`'}`
            : 'correct that line; quote a cell that contains the separator',
    },
  );
}

/** Where the column asked for is, by its name or else its number from 1; or the only one that begins with a number. */
function columnOf(
  names: readonly string[],
  first: readonly string[],
  wanted: string | undefined,
  file: string,
): number {
  if (wanted !== undefined) {
    const there = names.flatMap((name, i) => (name === wanted ? [i] : []));
    const at = there.length === 0 ? placeOf(wanted, names.length) : there[0]!;
    if (at !== undefined && there.length < 2) return at;
    const near = nearest(wanted, names);
    const numbers = there.map((i) => i + 1);
    throw new InputError(
      '--column',
      there.length === 0
        ? `${file} has no column \`${wanted}\`.`
        : `${file} has ${there.length} columns named \`${wanted}\`: ${numbers.join(', ')}.`,
      {
        expected: there.length === 0 ? list(names) : 'the number of a column',
        got: wanted,
        fix:
          there.length > 0
            ? `choose one by its number:  --column ${numbers[0]}`
            : near === undefined
              ? 'choose one of these'
              : `did you mean \`${near}\`?`,
      },
    );
  }
  const numeric = first.flatMap((cell, i) => (isNumber(cell) && !isDate(cell) ? [i] : []));
  if (numeric.length === 1) return numeric[0]!;
  const choice = (i: number): string => {
    const name = names[i]!;
    const plain =
      name !== '' && !/["$`\\!]|^-|^column \d/.test(name) && names.indexOf(name) === names.lastIndexOf(name);
    return plain ? `"${name}"` : String(i + 1);
  };
  throw new InputError(
    '--csv',
    numeric.length === 0
      ? `No column of ${file} begins with a number: its first row is ${list(first)}.`
      : `${file} has ${numeric.length} columns of numbers${names[0] === 'column 1' ? ' and no heading' : ''}.`,
    {
      expected: names[0] === 'column 1' ? '--column NUMBER' : '--column NAME',
      got: list(names),
      fix:
        numeric.length > 0
          ? `choose one:  --column ${choice(numeric[0]!)}`
          : first.length === 1 && /\d\s+[-+.\d]/.test(first[0]!)
            ? 'separate the cells with commas instead of spaces'
            : 'give a file with a column of numbers',
    },
  );
}

const placeOf = (wanted: string, width: number): number | undefined =>
  /^[1-9]\d{0,5}$/.test(wanted) && Number(wanted) <= width ? Number(wanted) - 1 : undefined;

const quoted = (character: string): string => (character === '\t' ? 'tabs' : `\`${character}\``);

function list(names: readonly string[]): string {
  const shown = names.slice(0, 20).map((name) => (name.length > 60 ? `${name.slice(0, 60)}…` : name));
  return `${shown.join(', ')}${names.length > 20 ? `, and ${names.length - 20} more` : ''}`;
}

const unlike = (file: string, why: string, fix: string): InputError =>
  new InputError(file, `${file} cannot be read as CSV: ${why.replace(/\.$/, '')}.`, {
    expected: 'cells separated by `,`, `;`, `|` or tabs, with matching quotation marks',
    fix,
  });
