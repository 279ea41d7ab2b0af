// Options that say where the data comes from exclude one another, and --column belongs to --csv.

import { InputError } from '../equations/input-error.ts';

/** The one of `keys` that was given, if any. Throws InputError for two of them, and for --column without --csv. */
export function oneInput<Key extends string>(args: object, keys: readonly Key[]): Key | undefined {
  const typed = args as { readonly [key: string]: unknown };
  const given = keys.filter((key) => typed[key] !== undefined);
  const options = keys.map((key) => `--${key}`);
  if (given.length > 1)
    throw new InputError(given.map((key) => `--${key}`).join(', '), 'There is more than one input.', {
      expected: `one of ${options.slice(0, -1).join(', ')} and ${options.at(-1)}`,
      got: given.map((key) => `--${key}`).join(' and '),
      fix: 'take all but one out',
    });
  if (given[0] !== 'csv' && typed.column !== undefined)
    throw new InputError('--column', '--column goes with --csv.', {
      expected: 'a CSV file',
      got: 'none',
      fix: 'add --csv FILE',
    });
  return given[0];
}
