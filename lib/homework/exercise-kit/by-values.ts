// An exercise whose answers are numbers, from what is its own: a text of equations, how inputs are drawn, what must be true. The words of
// its slips are `mistakes.txt` in its folder:
//
//     residual: the old state is added to the new one
//       wrong: h = h_prev + o .* tanh(c)
//       right: h = o .* tanh(c)
//       run: …
//
// What runs are the lines `run`, else the line that is wrong, in the place of the lines that assign the same names; or the function that
// the exercise has for that slip.

import { existsSync, readFileSync } from 'node:fs';
import { InputError } from '../../equations/input-error.ts';
import type { Program } from '../../equations/program.ts';
import type { ByValues, ExerciseProperty, Slip } from '../exercise.ts';
import { fileOf } from '../exercise-text.ts';
import { type TextBlock, textBlocks } from '../text-blocks.ts';
import { equations } from './reference.ts';

type Derived = 'kind' | 'id' | 'function' | 'reference' | 'slips' | 'properties';

export interface OwnParts extends Omit<ByValues, Derived> {
  /** The reference; a function where it is read from a file or derived. */
  readonly text: string | (() => string);
  /** The answers of slips that are no other lines, by their ids. */
  readonly slips?: Readonly<Record<string, Slip['answer']>>;
  /** What must be true beside the values, by its id. */
  readonly properties?: Readonly<Record<string, Omit<ExerciseProperty, 'id'>>>;
  /** Slips that several exercises share. */
  readonly shared?: () => readonly Slip[];
}

/** The exercise of that id, which names its function and, where `folder` is not given, its folder. */
export function byValues(
  id: string,
  { text, slips = {}, shared = () => [], properties = {}, ...own }: OwnParts,
): ByValues {
  const whole = typeof text === 'string' ? () => text : text;
  let found: readonly Slip[] | undefined;
  return {
    kind: 'values',
    id,
    function: id.replaceAll('-', '_'),
    reference: () => equations(whole()),
    slips: () => (found ??= [...shared(), ...slipsIn(fileOf({ id, folder: own.folder }, 'mistakes.txt'))]),
    properties: Object.entries(properties).map(([name, one]) => ({ id: name, ...one })),
    ...own,
  };

  function slipsIn(file: string): Slip[] {
    const read = existsSync(file) ? textBlocks(readFileSync(file, 'utf8')).map((block) => slipOf(block, file)) : [];
    const unknown = Object.keys(slips).filter((name) => read.every((slip) => slip.id !== name));
    if (unknown.length > 0)
      throw new InputError(file, `There are no words for ${unknown.join(', ')}.`, {
        fix: 'write them, or remove the function',
      });
    return read;
  }

  function slipOf({ name, text: says, values }: TextBlock, file: string): Slip {
    const [[wrong], [right]] = [values('wrong'), values('right')];
    if (says === '' || wrong === undefined || right === undefined)
      throw new InputError(file, `\`${name}: ${says}\` is no slip.`, {
        expected: 'a line `NAME: what is wrong`, and below it `wrong: …` and `right: …`',
        fix: 'write both lines, and an empty line between two slips',
      });
    return slipOfLines({ id: name, says, wrong, right }, values('run'), whole, own.answer, slips[name]);
  }
}

/** What must be true: in words, and how the function that was written is asked. */
export const property = (says: string, holds: ExerciseProperty['holds']): Omit<ExerciseProperty, 'id'> => ({
  says,
  holds,
});

/** A slip that is other lines of a text, or what `by` answers. */
export function slipOfLines(
  words: Pick<Slip, 'id' | 'says' | 'wrong' | 'right'>,
  run: readonly string[],
  text: () => string,
  answer: ByValues['answer'],
  by?: Slip['answer'],
): Slip {
  if (by !== undefined) return { ...words, answer: by };
  const program = (): Program => equations((run.length > 0 ? run : [words.wrong]).reduce(withLine, text()));
  return { ...words, program, answer: (_, given) => answer(program(), given) };
}

/** The text with the line that assigns the same name replaced, without declarations of names that it does not have any more. */
function withLine(text: string, line: string): string {
  const name = line.slice(0, line.indexOf(' '));
  const lines = text.split('\n').map((old) => (old.startsWith(`${name} = `) ? line : old));
  const read = lines.filter((one) => one.includes(' = ')).map((one) => one.replace(/#.*/, ''));
  return lines
    .filter((one) => {
      const declared = /^(\w+) : /.exec(one)?.[1];
      return declared === undefined || read.some((equation) => new RegExp(`\\b${declared}\\b`).test(equation));
    })
    .join('\n');
}
