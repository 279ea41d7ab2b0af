// unroll states

import { InputError } from '../../equations/input-error.ts';
import { withNotes } from '../../experiments/seeds.ts';
import { checkStart } from '../../experiments/start.ts';
import { states } from '../../experiments/states.ts';
import { counted } from '../../numbers/counted.ts';
import { cellArguments, cellWords } from '../cell-argument.ts';
import type { Command } from '../command.ts';
import { driveOptions, driveOrText } from '../drive-options.ts';
import { wholeNumber, wholeNumberList } from '../numbers.ts';
import { type Given, number, text } from '../options.ts';
import { outputOptions } from '../output.ts';
import { engineFrom, runOptions, seedFrom, seedsFrom, seedsOption } from '../run-options.ts';
import { startFrom, startOptions } from '../start-options.ts';

/** What --help says of --steps then. */
export const textSteps = 'at most 200';

const options = {
  ...driveOptions(textSteps),
  ...startOptions(16),
  units: text('Cell', 'units to draw as lines: 1,4,7', 'those that move most'),
  perturb: number('Run', 'change the input of this step and follow the echo'),
  ...runOptions,
  ...seedsOption(1),
  ...outputOptions,
};

type StatesArguments = Given<typeof options> & { readonly cells?: readonly string[] };

export const statesCommand: Command = {
  places: { cells: [cellWords, 'rnn'] },
  options,
  examples: [
    ['unroll states lstm --text "the bank of the river"', 'what an LSTM makes of a text'],
    ['unroll states rnn lstm --perturb 1 --seeds 20', 'how long the first input echoes'],
    ['unroll states "h = tanh(W * h_prev + U * x)" --signal sine', 'a cell of your own'],
  ],
  experiment: async (typed) => {
    const args = typed as StatesArguments;
    const { drive, notes } = await driveOrText(args);
    const cells = cellArguments(args.cells ?? [], ['rnn']);
    const start = startFrom(args, drive.inputs.length);
    checkStart(cells, start);
    const perturb = wholeNumber(
      '--perturb',
      args.perturb,
      1,
      drive.inputs.length,
      `the sequence has ${counted(drive.inputs.length, 'step')}: choose one of them`,
    );
    const seeds = seedsFrom(args, 1);
    if (seeds > 1 && perturb === undefined)
      throw new InputError(
        '--seeds',
        'Unit 3 of one seed has nothing to do with unit 3 of another, so there is no band to draw.',
        {
          expected: '--perturb T, whose distance can be compared over seeds',
          got: `--seeds ${seeds}`,
          fix: `add --perturb 1`,
        },
      );
    // What is drawn of an echo are distances, not units.
    const units = perturb === undefined ? wholeNumberList('--units', args.units, 1, 512) : undefined;
    const asked = states({
      cells,
      drive,
      start,
      seed: seedFrom(args),
      seeds,
      engine: engineFrom(args, 'fast'),
      ...(units === undefined ? {} : { units }),
      ...(perturb === undefined ? {} : { perturb }),
    });
    return withNotes(asked, notes);
  },
};
