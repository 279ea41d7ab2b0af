// How often should a model hear the truth while it learns? The schedules of scheduled sampling, a sweep over ε on the label task,
// and what its objective does in the limit. Bengio, Vinyals, Jaitly & Shazeer 2015; Huszár 2015.

import { exp, log } from '../numbers/elementary.ts';
import { random } from '../numbers/random.ts';
import { median } from '../numbers/statistics.ts';
import { learner } from '../options/cell-argument.ts';
import { constantEcho, single, textOption, wholeOption } from '../options/option.ts';
import { runs } from '../options/runs.ts';
import { adamUpdates } from '../options/training.ts';
import { numberList } from '../options/typed.ts';
import type { Claim, Figure, LinesFigure, Series, TableFigure } from '../render/result.ts';
import type { MeasuredAt } from '../tasks/bounds.ts';
import labelling from '../tasks/labels.ts';
import {
  constantSchedule,
  exponentialSchedule,
  inverseSigmoidSchedule,
  linearSchedule,
  type Schedule,
} from '../training/schedules.ts';
import { divergedNotes } from './diverged.ts';
import { type ForcedAndFree, forcedAndFree, measureOf } from './forced-and-free.ts';
import { divergenceOf, learnedRows, mutualInformation, type TwoSymbols } from './inconsistency.ts';
import { bandSeries, medianAndRange, rangeColumns, seedsShown } from './kit/band.ts';
import { claim, claimOfMedian } from './kit/claim.ts';
import { experiment, type ValuesOf } from './kit/experiment.ts';
import { isMeasuredAt, notClaimed } from './kit/measured-at.ts';
import { right, rightColumn } from './table-columns.ts';
import { labelInitialisation, trained } from './trained.ts';
import { hearing } from './training-regimes.ts';

/** Huszár's point with numbers: two symbols, and a second one that depends on the first. */
export const example: TwoSymbols = {
  first: [0.5, 0.5],
  rows: [
    [0.9, 0.1],
    [0.2, 0.8],
  ],
};

interface Swept {
  readonly epsilon: number;
  readonly runs: readonly ForcedAndFree[];
}

const sequences = 256;

const options = {
  task: constantEcho({ task: labelling.name }),
  cell: learner('rnn'),
  start: labelInitialisation,
  /** ε: how often the truth is heard, each between 0 and 1. */
  epsilons: single('epsilon', textOption('Run', 'how often the truth is heard', '1,.75,.5,.25,.1,0'), (typed) => [
    ...new Set(numberList('--epsilon', typed, 0, 1) ?? [1, 0.75, 0.5, 0.25, 0.1, 0]),
  ]),
  steps: wholeOption('steps', {
    heading: 'Run',
    describe: 'T, how many steps a sequence has',
    from: 4,
    to: 1000,
    why: 'more takes long and fills no screen',
    otherwise: 30,
  }),
  updates: adamUpdates(() => 300, '300'),
  sequences: constantEcho({ sequences }),
  ...runs(2),
};
type Options = ValuesOf<typeof options>;

/** A seed finds the errors at every ε. */
export const sampling = experiment({
  name: 'sampling',
  describe: 'how often to hear the truth: the schedules, a sweep, and the exact limit',
  order: 60,
  question: 'How often should a model hear the truth?',
  examples: [
    ['unroll sampling', 'the schedules, a sweep over ε, and what is learned in the limit'],
    ['unroll sampling --epsilon 1,.9,.8 --seeds 10', 'how little of its own words is enough'],
  ],
  options,
  help: ['epsilons', 'updates', 'steps'],
  async seed(options, k, watch) {
    const { epsilons, updates, steps, seed } = options;
    const task = labelling;
    const trial = { task, sequences, steps, prefix: 0, measure: measureOf(task) };
    const settings = { ...options, task, batch: task.usual.batch, rate: task.usual.rate };
    const found: ForcedAndFree[] = [];
    for (const epsilon of epsilons) {
      const course = { watch, before: found.length * updates, all: epsilons.length * updates };
      const model = await trained(settings, hearing(task, constantSchedule(epsilon)), random(seed + k), course);
      if (model === undefined) return undefined;
      found.push(forcedAndFree(model, trial, seed + k));
    }
    return found;
  },
  answer(bySeed, options) {
    const { epsilons, updates } = options;
    const swept = epsilons.map((epsilon, e) => ({ epsilon, runs: bySeed.map((runs) => runs[e]!) }));
    return {
      figures: [
        schedulesFigure(updates),
        sweepFigure(swept, options),
        inconsistencyFigure(),
        sweepTable(swept, options),
        inconsistencyTable(epsilons),
      ],
      claims: [...sweepClaims(swept, options), ...exactClaims()],
      notes: [
        !isMeasuredAt(sweepAt, options) && notClaimed(sweepAt),
        ...divergedNotes(
          swept.flatMap(({ epsilon, runs }) =>
            runs.map(({ diverged }, k) => ({ name: `ε = ${epsilon}`, k, diverged })),
          ),
          options,
        ),
        'ε is the probability that a step of training hears the true label before, and not one drawn from what the model believes. In the sweep it is the same for all of the training.',
        'Exactly, for two symbols with P(x₁) = ½, ½ and P(x₂|x₁) in rows (.9, .1), (.2, .8): the best answer to a first symbol that is true with probability ε is ε P(x₂|x₁) + (1 - ε) P(x₂). Only ε = 1 learns P: for any other ε the objective is improper, however much data there is.',
        ...tradeNotes(swept),
      ],
      next: {
        says: 'A series on which it only makes things worse',
        command: 'unroll exposure --series mackey-glass --compare forced,scheduled',
      },
    };
  },
});

