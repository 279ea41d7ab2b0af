// unroll sampling

import { sampling } from '../../experiments/sampling.ts';
import { labelStart } from '../../experiments/trained.ts';
import { cellWords } from '../cell-argument.ts';
import type { Command } from '../command.ts';
import { learnerArgument } from '../learner-argument.ts';
import { numberList, wholeNumber } from '../numbers.ts';
import { type Given, number, text } from '../options.ts';
import { outputOptions } from '../output.ts';
import { runFrom, runOptions, seedsOption } from '../run-options.ts';

const options = {
  epsilon: text('Run', 'how often the truth is heard', '1,.75,.5,.25,.1,0'),
  updates: number('Run', 'updates of Adam', '300'),
  steps: number('Run', 'T, how many steps a sequence has', '30'),
  hidden: number('Cell', 'H, how many units', '8'),
  ...runOptions,
  ...seedsOption(2),
  ...outputOptions,
};

type SamplingArguments = Given<typeof options> & { readonly cell?: string };

export const samplingCommand: Command = {
  places: { cell: [cellWords, 'rnn'] },
  options,
  examples: [
    ['unroll sampling', 'the schedules, a sweep over ε, and what is learned in the limit'],
    ['unroll sampling --epsilon 1,.9,.8 --seeds 10', 'how little of its own words is enough'],
  ],
  experiment: async (typed) => {
    const args = typed as SamplingArguments;
    const cell = learnerArgument(args.cell ?? 'rnn');
    return sampling({
      cell,
      start: labelStart(cell, wholeNumber('--hidden', args.hidden, 1, 256, 'more takes long') ?? 8),
      epsilons: [...new Set(numberList('--epsilon', args.epsilon, 0, 1) ?? [1, 0.75, 0.5, 0.25, 0.1, 0])],
      steps: wholeNumber('--steps', args.steps, 4, 1000, 'more takes long and fills no screen') ?? 30,
      updates: wholeNumber('--updates', args.updates, 1, 100_000, 'more takes hours') ?? 300,
      sequences: 256,
      ...runFrom(args, 2),
    });
  },
};
