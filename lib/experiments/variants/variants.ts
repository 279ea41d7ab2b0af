// Which part of a cell matters? The whole cell and others with one thing changed learn the same task from the same seeds; ranked, and set
// beside the whole one seed by seed. In the manner of Greff, Srivastava, Koutník, Steunebrink & Schmidhuber 2017.

import type { Cell } from '../../cells/catalogue.ts';
import { InputError } from '../../equations/input-error.ts';
import { median } from '../../numbers/statistics.ts';
import { cellArguments, cellWords, checkLearner } from '../../options/cell-argument.ts';
import type { GivenTask } from '../../options/given-task.ts';
import { checkStart, type StartOptions, startFrom, startJson, startOptions } from '../../options/initialisation.ts';
import type { Group } from '../../options/option.ts';
import { runs } from '../../options/runs.ts';
import { taskDataOptions, taskNames, taskOption } from '../../options/task-argument.ts';
import { checkMemory, trainingLengths } from '../../options/training.ts';
import type { Claim, Result } from '../../render/result.ts';
import type { Usual } from '../../tasks/task.ts';
import { claim } from '../kit/claim.ts';
import { experiment } from '../kit/experiment.ts';
import { isMeasuredAt } from '../kit/measured-at.ts';
import { type Learner, type LearningOptions, learn, sequencesFor } from '../train/learners.ts';
import { learningCurves } from '../train/learning-figures.ts';
import { divergences } from '../train/learning-notes.ts';
import {
  greff,
  greffTable,
  isAnyAtBaseline,
  pairedTable,
  rankedTable,
  ratiosFigure,
  type Variant,
  variantsOf,
} from './variants-comparison.ts';

interface Known {
  readonly cell: string;
  readonly relation: '<' | '>';
  /** Of the difference of the losses, in nats. */
  readonly bound: number;
  readonly says: string;
  /** Held against the median of the seeds: one in many learns by luck. */
  readonly inTheMedian?: true;
}

/** Settings with which nine cells learn enough of a task in seconds to differ. */
export const small: Readonly<Record<string, Usual>> = {
  reber: { steps: 20, hidden: 8, batch: 16, updates: 80, rate: 0.02 },
  counting: { steps: 20, hidden: 6, batch: 10, updates: 120, rate: 0.02 },
};

/** The whole cell, beside which Greff et al. 2017 set eight that differ from it in one thing each. */
const whole = 'lstm-peephole';
const known: Readonly<Record<string, readonly Known[]>> = {
  reber: [
    {
      cell: 'lstm-no-forget-gate',
      relation: '>',
      bound: 0.05,
      says: 'the forget gate matters: without it the loss is more than 0.05 nats higher',
    },
    {
      cell: 'lstm-no-input-activation',
      relation: '<',
      bound: 0.02,
      says: 'the input activation is not missed: without it the loss is less than 0.02 nats higher',
    },
  ],
  counting: [
    {
      cell: 'lstm-coupled',
      relation: '>',
      bound: 0.01,
      says: 'a counter wants two gates: with coupled ones the loss is more than 0.01 nats higher',
      inTheMedian: true,
    },
  ],
};

const nine = [
  whole,
  'lstm-no-input-gate',
  'lstm-no-forget-gate',
  'lstm-no-output-gate',
  'lstm-no-input-activation',
  'lstm-no-output-activation',
  'lstm-coupled',
  'lstm-no-peepholes',
  'lstm-full-gate-recurrence',
];

const cells: Group<readonly Cell[], { readonly task: GivenTask }> = {
  first: true,
  places: { 'cells..': [`${cellWords}; the first is the whole one`, 'the nine of Greff et al. 2017'] },
  read(args, { task }, environment) {
    const of = cellArguments((args.cells as readonly string[]) ?? [], nine, environment);
    for (const cell of of) checkLearner(cell);
    if (of.length > 1) return of;
    throw new InputError('unroll variants', 'One cell alone cannot be compared.', {
      expected: 'the whole cell, and at least one other',
      got: of[0]!.name,
      fix: `name another, or look at it alone:  unroll train ${task.name} ${of[0]!.name}`,
    });
  },
  json: (value) => ({ cells: value.map(({ name }) => name) }),
};

const usualOf = (task: GivenTask) => small[task.name] ?? task.usual;

type Starting = { readonly task: GivenTask; readonly cells: readonly Cell[]; readonly steps: number };

const start: Group<StartOptions, Starting> = {
  options: startOptions('by task'),
  read(args, { task, cells: of, steps }) {
    const from = startFrom(args, steps, usualOf(task).hidden);
    checkStart(of, from);
    return from;
  },
  json: startJson,
};

/** What every run has, and no option changes. */
const fixed = <Name extends keyof LearningOptions>(value: LearningOptions[Name]): Group<LearningOptions[Name]> => ({
  read: () => value,
  json: () => ({}),
});

const sequences: Group<LearningOptions['sequences'], Starting & { readonly start: StartOptions }> = {
  read: (_, { steps, start: from }) => sequencesFor({ steps, start: from, layers: 1, directions: 1, sequences: 128 }),
};

