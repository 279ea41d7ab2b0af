// A matrix as it is typed: rows separated by semicolons, numbers by blanks or commas: ".9 3; 0 .9".

import { InputError } from '../equations/input-error.ts';
import type { Matrix } from '../numbers/matrix.ts';
import { decimal } from './typed.ts';

/** Throws InputError, also for an entry so large that a norm of the matrix could leave the range of a double. */
export function matrixFrom(option: string, text: string): Matrix {
  const rows = text
    .split(/[;\n]/)
    .map((row) => row.trim())
    .filter((row) => row !== '')
    .map((row) => row.split(/[\s,]+/).map(decimal));
  const columns = rows[0]?.length ?? 0;
  if (
    columns === 0 ||
    columns > 64 ||
    rows.length > 64 ||
    !rows.every((row) => row.length === columns && row.every((entry) => Math.abs(entry) <= 1e300))
  )
    throw new InputError(option, `\`${text}\` is not a matrix.`, {
      expected: 'numbers, the rows separated by semicolons and all of one length, at most 64×64, none above 1e300',
      got: text,
      fix: 'write, for instance, --matrix ".9 3; 0 .9"',
    });
  return { rows: rows.length, columns, data: Float64Array.from(rows.flat()) };
}
