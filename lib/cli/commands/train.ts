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
import type { GivenTask } from '../../options/given-task.ts';
import { checkStart, radiiFrom, radiusOption, startFrom, startOptions } from '../../options/initialisation.ts';
import { layersFrom, loadedModel, updatesOf } from '../../options/loaded-model.ts';
import { oneOf } from '../../options/names.ts';
import type { Arguments } from '../../options/option.ts';
import { flag, type Given, number, text } from '../../options/option.ts';
import { engineFrom, runOptions, seedFrom, seedsFrom, seedsOption } from '../../options/runs.ts';
import { checkBothWays, taskDataOptions, taskFrom, taskNames } from '../../options/task-argument.ts';
import { checkMemory, lengthOptions, lengthsFrom, speedOptions } from '../../options/training.ts';
import { once, realNumber, type Typed, wholeNumber } from '../../options/typed.ts';
import type { Truncation } from '../../training/bptt.ts';
import type { Clip } from '../../training/clipping.ts';
import type { Model } from '../../training/model.ts';
import { type OptimiserName, optimisers } from '../../training/optimisers.ts';
import { tensorsOf } from '../../training/pytorch.ts';
import { equationsOf } from '../../training/pytorch-module.ts';
import { writeSafetensors } from '../../training/safetensors.ts';
import { type About, saveModel } from '../../training/saved-model.ts';
import type { Command } from '../command.ts';
import { message, outFrom, outputOptions, present } from '../output.ts';
import { environment } from '../process-environment.ts';
import { checkOutputOptions, nothingDone, runSeeds } from '../run-seeds.ts';
import { checkApart, checkTarget, writeFile } from '../writing.ts';

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
  const task = await taskFrom(args, environment, 'unroll train');
  const { usual, heldOut } = task;
  const { steps, batch, updates, rate } = await lengthsFrom(args, task, environment);
  const loaded = await loadedModel.read(args, { task }, environment);
  const cells =
    loaded === undefined ? cellArguments(args.cells ?? [], ['gru'], environment) : [loaded.model.design.cells[0]!];
  const layers = loaded?.model.design.cells.length ?? layersFrom(args.layers);
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
    ...(loaded === undefined ? {} : { from: { model: loaded.model, updates: updatesOf(loaded) } }),
    ...(task.unit === undefined ? {} : { unit: task.unit }),
    ...(task.beginning === undefined ? {} : { speech: { beginning: task.beginning, count: 120 } }),
  };
  checkMemory(options);
  return { options, notes: [...(task.notes ?? []), ...(loaded?.notes ?? [])], given: task };
}

const onlyOne = (option: '--save' | '--load', cells: number, seeds: number): InputError =>
  new InputError(option, 'A file holds one model: one cell, trained from one seed.', {
    expected: 'one cell, and no --seeds',
    got: [cells > 1 ? `${cells} cells` : '', seeds > 1 ? `${seeds} seeds` : '']
      .filter((part) => part !== '')
      .join(', '),
    fix: `take the others out, or ${option} out`,
  });

const aboutOf = ({ task, seed }: LearningOptions, { beginning }: GivenTask, updates: number): About => ({
  task: task.name,
  seed,
  updates,
  ...(beginning === undefined ? {} : { characters: task.classes!.join('') }),
});

const clipKinds = ['norm', 'element'] as const;

function clipFrom(args: TrainArguments): Clip | undefined {
  const by = chosen('--clip-by', args.clipBy, clipKinds);
  const typed = once('--clip', args.clip);
  if (typed !== 'none') {
    const most = realNumber('--clip', typed, 0, 1e9) ?? 1;
    if (most > 0) return { by: by ?? 'norm', most };
  } else if (by === undefined) return undefined;
  throw new InputError(
    '--clip',
    typed === 'none' ? '--clip-by says how to clip, and --clip none not to.' : 'A gradient clipped at 0 moves nothing.',
    {
      expected: 'a number above 0, or none',
      got: `--clip ${typed}`,
      fix: typed === 'none' ? 'take one of them out' : 'write --clip none for no clipping',
    },
  );
}

function truncationFrom(args: TrainArguments, steps: number, directions: 1 | 2): Truncation | undefined {
  const typed = once('--truncate', args.truncate);
  if (typed === undefined) return undefined;
  const [window, stride, more] = typed.split(',');
  if (directions === 2 || more !== undefined)
    throw new InputError(
      '--truncate',
      more === undefined ? 'Two directions read a whole sequence at once.' : `\`${typed}\` is not K or K,STRIDE.`,
      {
        expected: more === undefined ? '--truncate or --bidirectional' : 'one or two whole numbers, such as 20,5',
        got: more === undefined ? 'both' : typed,
        fix: more === undefined ? 'take one of them out' : 'write, for instance, --truncate 20,5',
      },
    );
  const most = wholeNumber(
    '--truncate',
    window,
    1,
    steps,
    `a sequence has ${counted(steps, 'step')}: --steps takes more`,
  )!;
  return {
    window: most,
    stride: wholeNumber('--truncate', stride, 1, most, 'the stride is at most the window') ?? most,
  };
}

/** One of some names, or undefined when the option is not given. */
function chosen<Name extends string>(option: string, typed: Typed, names: readonly Name[]): Name | undefined {
  const text = once(option, typed);
  return text === undefined ? undefined : oneOf(text, { where: option, what: option, names });
}

/** Before the work, so that none is lost: the name implies the format, and the file can be written. Throws InputError. */
function checkModelTarget(path: string, force: boolean): void {
  if (!path.toLowerCase().endsWith('.safetensors') && !path.endsWith('.json'))
    throw new InputError('--save', `The name ${path} does not imply a format.`, {
      expected: 'a name that ends in .json or .safetensors',
      got: path,
      fix: `write --save ${path.replace(/\.\w*$/, '')}.json`,
    });
  checkTarget('--save', path, force);
}

/** Whole or not at all. Throws InputError. */
function writeModel(path: string, model: Model, about: About, force: boolean): void {
  const content = path.toLowerCase().endsWith('.safetensors')
    ? writeSafetensors(tensorsOf(model), metadataOf(model, about))
    : `${JSON.stringify(saveModel(model, about))}\n`;
  writeFile('--save', path, content, force);
}

/** A safetensors file holds strings about it: what a JSON file has as `about`, and the equations of the cell. */
const metadataOf = ({ design: { cells } }: Model, about: About): Record<string, string> => ({
  unroll: JSON.stringify({ ...about, equations: equationsOf(cells[0]!) }),
});