export default sampling;

function schedulesFigure(updates: number): Figure {
  const last = Math.max(1, updates);
  const points = Math.min(last, 300);
  const values = Array.from({ length: points + 1 }, (_, j) => Math.round((j * last) / points));
  return {
    kind: 'lines',
    title: 'Three schedules: ε over the updates i',
    x: { label: 'i', values },
    y: { label: 'ε', scale: 'linear' },
    series: schedulesOver(last).map(({ name, says, truth }) => ({
      name: `${name}: ${says}`,
      values: values.map(truth),
    })),
  };
}

function sweepFigure(swept: readonly Swept[], { start, steps, seed, seeds }: Options): LinesFigure {
  const series = (name: string, of: 'forced' | 'free'): Series =>
    bandSeries(
      name,
      Array.from({ length: seeds }, (_, k) => swept.map(({ runs }) => runs[k]![of])),
    );
  return {
    kind: 'lines',
    title: 'error in % by ε, on the label task',
    settings: `H ${start.hidden} · T ${steps} · ${seedsShown({ seed, seeds })}`,
    x: { label: 'ε', values: swept.map(({ epsilon }) => epsilon) },
    y: { label: 'error', unit: '%', scale: 'linear' },
    series: [series('on its own words', 'free'), series('hearing the truth', 'forced')],
  };
}

function sweepTable(swept: readonly Swept[], { seeds }: Options): TableFigure {
  const percent = (title: string) => rightColumn(title, '%');
  return {
    kind: 'table',
    title: `error on the label task${seeds > 1 ? ': median over seeds; from and to: its own words' : ''}`,
    columns: [...right('ε'), percent('hearing the truth'), ...rangeColumns(percent('its own words'), seeds)],
    rows: swept.map(({ epsilon, runs }) => [
      epsilon,
      median(runs.map((run) => run.forced)),
      ...medianAndRange(runs.map((run) => run.free)),
    ]),
  };
}

const klOf = (epsilon: number): number => divergenceOf(example, learnedRows(example, epsilon));

function inconsistencyFigure(): Figure {
  const values = Array.from({ length: 41 }, (_, j) => j / 40);
  return {
    kind: 'lines',
    title: 'KL[P ‖ Q] in nats of what is learned from endless data, exactly',
    x: { label: 'ε', values },
    y: { label: 'KL[P ‖ Q]', unit: 'nats', scale: 'linear' },
    series: [{ name: 'two symbols', values: values.map(klOf) }],
    reference: { label: 'the mutual information of the two', value: mutualInformation(example) },
  };
}

function inconsistencyTable(epsilons: readonly number[]): TableFigure {
  return {
    kind: 'table',
    title: 'exactly: what is learned of P(x₂=1 | x₁), in truth .9 and .2',
    columns: [
      ...right('ε'),
      { title: 'after x₁=1', align: 'right', digits: 4 },
      { title: 'after x₁=2', align: 'right', digits: 4 },
      { title: 'KL[P ‖ Q]', align: 'right', unit: 'nats', digits: 3 },
    ],
    rows: epsilons.map((epsilon) => {
      const [one, two] = learnedRows(example, epsilon);
      return [epsilon, one![0]!, two![0]!, klOf(epsilon)];
    }),
  };
}

