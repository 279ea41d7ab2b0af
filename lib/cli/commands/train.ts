// unroll train

import { InputError } from '../../equations/input-error.ts';
import { withNotes } from '../../experiments/kit/seeds.ts';
import {
  type LearningOptions,
  learningCurve,
  modelOf,
  type ScheduleName,
  schedules,
} from '../../experiments/learning-curve.ts';
import { counted } from '../../numbers/counted.ts';
import { cellArguments, cellWords, checkLearner } from '../../options/cell-argument.ts';
import { checkStart, radiiFrom, radiusOption, startFrom, startOptions } from '../../options/initialisation.ts';
import type { Arguments } from '../../options/option.ts';
import { flag, type Given, number, text } from '../../options/option.ts';
import { engineFrom, runOptions, seedFrom, seedsFrom, seedsOption } from '../../options/runs.ts';
import { once } from '../../options/typed.ts';
import { type OptimiserName, optimisers } from '../../training/optimisers.ts';
import type { About } from '../../training/saved-model.ts';
import type { Command } from '../command.ts';
import { environment } from '../environment.ts';
import { modelFrom } from '../loaded-model.ts';
import { checkModelTarget, writeModel } from '../model-file.ts';
import { message, outFrom, outputOptions, present } from '../output.ts';
import { checkOutputOptions, nothingDone, runSeeds } from '../run-seeds.ts';
import { checkBothWays, type GivenTask, taskArgument, taskDataOptions, taskNames } from '../task-argument.ts';
import {
  checkMemory,
  chosen,
  clipFrom,
  layersFrom,
  lengthOptions,
  lengthsFrom,
  speedOptions,
  truncationFrom,
} from '../training-options.ts';
import { checkApart } from '../writing.ts';

const optimiserNames = Object.keys(optimisers) as OptimiserName[];
const scheduleNames = Object.keys(schedules) as ScheduleName[];

const options = {
  ...taskDataOptions,
  ...lengthOptions,
  ...startOptions('by task'),
  ...radiusOption,
  layers: number('Cell', 'cells on top of one another', '1'),
  bidirectional: flag('Cell', 'a second cell reads from the end'),
  ...speedOptions,
  optimiser: text('Training', optimiserNames.join(', '), 'adam'),
  schedule: text('Training', `how the rate falls: ${scheduleNames.join(', ')}`, 'constant'),
  clip: text('Training', 'the largest gradient; none for no clipping', '1'),
  'clip-by': text('Training', 'norm keeps its direction, element does not', 'norm'),
  truncate: text('Training', 'K or K,STRIDE: gradients go back K steps, every STRIDE steps', 'all steps'),
  save: text('Training', 'keep the model in a .json or .safetensors file'),
  load: text('Training', 'go on with such a model'),
  ...runOptions,
  ...seedsOption('5; 1 for series and text'),
  ...outputOptions,
};

type TrainArguments = Given<typeof options> & { readonly task?: string; readonly cells?: readonly string[] };

export const trainCommand: Command = {
  places: { task: [taskNames.join(', ')], cells: [cellWords, 'gru'] },
  options,
  examples: [
    ['unroll train adding rnn gru', 'two numbers, far apart: who can add them?'],
    ['unroll train majority rnn --bidirectional', 'what a second direction is for'],
    ['unroll train latch lstm --forget-bias 0', 'an LSTM that forgets too fast'],
    ['unroll train latch rnn --radius .2,.9,1.2', 'one cell, started in three ways'],
    ['unroll train text --file book.txt --save model.json', 'foretell a text by character, and keep the model'],
  ],
  experiment: async (typed) => {
    const { options, notes } = await planOf(typed as TrainArguments);
    return withNotes(learningCurve(options), notes);
  },
  run: async (typed, _reader, threads) => {
    const args = typed as TrainArguments & Arguments;
    checkOutputOptions(args);
    const save = once('--save', args.save);
    const out = outFrom(args);
    if (save !== undefined) checkModelTarget(save, args.force === true);
    if (save !== undefined && out !== undefined) checkApart('--save and --out', save, out);
    const { options, notes, given } = await planOf(args);
    const seeded = withNotes(learningCurve(options), notes);
    const { found, interrupted } = await runSeeds(seeded, 'train', args, threads);
    const first = found.find(({ whole }) => whole) ?? found[0];
    if (first === undefined) return nothingDone('the first update');
    const updates = (options.from?.updates ?? 0) + first.learners[0]!.losses.length;
    if (interrupted) message(`interrupted after ${counted(updates, 'update')}: this is what there is`);
    if (save !== undefined) {
      writeModel(save, modelOf(options, 0, first.learners[0]!), aboutOf(options, given, updates), args.force === true);
      if (args.quiet !== true) message(`saved after ${counted(updates, 'update')}: ${save}`);
    }
    const code = await present(seeded.result(found), interrupted ? { ...args, assert: false } : args);
    return interrupted ? 130 : code;
  },
};

