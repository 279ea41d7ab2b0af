// unroll gates

import { gates } from '../../experiments/gates.ts';
import { withNotes } from '../../experiments/seeds.ts';
import { checkStart } from '../../experiments/start.ts';
import { cellArguments, cellWords } from '../cell-argument.ts';
import type { Command } from '../command.ts';
import { driveOptions, driveOrText } from '../drive-options.ts';
import type { Given } from '../options.ts';
import { outputOptions } from '../output.ts';
import { runFrom, runOptions, seedsOption } from '../run-options.ts';
import { startFrom, startOptions } from '../start-options.ts';
import { textSteps } from './states.ts';

const options = { ...driveOptions(textSteps), ...startOptions(16), ...runOptions, ...seedsOption(1), ...outputOptions };

type GatesArguments = Given<typeof options> & { readonly cells?: readonly string[] };

export const gatesCommand: Command = {
  places: { cells: [cellWords, 'lstm'] },
  options,
  examples: [
    ['unroll gates lstm', 'forget, input and output gate, and the cell state'],
    ['unroll gates lstm --forget-bias 3', 'a forget gate that starts open'],
    ['unroll gates gru mgu --signal impulse', 'two cells on one impulse'],
  ],
  experiment: async (typed) => {
    const args = typed as GatesArguments;
    const { drive, notes } = await driveOrText(args);
    const cells = cellArguments(args.cells ?? [], ['lstm']);
    const start = startFrom(args, drive.inputs.length);
    checkStart(cells, start);
    const asked = gates({
      cells,
      drive,
      start,
      ...runFrom(args, 1),
    });
    return withNotes(asked, notes);
  },
};