/** The smallest ε compared with the largest, in the median of the seeds; a trade-off if one error falls and the other rises by a tenth. */
export function tradeNotes(swept: readonly Swept[]): string[] {
  const [most, least] = [...swept]
    .sort((a, b) => b.epsilon - a.epsilon)
    .filter((_, i, all) => i % (all.length - 1 || 1) === 0);
  if (most === undefined || least === undefined) return [];
  const ratio = (of: 'forced' | 'free'): number =>
    median(least.runs.map((run) => run[of])) / median(most.runs.map((run) => run[of]));
  const [free, forced] = [ratio('free'), ratio('forced')];
  if (!Number.isFinite(free + forced)) return [];
  const measured = `At ε = ${least.epsilon} the free-running error is ${free.toFixed(2)} times that at ε = ${most.epsilon}, and the teacher-forced error ${forced.toFixed(2)} times`;
  return [
    free < 0.9 && forced > 1.1
      ? `${measured}: a trade-off, because the model relies less on the previous label.`
      : `${measured}: no trade-off in this run.`,
  ];
}

const sweepAt: MeasuredAt = { cell: 'rnn', hidden: 8, radius: 0.9, steps: 30, updates: 300 };

/** Measured on 20 seeds in test/experiments/exposure/exposure.deep.test.ts; the bounds leave room. */
function sweepClaims(swept: readonly Swept[], options: Options): Claim[] {
  if (!isMeasuredAt(sweepAt, options)) return [];
  const { seed } = options;
  const at = (epsilon: number) => swept.find((each) => each.epsilon === epsilon)?.runs;
  const [always, half, never] = [at(1), at(0.5), at(0)];
  const claims: Claim[] = [];
  const ratios = (over: readonly ForcedAndFree[], of: 'forced' | 'free', under: readonly ForcedAndFree[]) =>
    over.map((run, k) => run[of] / under[k]![of]);
  if (always !== undefined && half !== undefined)
    claims.push(
      claimOfMedian(
        'half-helps',
        `already ε = 0.5 brings the error on its own words below 0.8 of that at ε = 1`,
        ratios(half, 'free', always),
        '<',
        0.8,
        seed,
      ),
    );
  if (always !== undefined && never !== undefined)
    claims.push(
      claimOfMedian('never-helps', `ε = 0 brings it below 0.6`, ratios(never, 'free', always), '<', 0.6, seed),
      claimOfMedian(
        'never-costs',
        `and makes the error on the truth more than 2 times as large`,
        ratios(never, 'forced', always),
        '>',
        2,
        seed,
      ),
    );
  return claims;
}

function exactClaims(): Claim[] {
  return [
    claim('proper', 'at ε = 1 what is learned is the truth, exactly: KL[P ‖ Q] is 0', klOf(1), '<=', 1e-15),
    claim('improper', 'at ε = 0.75 it is not, with endless data: KL[P ‖ Q] is above 0.02 nats', klOf(0.75), '>', 0.02),
    claim(
      'independent',
      'at ε = 0 all that the first symbol says of the second is lost: KL[P ‖ Q] and their mutual information differ by less than 1e-12',
      Math.abs(klOf(0) - mutualInformation(example)),
      '<',
      1e-12,
    ),
  ];
}

interface NamedSchedule {
  readonly name: string;
  /** Its formula with its constants. */
  readonly says: string;
  readonly truth: Schedule;
}

/** What is left of the exponential schedule at the end. */
const remainder = 0.01;

/**
 * The three schedules of Bengio et al. 2015, section 2.4, with constants that bring each from nearly always to nearly never in the same
 * number of updates.
 */
export function schedulesOver(updates: number): NamedSchedule[] {
  const k = exp(log(remainder) / updates);
  const s = halfwayAt(updates / 2);
  const short = (value: number): string => String(Number(value.toPrecision(4)));
  return [
    {
      name: 'linear',
      says: `max(0, 1 - i/${updates})`,
      truth: linearSchedule(1, { fall: 1 / updates }),
    },
    { name: 'exponential', says: `kⁱ, k = ${short(k)}`, truth: exponentialSchedule(1, { gamma: k }) },
    { name: 'inverse sigmoid', says: `k/(k + e^(i/k)), k = ${short(s)}`, truth: inverseSigmoidSchedule(s) },
  ];
}

/** The k with k ln k = i: there the inverse sigmoid is one half. At least 1. */
function halfwayAt(i: number): number {
  let [low, high] = [1, Math.max(2, i)];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (middle * log(middle) < i) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
