// The equations that exercises refer to, each read once: what is compiled for a program stays with it.

import { builtInText, cellOf } from '../../cells/catalogue.ts';
import type { Program } from '../../equations/program.ts';
import type { ByValues, Slip } from '../exercise.ts';
import { runOnce } from '../run-program.ts';
import type { Answer, Value } from '../value.ts';

const read = new Map<string, Program>();

/** The program of a text; the same object for the same text. Throws CellError. */
export function equations(text: string): Program {
  const program = read.get(text) ?? cellOf('reference', text).program;
  read.set(text, program);
  return program;
}

/** The program of a built-in cell. */
export const builtInEquations = (name: string): Program => equations(builtInText(name));

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
  (program, given): Answer =>
    runOnce(program, byName(parameters, given), returns);

/** Where they are not the lines themselves: the right one as it is shown, and the equations that are run. */
interface Shown {
  readonly right?: string;
  readonly equation?: string | readonly string[];
}

/** Slips that are other lines of a text, answered as the exercise answers. */
export const lineOf =
  (text: string | (() => string), answer: ByValues['answer']) =>
  (id: string, says: string, wrong: string, { right, equation = wrong }: Shown = {}): Slip => {
    let program: Program | undefined;
    const whole = (): string => (typeof text === 'string' ? text : text());
    const edited = (): Program => (program ??= equations([equation].flat().reduce(withLine, whole())));
    return {
      id,
      says,
      wrong,
      get right() {
        return right ?? lineNamed(nameIn(wrong), whole());
      },
      program: edited,
      answer: (_, given) => answer(edited(), given),
    };
  };

const nameIn = (line: string): string => line.slice(0, line.indexOf(' '));

const lineNamed = (name: string, text: string): string =>
  text
    .split('\n')
    .find((line) => line.startsWith(`${name} = `))!
    .replace(/\s*#.*/, '');

/** The text with the line that assigns the same name replaced, without declarations of names that it does not have any more. */
function withLine(text: string, line: string): string {
  const name = nameIn(line);
  const lines = text.split('\n').map((old) => (old.startsWith(`${name} = `) ? line : old));
  const read = lines.filter((one) => one.includes(' = ')).map((one) => one.replace(/#.*/, ''));
  return lines
    .filter((one) => {
      const declared = /^(\w+) : /.exec(one)?.[1];
      return declared === undefined || read.some((equation) => new RegExp(`\\b${declared}\\b`).test(equation));
    })
    .join('\n');
}