export const variants = experiment({
  name: 'variants',
  describe: 'which part of the LSTM matters: cells ranked over seeds',
  order: 110,
  question: 'Which part of a cell matters?',
  examples: [
    ['unroll variants', 'the eight variants of Greff et al. 2017, on a small task'],
    ['unroll variants --task counting', 'a task that other parts are needed for'],
    ['unroll variants gru gru-reset-after mgu mingru', 'the first one is what the others are set beside'],
    ['unroll variants lstm my.cell --task adding', 'and your own'],
  ],
  options: {
    task: taskOption(taskNames, 'reber', taskDataOptions),
    cells,
    start,
    ...trainingLengths(usualOf),
    layers: fixed<'layers'>(1),
    directions: fixed<'directions'>(1),
    optimiser: fixed<'optimiser'>('adam'),
    schedule: fixed<'schedule'>('constant'),
    clip: fixed<'clip'>({ by: 'norm', most: 1 }),
    sequences,
    ...runs(6),
  },
  help: ['task', 'steps', 'batch', 'start'],
  check(options) {
    checkMemory(options);
  },
  async seed(options, k, watch) {
    const learned = await learn(options, k, watch, (learners) => learningCurves([learners], options));
    return learned?.whole ? learned : undefined;
  },
  answer(found, options) {
    const all = variantsOf(found);
    const [first, ...others] = all;
    const bySeed = found.map(({ learners }) => learners);
    return {
      question: `Which part of ${first!.name} matters?`,
      figures: [
        ratiosFigure(first!, others, options),
        rankedTable(all, options),
        pairedTable(first!, others),
        ...greffTable(first!, others),
      ],
      claims: variantsClaims(all, options),
      notes: variantsNotes(all, bySeed, options),
      next: variantsNext(options),
    };
  },
});

export default variants;

function variantsClaims(all: readonly Variant[], options: LearningOptions): Claim[] {
  const { task, seeds } = options;
  const at = { ...small[task.name], init: undefined, forgetBias: undefined };
  if (!(task.name in small) || all[0]!.name !== whole || !isMeasuredAt(at, options)) return [];
  return known[task.name]!.flatMap(({ cell, relation, bound, says, inTheMedian }) => {
    const found = all.find(({ name }) => name === cell);
    if (found === undefined) return [];
    const worst = relation === '>' ? Math.min(...found.differences) : Math.max(...found.differences);
    const measured = inTheMedian ? median(found.differences) : worst;
    const where = seeds === 1 ? '' : inTheMedian ? ', in the median' : ', in every seed';
    const id = `${cell}-${relation === '>' ? 'worse' : 'no-worse'}`;
    return [claim(id, `${says}${where}`, measured, relation, bound)];
  });
}

function variantsNotes(
  all: readonly Variant[],
  bySeed: readonly (readonly Learner[])[],
  options: LearningOptions,
): string[] {
  const { task, cells, rate, updates, seeds, steps } = options;
  const comparisons = cells.length - 1;
  const notes = [
    ...divergences(bySeed, options),
    `${task.name}: ${task.says}.${hard[task.name] ?? ''}`,
    `This is one rate (Adam, ${rate}) and ${updates} updates: it tells who learns fast here, not who ends best.`,
  ];
  if (!isAnyAtBaseline(all, options))
    notes.push(
      `None of them has come to the baseline yet (${(task.heldOut ?? task).baseline(steps).says}): what is ranked is how fast they begin. More --updates show who gets there.`,
    );
  if (cells.some(({ name }) => name in greff))
    notes.push(
      'Greff et al. searched 200 settings for every variant on every task. They found none that is significantly better than the whole cell, and that the forget gate and the output activation matter most. A tiny task need not agree: where nothing has to be forgotten, or the cell state has to grow, other parts matter.',
    );
  if (seeds > 1)
    notes.push(
      `The intervals lie between two of the sorted seeds, and so hold the true median as often as is said whatever its distribution. p is the exact sign test of one comparison${comparisons > 1 ? `; for ${comparisons} at once hold it against 0.05 / ${comparisons} = ${Number((0.05 / comparisons).toPrecision(2))}` : ''}.${tooFew(seeds, comparisons)}`,
    );
  return notes;
}

/** What there is to know of a task to read the table. */
const hard: Readonly<Record<string, string>> = {
  reber: ' Its accuracy is that of the one letter that needs long memory; its loss is of all letters.',
  counting:
    ' A counter has to grow. With coupled gates c is a mean of its past, f c + (1 - f) g, and never leaves -1 … 1, like h of a GRU (Weiss, Goldberg & Yahav 2018).',
};

function tooFew(seeds: number, comparisons: number): string {
  let wanted = 1;
  for (let p = 1; p > 0.05 / comparisons; p /= 2) wanted++;
  return seeds < wanted ? ` Fewer than ${wanted} seeds cannot go below that: --seeds ${wanted} or more can.` : '';
}

function variantsNext({ task, cells }: LearningOptions): NonNullable<Result['next']> {
  const names = cells.map(({ typed = '' }) => typed);
  const isGreff = cells.some(({ name }) => name in greff);
  if (isGreff && task.name === 'reber')
    return { says: 'A task that another part is needed for', command: 'unroll variants --task counting' };
  if (isGreff) return { says: 'And where forgetting is all', command: 'unroll variants' };
  if (names.every((name) => name !== '') && task.name !== 'adding')
    return { says: 'On another task', command: `unroll variants ${names.join(' ')} --task adding` };
  return { says: 'The LSTM, part by part', command: 'unroll variants' };
}
