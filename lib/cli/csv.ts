// One column of numbers from a CSV file (RFC 4180, read by csv-parse), with the line of whatever is wrong.

import { InputError } from '../equations/input-error.ts';
import { nearest } from '../equations/nearest.ts';
import { readText } from './files.ts';

/** Enough for a hundred thousand rows; what lies behind it is not read. */
const limit = 16_000_000;

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** At most `count` numbers. Throws InputError for an empty file, a column that is not there, and a cell that is no finite number. */
export async function readColumn(
  name: string,
  wanted: string | undefined,
  count: number,
): Promise<{ values: number[]; more: boolean; column: string }> {
  const { text, more } = readText(name, limit);
  // The last line may be cut in two where the file was not read to its end.
  const whole = more ? text.slice(0, text.lastIndexOf('\n') + 1) : text;
  const [heading, ...rows] = await rowsOf(whole, name, count + 2);
  if (heading === undefined || rows.length === 0)
    throw new InputError({
      where: name,
      says: heading === undefined ? `${name} is empty.` : `${name} has a heading and no rows.`,
      expected: 'a heading line and at least one row of numbers',
      got: heading === undefined ? 'nothing' : heading.record.join(', '),
      mend: 'give a CSV file with data',
    });
  const names = heading.record.map((text) => text.trim());
  const column = columnOf(names, rows[0]!.record, wanted, name);
  const at = names.indexOf(column);
  const values = rows.slice(0, count).map(({ record, info }) => {
    const cell = (record[at] ?? '').trim();
    const value = cell === '' ? Number.NaN : Number(cell);
    if (Number.isFinite(value)) return value;
    throw new InputError({
      where: `${name}:${info.lines}`,
      says: `Column ${column} holds no number in line ${info.lines}.`,
      expected: 'a finite number',
      got: cell === '' ? 'an empty cell' : cell,
      mend: 'take the row out or fill the gap: a recurrent net reads every step, so nothing is skipped silently',
    });
  });
  return { values, more: more || rows.length > count, column };
}

async function rowsOf(text: string, name: string, to: number): Promise<Row[]> {
  const { CsvError, parse } = await import('./csv-parse.ts');
  try {
    return parse(text, {
      bom: true,
      skip_empty_lines: true,
      info: true,
      to,
      relax_column_count: true,
    }) as unknown as Row[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new InputError({
      where: name,
      says: `${name} is not a CSV file: ${error.message.split('\n')[0]}.`,
      expected: 'cells separated by commas, quotation marks in pairs',
      got: error.code,
      mend: 'mend that line, or give another file',
    });
  }
}

/** The column asked for, or the only one whose first cell is a number. */
function columnOf(
  names: readonly string[],
  first: readonly string[],
  wanted: string | undefined,
  file: string,
): string {
  if (wanted !== undefined) {
    if (names.includes(wanted)) return wanted;
    const near = nearest(wanted, names);
    throw new InputError({
      where: '--column',
      says: `${file} has no column \`${wanted}\`.`,
      expected: names.join(', '),
      got: wanted,
      mend: near === undefined ? 'choose one of these' : `did you mean \`${near}\`?`,
    });
  }
  const numeric = names.filter((_, i) => (first[i] ?? '').trim() !== '' && Number.isFinite(Number(first[i])));
  if (numeric.length === 1) return numeric[0]!;
  throw new InputError({
    where: '--csv',
    says:
      numeric.length === 0
        ? `No column of ${file} begins with a number.`
        : `${file} has ${numeric.length} columns of numbers.`,
    expected: '--column NAME',
    got: names.join(', '),
    mend: `say which one:  --column "${numeric[0] ?? names[0] ?? 'NAME'}"`,
  });
}
