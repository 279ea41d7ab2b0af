// unroll diagram

import { InputError } from '../../equations/input-error.ts';
import { inside } from '../../experiments/inside.ts';
import { unrolled } from '../../experiments/unrolled.ts';
import { cellArgument, cellWords } from '../cell-argument.ts';
import type { Command } from '../command.ts';
import { type Typed, wholeNumber } from '../numbers.ts';
import { flag, number } from '../options.ts';
import { type OutputArguments, outputOptions, present } from '../output.ts';
import { engineFrom, type RunArguments, runOptions, seedFrom } from '../run-options.ts';

interface DiagramArguments extends RunArguments, OutputArguments {
  readonly cell?: string;
  readonly steps?: Typed;
  readonly bidirectional?: boolean;
  readonly teacherForcing?: boolean;
  readonly inside?: boolean;
}

export const diagramCommand: Command = {
  places: { cell: [cellWords, 'rnn'] },
  options: {
    steps: number('Drawing', 'T, how many copies', '4'),
    bidirectional: flag('Drawing', 'a second layer that reads backward'),
    'teacher-forcing': flag('Drawing', 'targets as inputs, and what free running feeds back'),
    inside: flag('Drawing', 'the data flow of one step, from the equations'),
    ...runOptions,
    ...outputOptions,
  },
  examples: [
    ['unroll diagram rnn --steps 4', 'one copy of the cell a step'],
    ['unroll diagram lstm --inside', 'what reads what inside an LSTM'],
  ],
  run: async (typed) => {
    const args = typed as DiagramArguments;
    const cell = cellArgument(args.cell ?? 'rnn');
    if (args.inside === true) {
      const extra = (['steps', 'bidirectional', 'teacherForcing', 'seed', 'engine'] as const).find(
        (key) => args[key] !== undefined,
      );
      if (extra !== undefined)
        throw together('--inside', `--${extra === 'teacherForcing' ? 'teacher-forcing' : extra}`);
      return present(inside(cell), args);
    }
    if (args.bidirectional === true && args.teacherForcing === true)
      throw together('--bidirectional', '--teacher-forcing');
    const result = await unrolled({
      cell,
      steps: wholeNumber('--steps', args.steps, 1, 100_000, 'a drawing of more says no more') ?? 4,
      bidirectional: args.bidirectional === true,
      teacherForcing: args.teacherForcing === true,
      seed: seedFrom(args),
      engine: engineFrom(args, 'fast'),
    });
    return present(result, args);
  },
};

const together = (a: string, b: string): InputError =>
  new InputError({
    where: a,
    says: `${a} and ${b} do not go together.`,
    expected: 'one of them',
    got: 'both',
    mend: `take ${a} or ${b} out`,
  });
