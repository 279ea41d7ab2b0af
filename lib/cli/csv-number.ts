// The numbers in the cells of a CSV file: how they are written, and why a cell holds none.

import { InputError } from '../equations/input-error.ts';
import { counted } from '../numbers/counted.ts';

type Mark = '.' | ',';

export interface CsvRow {
  /** Trimmed. */
  readonly cells: readonly string[];
  readonly line: number;
}

const pointNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const commaNumber = /^[+-]?(\d+,\d*|,\d+)(e[+-]?\d+)?$/i;
/** 1,234 and 1.234.567,8 */
const grouped = /^[+-]?[1-9]\d{0,2}([.,'’_ \u00a0\u202f]\d{3})+([.,]\d+)?$/;
/** Also of eight digits: 20240131. */
const date =
  /^\d{1,4}([-/.])\d{1,2}\1\d{1,4}(\D.*)?$|^\d{1,2}:\d\d(\D.*)?$|^(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/;

export const isDate = (cell: string): boolean => date.test(cell);
export const isNumber = (cell: string): boolean => pointNumber.test(cell) || commaNumber.test(cell);

/** Throws InputError where 1,234 or 1.234 may have a thousands separator or three decimals. */
export function markOf(rows: readonly CsvRow[], at: number, file: string): Mark {
  const commas = rows.some(({ cells }) => commaNumber.test(cells[at]!));
  const clear = rows.some(({ cells }) => cells.some((cell) => commaNumber.test(cell) && !grouped.test(cell)));
  if (commas && clear) return ',';
  const pointed = rows.filter(({ cells }) => pointNumber.test(cells[at]!) && cells[at]!.includes('.'));
  const thousands = clear && pointed.length > 0 && pointed.every(({ cells }) => grouped.test(cells[at]!));
  if (!commas && !thousands) return '.';
  const row = commas ? rows.find(({ cells }) => commaNumber.test(cells[at]!))! : pointed[0]!;
  const cell = row.cells[at]!;
  throw new InputError(
    `${file}:${row.line}`,
    `${cell} in line ${row.line} could mean ${cell.replace(',', '.')} or ${cell.replace(/[.,]/, '')}.`,
    {
      expected: 'numbers with one possible reading',
      got: cell,
      fix: 'write the numbers with a decimal point and without thousands separators',
    },
  );
}

export function numberIn({ cells, line }: CsvRow, at: number, mark: Mark, name: string, file: string): number {
  const cell = cells[at]!;
  const text = mark === '.' ? cell : cell.includes('.') ? '' : cell.replace(',', '.');
  const value = pointNumber.test(text) ? Number(text) : Number.NaN;
  const vanished = value === 0 && /[1-9]/.test(text.replace(/e.*$/i, ''));
  if (Number.isFinite(value) && !vanished) return value;
  const [what, fix] = vanished || value > 0 || value < 0 ? outOfRange : notNumber(cell, mark);
  throw new InputError(
    `${file}:${line}`,
    `Column ${name} has no valid number in line ${line}: ${cell === '' ? 'the cell is empty' : `${cell} ${what}`}.`,
    { expected: 'a finite number', fix },
  );
}

type Reason = readonly [what: string, fix: string];

const outOfRange: Reason = ['is beyond the range of a double', 'scale the numbers, for instance by a power of ten'];
const gap = 'remove the row or fill the gap: a recurrent network reads every step, so no row is skipped';

function notNumber(cell: string, mark: Mark): Reason {
  if (cell === '') return ['', gap];
  if (/^([-?.]+|#?n\/?a\.?|nan|null|none|nil|missing|[-+]?inf(inity)?)$/i.test(cell))
    return ['stands for a missing or infinite value', gap];
  if (isDate(cell)) return ['is a date or a time', 'choose a column of numbers with --column'];
  if (/^[#%]/.test(cell)) return ['looks like a comment', 'remove that line'];
  if (/^[−‐–﹣-]\s*[\d.,]+$/.test(cell)) return ['has a minus sign other than -', 'write the minus sign as -'];
  if (grouped.test(cell))
    return ['has thousands separators', 'write the numbers without thousands separators, with a decimal point'];
  if (mark === ',' && pointNumber.test(cell))
    return ['has a decimal point where others have a comma', 'write all numbers with the same decimal mark'];
  if (/^\W{0,3}[-+]?[\d.,]+\s*\D{1,10}$|^\D{1,3}[\d.,]+$/.test(cell))
    return ['has other characters besides the number', 'write the number alone, and put its unit in the heading'];
  return ['is text', 'choose a column of numbers with --column, or correct that line'];
}

/** A double does not represent every whole number beyond 2^53. */
export function roundedOf(rows: readonly CsvRow[], at: number): string[] {
  const cells = rows.map(({ cells }) => cells[at]!).filter((cell) => /^[+-]?\d{16,}$/.test(cell));
  const rounded = cells.filter((cell) => BigInt(cell.replace('+', '')) !== BigInt(Number(cell)));
  if (rounded.length === 0) return [];
  const [example] = rounded;
  return [
    `${counted(rounded.length, 'whole number')} beyond 2^53 ${rounded.length === 1 ? 'is' : 'are'} rounded to the nearest double: ${example} is read as ${BigInt(Number(example))}.`,
  ];
}
