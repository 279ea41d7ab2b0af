// The cells of a table as text.

import { columnsOf, padEnd } from './columns.ts';
import { numeralColumn, withUnit } from './numerals.ts';
import type { TableFigure } from './result.ts';

/** Every cell as text, its unit close behind a number; decimal points under one another where there is no unit, units where there is one. */
export function cellsOf(figure: TableFigure): string[][] {
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
