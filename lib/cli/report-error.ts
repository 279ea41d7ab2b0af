// Errors as messages on standard error, and the exit code that goes with each.

import { CellError } from '../cells/catalogue.ts';
import { InputError, type InputProblem } from '../equations/input-error.ts';
import { errorText } from '../equations/wording.ts';
import { fileName, standardInput } from '../options/standard-input.ts';
import { wrap } from '../render/columns.ts';
import { reasonOf } from './writing.ts';

/** Writes what is wrong and returns the exit code: 2 for what the user can fix, 3 for our own fault. */
export function reportError(error: unknown): number {
  const width = process.stderr.columns ?? 80;
  const meant = refusedWriting(error) ?? error;
  process.stderr.write(`${textOf(meant, width)}\n`);
  return meant instanceof CellError || meant instanceof InputError ? 2 : 3;
}

/** A full disk is no internal error, whatever was being written. */
function refusedWriting(error: unknown): InputError | undefined {
  if (!(error instanceof Error) || !('syscall' in error && 'code' in error)) return undefined;
  if (!['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EIO'].includes(String(error.code))) return undefined;
  const where = 'path' in error ? String(error.path) : 'A temporary file';
  const { why, fix } = reasonOf(error);
  return new InputError(where, `${where} cannot be written: ${why}.`, {
    fix: `${fix}; TMPDIR sets the folder for temporary files`,
  });
}

const mostShown = 5;

function textOf(error: unknown, width: number): string {
  if (error instanceof InputError) return problemText(error.problem, width);
  if (error instanceof CellError) {
    const texts = error.errors.slice(0, mostShown).map((e) => errorText(e, width));
    const more = error.errors.length - texts.length;
    return [...texts, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n\n');
  }
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return wrap(
    `unroll has a fault of its own: ${said}. Nothing was written. Please report the command line and this message.`,
    width,
  ).join('\n');
}

/** Where and what, then expected, got and the fix, as the errors of equations have them. */
function problemText({ where, says, expected, got, fix }: InputProblem, width: number): string {
  const row = (label: string, text: string | undefined): string[] =>
    text === undefined ? [] : wrap(visible(text), width, { first: `  ${label.padEnd(10)}`, rest: ' '.repeat(12) });
  const whole = where.startsWith(standardInput) ? says.replace(/^-(?=[ :])/, 'Standard input') : says;
  const named = says.includes(where) ? whole : `${fileName(where)}: ${whole}`;
  return [...wrap(visible(named), width), ...row('expected', expected), ...row('got', got), ...row('mend', fix)].join(
    '\n',
  );
}

const visible = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is made visible
  text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '·');
