// unroll bidirectional

import { bidirectional } from '../../experiments/bidirectional.ts';
import { cellWords, learnerArgument } from '../../options/cell-argument.ts';
import { type Given, number } from '../../options/option.ts';
import { runFrom, runOptions, seedsOption } from '../../options/runs.ts';
import { checkBothWays, taskFrom, taskOption } from '../../options/task-argument.ts';
import { lengthOptions, lengthsFrom, speedOptions } from '../../options/training.ts';
import { wholeNumber } from '../../options/typed.ts';
import { tasks } from '../../tasks/catalogue.ts';
import majority from '../../tasks/majority.ts';
import type { Command } from '../command.ts';
import { outputOptions } from '../output.ts';
import { environment } from '../process-environment.ts';

const sequences = 500;
/** Those whose answer is not the next input. */
const names = [...tasks.values()].filter(({ feedback }) => feedback === undefined).map(({ name }) => name);

const options = {
  ...taskOption(names, majority.name).options,
  ...lengthOptions,
  hidden: number('Cell', 'H of each direction', 'by task'),
  ...speedOptions,
  ...runOptions,
  ...seedsOption('10 for majority, else 3'),
  ...outputOptions,
};

type BidirectionalArguments = Given<typeof options> & { readonly cell?: string };

export const bidirectionalCommand: Command = {
  places: { cell: [cellWords, 'rnn'] },
  options,
  examples: [
    ['unroll bidirectional', 'one direction, a wider one, and both'],
    ['unroll bidirectional lstm --seeds 3', 'gates do not know the future either'],
    ['unroll bidirectional --task parity', 'where all is known: nothing to add'],
  ],
  experiment: async (typed) => {
    const args = typed as BidirectionalArguments;
    const task = await taskFrom(args, environment, '--task', majority.name);
    checkBothWays('--task', task);
    return bidirectional({
      task,
      cell: learnerArgument(args.cell ?? 'rnn', environment),
      start: { hidden: wholeNumber('--hidden', args.hidden, 1, 256, 'more takes long') ?? task.usual.hidden },
      ...(await lengthsFrom(args, task, environment)),
      sequences,
      ...runFrom(args, task === majority ? 10 : 3, environment),
    });
  },
};
