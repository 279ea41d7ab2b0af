// Where data comes from: one of several options (--text, --file, --csv with --column, the name of something built in), read in one place.

import { InputError } from '../equations/input-error.ts';
import type { Column, Environment } from './environment.ts';
import { once, type Typed } from './typed.ts';

export interface TextSource {
  readonly kind: 'text';
  /** The option or the file, for messages. */
  readonly where: string;
  readonly text: string;
  /** Whether the file goes on after `limit` bytes. */
  readonly more: boolean;
  readonly limit: number;
}

export interface ColumnSource {
  readonly kind: 'column';
  /** The file, for messages. */
  readonly where: string;
  readonly column: Column;
}

interface NamedSource {
  readonly kind: 'name';
  readonly name: string;
}

/** How much is read of a file, in bytes of text or rows of a column. */
interface Limits {
  readonly bytes?: number;
  readonly rows?: number;
}

type Key = 'text' | 'file' | 'csv' | 'signal' | 'series';
type SourceOf<Of extends Key> = Of extends 'text' | 'file' ? TextSource : Of extends 'csv' ? ColumnSource : NamedSource;

/** The source that one of these options names, if any. Throws InputError for two of them, and for --column without --csv. */
export async function sourceFrom<Of extends Key>(
  args: { readonly [key in Of | 'column']?: Typed },
  keys: readonly Of[],
  { bytes = 0, rows = 0 }: Limits,
  { readText, readColumn }: Environment,
): Promise<SourceOf<Of> | undefined> {
  const key = oneInput(args, keys);
  if (key === undefined) return undefined;
  const typed = once(`--${key}`, args[key])!;
  const found = async (): Promise<TextSource | ColumnSource | NamedSource> => {
    if (key === 'text') return { kind: 'text', where: '--text', text: typed, more: false, limit: bytes };
    if (key === 'file') return { kind: 'text', where: typed, ...readText(typed, bytes), limit: bytes };
    if (key !== 'csv') return { kind: 'name', name: typed };
    return { kind: 'column', where: typed, column: await readColumn(typed, once('--column', args.column), rows) };
  };
  return (await found()) as SourceOf<Of>;
}

/** The one of `keys` that was given, if any. */
function oneInput<Of extends string>(args: { readonly [key in Of | 'column']?: Typed }, keys: readonly Of[]) {
  const given = keys.filter((key) => args[key] !== undefined);
  const options = keys.map((key) => `--${key}`);
  if (given.length > 1)
    throw new InputError(given.map((key) => `--${key}`).join(', '), 'There is more than one input.', {
      expected: `one of ${options.slice(0, -1).join(', ')} and ${options.at(-1)}`,
      got: given.map((key) => `--${key}`).join(' and '),
      fix: 'take all but one out',
    });
  if (given[0] !== 'csv' && args.column !== undefined)
    throw new InputError('--column', '--column goes with --csv.', {
      expected: 'a CSV file',
      got: 'none',
      fix: 'add --csv FILE',
    });
  return given[0];
}
