// unroll variants

import { InputError } from '../../equations/input-error.ts';
import { withNotes } from '../../experiments/kit/seeds.ts';
import type { LearningOptions } from '../../experiments/train/learners.ts';
import { variants } from '../../experiments/variants.ts';
import { small } from '../../experiments/variants-claims.ts';
import { cellArguments, cellWords, checkLearner } from '../../options/cell-argument.ts';
import { checkStart, startFrom, startOptions } from '../../options/initialisation.ts';
import type { Given } from '../../options/option.ts';
import { runFrom, runOptions, seedsOption } from '../../options/runs.ts';
import { taskDataOptions, taskFrom, taskNames, taskOption } from '../../options/task-argument.ts';
import { checkMemory, lengthOptions, lengthsFrom, speedOptions } from '../../options/training.ts';
import type { Command } from '../command.ts';
import { outputOptions } from '../output.ts';
import { environment } from '../process-environment.ts';

/** Greff et al. 2017: the whole cell, and eight that differ from it in one thing each. */
const greff = [
  'lstm-peephole',
  'lstm-no-input-gate',
  'lstm-no-forget-gate',
  'lstm-no-output-gate',
  'lstm-no-input-activation',
  'lstm-no-output-activation',
  'lstm-coupled',
  'lstm-no-peepholes',
  'lstm-full-gate-recurrence',
];

const usualTask = 'reber';
const usualSeeds = 6;

const options = {
  ...taskOption(taskNames, usualTask, taskDataOptions).options,
  ...lengthOptions,
  ...startOptions('by task'),
  ...speedOptions,
  ...runOptions,
  ...seedsOption(usualSeeds),
  ...outputOptions,
};

type VariantsArguments = Given<typeof options> & { readonly cells?: readonly string[] };

export const variantsCommand: Command = {
  places: { cells: [`${cellWords}; the first is the whole one`, 'the nine of Greff et al. 2017'] },
  options,
  examples: [
    ['unroll variants', 'the eight variants of Greff et al. 2017, on a small task'],
    ['unroll variants --task counting', 'a task that other parts are needed for'],
    ['unroll variants gru gru-reset-after mgu mingru', 'the first one is what the others are set beside'],
    ['unroll variants lstm my.cell --task adding', 'and your own'],
  ],
  experiment: async (typed) => {
    const args = typed as VariantsArguments;
    const task = await taskFrom(args, environment, '--task', usualTask);
    const cells = cellArguments(args.cells ?? [], greff, environment);
    for (const cell of cells) checkLearner(cell);
    if (cells.length < 2)
      throw new InputError('unroll variants', 'One cell alone cannot be compared.', {
        expected: 'the whole cell, and at least one other',
        got: cells[0]!.name,
        fix: `name another, or look at it alone:  unroll train ${task.name} ${cells[0]!.name}`,
      });
    const usual = small[task.name] ?? task.usual;
    const lengths = await lengthsFrom(args, task, environment, usual);
    const start = startFrom(args, lengths.steps, usual.hidden);
    checkStart(cells, start);
    const options: LearningOptions = {
      task,
      cells,
      layers: 1,
      directions: 1,
      start,
      ...lengths,
      optimiser: 'adam',
      schedule: 'constant',
      clip: { by: 'norm', most: 1 },
      sequences: 128,
      ...runFrom(args, usualSeeds, environment),
    };
    checkMemory(options);
    return withNotes(variants(options), task.notes ?? []);
  },
};
