// How fast is a task learned? Every cell is trained on it from several seeds: the loss over the updates beside what is reached without
// learning, and what each is worth on data that it has not seen.

import type { Cell } from '../../cells/catalogue.ts';
import { InputError } from '../../equations/input-error.ts';
import { counted } from '../../numbers/counted.ts';
import { cellArguments, cellWords, checkLearner } from '../../options/cell-argument.ts';
import type { GivenTask } from '../../options/given-task.ts';
import {
  checkStart,
  radiiFrom,
  radiusOption,
  type StartOptions,
  startFrom,
  startJson,
  startOptions,
} from '../../options/initialisation.ts';
import { type LoadedModel, layersFrom, loadedModel } from '../../options/loaded-model.ts';
import { readName } from '../../options/names.ts';
import { type Arguments, choice, flag, type Group, numberOption, single, textOption } from '../../options/option.ts';
import { runsFor } from '../../options/runs.ts';
import { checkBothWays, taskPlace } from '../../options/task-argument.ts';
import { checkMemory, trainingLengths } from '../../options/training.ts';
import { once, realNumber, type Typed, wholeNumber } from '../../options/typed.ts';
import type { Claim } from '../../render/result.ts';
import type { Truncation } from '../../training/bptt.ts';
import type { Clip } from '../../training/clipping.ts';
import { type OptimiserName, optimisers } from '../../training/optimisers.ts';
import { claimOfMedian } from '../kit/claim.ts';
import { experiment } from '../kit/experiment.ts';
import { isMeasuredAt } from '../kit/measured-at.ts';
import { type Learner, type LearningOptions, learn, linesFor, type ScheduleName, schedules } from './learners.ts';
import { learningCurves, samplesOf, tableOf } from './learning-figures.ts';
import { learningNotes, nextAfter } from './learning-notes.ts';

const optimiserNames = Object.keys(optimisers) as OptimiserName[];
const scheduleNames = Object.keys(schedules) as ScheduleName[];
const optimiserText = textOption('Training', optimiserNames.join(', '), 'adam');
const scheduleText = textOption('Training', `how the rate falls: ${scheduleNames.join(', ')}`, 'constant');

interface Loadable {
  readonly task: GivenTask;
  readonly loaded?: LoadedModel | undefined;
}

const cells: Group<readonly Cell[], Loadable> = {
  places: { 'cells..': [cellWords, 'gru'] },
  read(args, { loaded }, environment) {
    const of =
      loaded === undefined
        ? cellArguments((args.cells as readonly string[]) ?? [], ['gru'], environment)
        : [loaded.model.design.cells[0]!];
    for (const cell of of) checkLearner(cell);
    return of;
  },
  json: (value) => ({ cells: value.map(({ name }) => name) }),
};

const directions: Group<1 | 2, Loadable> = {
  options: { bidirectional: flag('Cell', 'a second cell reads from the end') },
  read({ bidirectional }, { task, loaded }) {
    const both = loaded?.model.design.directions ?? (bidirectional === true ? 2 : 1);
    if (both === 2) checkBothWays('--bidirectional', task);
    return both;
  },
};

const start: Group<StartOptions, Loadable & { readonly steps: number }> = {
  options: startOptions('by task'),
  read: (args, { task, loaded, steps }) =>
    loaded === undefined ? startFrom(args, steps, task.usual.hidden) : { hidden: loaded.model.design.hidden },
  json: startJson,
};

type Starting = Loadable & { readonly cells: readonly Cell[]; readonly start: StartOptions };

const radii: Group<readonly number[] | undefined, Starting> = {
  options: radiusOption,
  read({ radius }, { cells: of, start: from, loaded }) {
    const all = radiiFrom(radius as Typed);
    if (loaded === undefined) checkStart(of, { ...from, radius: all?.[0] });
    return all;
  },
};

const clip: Group<Clip | undefined> = {
  options: {
    clip: textOption('Training', 'the largest gradient; none for no clipping', '1'),
    'clip-by': textOption('Training', 'norm keeps its direction, element does not', 'norm'),
  },
  read: clipFrom,
  json: (value) => ({ clip: value?.most ?? null, ...(value && { clipBy: value.by }) }),
};

const truncation: Group<Truncation | undefined, { readonly steps: number; readonly directions: 1 | 2 }> = {
  options: {
    truncate: textOption('Training', 'K or K,STRIDE: gradients go back K steps, every STRIDE steps', 'all steps'),
  },
  read: (args, { steps, directions: both }) => truncationFrom(args, steps, both),
  json: (value) => (value === undefined ? {} : { truncation: { window: value.window, stride: value.stride } }),
};

/** The command writes the file. */
const save: Group<string | undefined> = {
  options: { save: textOption('Training', 'keep the model in a .json or .safetensors file') },
  read: (args) => once('--save', args.save as Typed),
  json: () => ({}),
};

const { seed, seeds, engine } = runsFor(
  ({ task, loaded, save: file }: Loadable & { readonly save?: string | undefined }) =>
    file !== undefined || loaded !== undefined || task.heldOut !== undefined ? 1 : 5,
  '5; 1 for series and text',
);

