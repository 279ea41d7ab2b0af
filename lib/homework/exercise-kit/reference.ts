// The equations that exercises refer to, each read once: what is compiled for a program stays with it.

import { cellOf } from '../../cells/catalogue.ts';
import type { Program } from '../../equations/program.ts';
import type { ByValues } from '../exercise.ts';
import { runOnce } from '../run-program.ts';
import type { Value } from '../value.ts';

const read = new Map<string, Program>();

/** The program of a text; the same object for the same text. Throws CellError. */
export function equations(text: string): Program {
  const program = read.get(text) ?? cellOf('reference', text).program;
  read.set(text, program);
  return program;
}

/** The arguments of a call by name; a record's entries stand beside the others. */
export function byName(parameters: readonly string[], given: readonly Value[]): Record<string, Value> {
  return Object.fromEntries(
    parameters.flatMap((name, k) => {
      const value = given[k]!;
      return typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : [[name, value]];
    }),
  );
}

/** For an exercise that is one step of its equations, whose names are those of its arguments. */
export const oneStep =
  ({ parameters, returns }: Pick<ByValues, 'parameters' | 'returns'>): ByValues['answer'] =>
  (program, given) =>
    runOnce(program, byName(parameters, given), returns);
