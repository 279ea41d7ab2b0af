// The built-in cells: every *.cell file in this folder is one, under its file's name. Nothing else lists them.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Backward, derive } from '../equations/derive.ts';
import type { EquationError } from '../equations/errors.ts';
import type { Program } from '../equations/program.ts';
import { readProgram } from '../equations/read.ts';
import { counted } from '../numbers/counted.ts';
import { packageFolder } from './package-folder.ts';

export interface Cell {
  /** What a command line calls it, quoted where it must be; absent for what came through standard input. */
  readonly typed?: string | undefined;
  /** A built-in's or a file's name; `equation` for one typed in quotes. */
  readonly name: string;
  readonly program: Program;
  readonly backward: Backward;
}

/** A text that is no cell. `cli` prints the errors and exits 2. */
export class CellError extends Error {
  readonly errors: readonly EquationError[];
  constructor(errors: readonly EquationError[]) {
    super(`${counted(errors.length, 'error')} in ${errors[0]?.source}`);
    this.errors = errors;
  }
}

/** Reads a text as a cell. Throws CellError. */
export function cellOf(name: string, text: string, source = name): Cell {
  const { program, errors } = readProgram(text, source);
  if (errors !== undefined) throw new CellError(errors);
  return { name, program, backward: derive(program) };
}

/** The names of the built-in cells, in the order of the alphabet. */
export const builtInNames = (): string[] => cellNamesIn(folder());

export const cellNamesIn = (of: string): string[] =>
  readdirSync(of)
    .filter((file) => file.endsWith('.cell'))
    .map((file) => file.slice(0, -'.cell'.length))
    .sort();

export const builtInText = (name: string): string => readFileSync(join(folder(), `${name}.cell`), 'utf8');

/** A built-in cell. Throws an error of node:fs when there is none of that name. */
export const builtIn = (name: string): Cell => ({ ...cellOf(name, builtInText(name), `${name}.cell`), typed: name });

const folder = (): string => join(packageFolder(), 'lib', 'cells');