export const trainExperiment = experiment({
  name: 'train',
  describe: 'the learning curve of cells on a task, or on data of your own',
  order: 130,
  question: 'How fast is a task learned?',
  examples: [
    ['unroll train adding rnn gru', 'two numbers, far apart: who can add them?'],
    ['unroll train majority rnn --bidirectional', 'what a second direction is for'],
    ['unroll train latch lstm --forget-bias 0', 'an LSTM that forgets too fast'],
    ['unroll train latch rnn --radius .2,.9,1.2', 'one cell, started in three ways'],
    ['unroll train text --file book.txt --save model.json', 'foretell a text by character, and keep the model'],
  ],
  options: {
    task: taskPlace,
    cells,
    layers: single('layers', numberOption('Cell', 'cells on top of one another', '1'), (typed, { loaded }: Loadable) =>
      loaded === undefined ? layersFrom(typed) : loaded.model.design.cells.length,
    ),
    directions,
    start,
    radii,
    ...trainingLengths(),
    optimiser: choice('optimiser', '--optimiser', optimiserText, optimiserNames, 'adam'),
    schedule: choice('schedule', '--schedule', scheduleText, scheduleNames, 'constant'),
    clip,
    truncation,
    save,
    seeds,
    seed,
    engine,
    loaded: loadedModel,
  },
  help: [
    ...(['task', 'steps', 'batch', 'start', 'radii', 'layers', 'directions', 'updates', 'rate', 'optimiser'] as const),
    ...(['schedule', 'clip', 'truncation', 'save', 'loaded', 'seed'] as const),
  ],
  check(options) {
    const lines = linesFor(options).length;
    if (options.save !== undefined && (lines > 1 || options.seeds > 1)) throw onlyOne('--save', lines, options.seeds);
    if (options.loaded !== undefined && options.seeds > 1) throw onlyOne('--load', 1, options.seeds);
    checkMemory(options);
  },
  seed: (options, k, watch) => learn(options, k, watch, (learners) => learningCurves([learners], options)),
  /** One that is stopped is kept as far as it came, and shown where there is no whole one. */
  counted(found) {
    const whole = found.filter((one) => one.whole);
    return whole.length > 0 ? whole : found.slice(0, 1);
  },
  answer(found, options, asked) {
    const bySeed = found.map(({ learners }) => learners);
    const isInterrupted = found.length < asked || found.some(({ whole }) => !whole);
    return {
      question: `How fast is ${options.task.name} learned?`,
      figures: [learningCurves(bySeed, options), tableOf(bySeed, options), ...samplesOf(bySeed[0]!, options)],
      claims: isInterrupted ? [] : learningClaims(bySeed, options),
      notes: learningNotes(bySeed, options, isInterrupted ? asked : undefined),
      next: nextAfter(options),
    };
  },
});

export default trainExperiment;

const onlyOne = (option: '--save' | '--load', cells: number, seeds: number): InputError =>
  new InputError(option, 'A file holds one model: one cell, trained from one seed.', {
    expected: 'one cell, and no --seeds',
    got: [cells > 1 ? `${cells} cells` : '', seeds > 1 ? `${seeds} seeds` : '']
      .filter((part) => part !== '')
      .join(', '),
    fix: `take the others out, or ${option} out`,
  });

const clipNaming = { where: '--clip-by', what: '--clip-by', names: ['norm', 'element'] as const };

function clipFrom(args: Arguments): Clip | undefined {
  const by = readName(args.clipBy as Typed, clipNaming);
  const typed = once('--clip', args.clip as Typed);
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

function truncationFrom(args: Arguments, steps: number, directions: 1 | 2): Truncation | undefined {
  const typed = once('--truncate', args.truncate as Typed);
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

/**
 * The task's bounds, held against the median of the seeds. They were chosen on seeds 1 to 20 so that they hold on each of them with room. What
 * half of the seeds learn is no claim.
 */
function learningClaims(bySeed: readonly (readonly Learner[])[], options: LearningOptions): Claim[] {
  const { task, seed, start, directions } = options;
  if (task.heldOut !== undefined || !isMeasuredAt({ ...usually, ...task.usual }, options)) return [];
  const lines = linesFor(options);
  return (task.learned ?? []).flatMap(({ cell, measure, relation, bound, says, forgetBias, directions: both = 1 }) => {
    const c = lines.findIndex((line) => line.cell.name === cell);
    if (c < 0 || both !== directions || forgetBias !== start.forgetBias) return [];
    const values = bySeed.map((learners) => {
      const { loss, score } = learners[c]!.scores!;
      return measure === 'loss' ? loss : score;
    });
    const id = `${cell.replace(' ρ ', '-radius-')}-${task.name}-${relation === '<' ? 'below' : 'above'}-${bound}`;
    return [claimOfMedian(id, `${cell} ${says}`, values, relation, bound, seed)];
  });
}

/** One layer of the usual size and start, on the usual data, and nothing chosen otherwise. */
const usually = {
  layers: 1,
  init: undefined,
  optimiser: 'adam',
  schedule: 'constant',
  clip: { by: 'norm', most: 1 },
  truncation: undefined,
  loaded: undefined,
};