interface Plan {
  readonly options: LearningOptions;
  readonly notes: readonly string[];
  readonly given: GivenTask;
}

async function planOf(args: TrainArguments): Promise<Plan> {
  const given = await taskArgument(args);
  const { task } = given;
  const { usual, heldOut } = task;
  const { steps, batch, updates, rate } = lengthsFrom(args, task);
  const loaded = modelFrom(args, given, steps);
  const cells =
    loaded === undefined ? cellArguments(args.cells ?? [], ['gru'], environment) : [loaded.model.design.cells[0]!];
  const layers = loaded?.model.design.cells.length ?? layersFrom(args);
  const directions = loaded?.model.design.directions ?? (args.bidirectional === true ? 2 : 1);
  const start = loaded === undefined ? startFrom(args, steps, usual.hidden) : { hidden: loaded.model.design.hidden };
  const radii = loaded === undefined ? radiiFrom(args.radius) : undefined;
  if (loaded === undefined) checkStart(cells, radii === undefined ? start : { ...start, radius: radii[0]! });
  for (const cell of cells) checkLearner(cell);
  if (directions === 2) checkBothWays('--bidirectional', task);
  const truncation = truncationFrom(args, steps, directions);
  const one = args.save !== undefined || loaded !== undefined;
  const seeds = seedsFrom(args, one || heldOut !== undefined ? 1 : 5, environment);
  const lines = cells.length * (radii?.length ?? 1);
  if (args.save !== undefined && (lines > 1 || seeds > 1)) throw onlyOne('--save', lines, seeds);
  if (loaded !== undefined && seeds > 1) throw onlyOne('--load', 1, seeds);
  const clip = clipFrom(args);
  const updatesBefore = loaded?.about.updates;
  const options: LearningOptions = {
    task,
    cells,
    layers,
    directions,
    start,
    steps,
    batch,
    updates,
    rate,
    optimiser: chosen('--optimiser', args.optimiser, optimiserNames) ?? 'adam',
    schedule: chosen('--schedule', args.schedule, scheduleNames) ?? 'constant',
    seed: seedFrom(args, environment),
    seeds,
    engine: engineFrom(args, 'fast'),
    ...(radii === undefined ? {} : { radii }),
    ...(clip === undefined ? {} : { clip }),
    ...(truncation === undefined ? {} : { truncation }),
    ...(loaded === undefined
      ? {}
      : { from: { model: loaded.model, updates: typeof updatesBefore === 'number' ? updatesBefore : 0 } }),
    ...(given.unit === undefined ? {} : { unit: given.unit }),
    ...(given.text === undefined ? {} : { speech: { beginning: given.text.beginning, count: 120 } }),
  };
  checkMemory(options);
  return { options, notes: [...given.notes, ...(loaded?.notes ?? [])], given };
}

const onlyOne = (option: '--save' | '--load', cells: number, seeds: number): InputError =>
  new InputError(option, 'A file holds one model: one cell, trained from one seed.', {
    expected: 'one cell, and no --seeds',
    got: [cells > 1 ? `${cells} cells` : '', seeds > 1 ? `${seeds} seeds` : '']
      .filter((part) => part !== '')
      .join(', '),
    fix: `take the others out, or ${option} out`,
  });

const aboutOf = ({ task, seed }: LearningOptions, { text }: GivenTask, updates: number): About => ({
  task: task.name,
  seed,
  updates,
  ...(text === undefined ? {} : { characters: text.characters.join('') }),
});
