// What is a second direction for? One direction, one with as many parameters as two, and two, on a task that asks about the future.
// Schuster & Paliwal 1997. What is counted is exact. What is learned is claimed of majority under its usual settings, with bounds that hold
// on 20 seeds with room (test/experiments/bidirectional.deep.test.ts); the ceiling binds every model of one direction.

import { log } from '../../numbers/elementary.ts';
import { type Random, random } from '../../numbers/random.ts';
import { median } from '../../numbers/statistics.ts';
import { learner } from '../../options/cell-argument.ts';
import { type StartOptions, startJson } from '../../options/initialisation.ts';
import { type Group, group, numberOption } from '../../options/option.ts';
import { runsFor } from '../../options/runs.ts';
import { checkBothWays, taskOption } from '../../options/task-argument.ts';
import { trainingLengths } from '../../options/training.ts';
import { wholeNumber } from '../../options/typed.ts';
import type { Claim, LinesFigure, Result, TableFigure } from '../../render/result.ts';
import { tasks } from '../../tasks/catalogue.ts';
import majority from '../../tasks/majority.ts';
import type { Task } from '../../tasks/task.ts';
import type { Design, Model } from '../../training/model.ts';
import { evaluateModel } from '../../training/scores.ts';
import { unroll } from '../../training/unroll.ts';
import { divergedNotes, firstNonFiniteIn } from '../diverged.ts';
import { bandSeries, medianAndRange, rangeColumns, seedsShown } from '../kit/band.ts';
import { claim } from '../kit/claim.ts';
import { experiment, type ValuesOf } from '../kit/experiment.ts';
import { isMeasuredAt } from '../kit/measured-at.ts';
import { inTurn } from '../kit/seeds.ts';
import { left, right, rightColumn } from '../table-columns.ts';
import { type TrainedModel, trained } from '../trained.ts';
import { type Ceiling, causalCeiling } from './causal-ceiling.ts';
import { asManyParameters, countsTable, type DirectionCounts, directionCounts, isEven } from './direction-counts.ts';

/** Those whose answer is not the next input. */
const names = [...tasks.values()].filter(({ feedback }) => feedback === undefined).map(({ name }) => name);
const task = taskOption(names, majority.name);

interface OfTask {
  readonly task: Task;
}

const options = {
  task: {
    ...task,
    async read(args, earlier, environment) {
      const asked = await task.read(args, earlier, environment);
      checkBothWays('--task', asked);
      return asked;
    },
  } satisfies Group<Task>,
  // Each is read before the lengths, which would be read before it otherwise.
  cell: { ...learner('rnn'), first: true as const },
  start: group({
    first: true,
    options: { hidden: numberOption('Cell', 'H of each direction', 'by task') },
    read: ({ hidden }, { task }: OfTask): StartOptions => ({
      hidden: wholeNumber('--hidden', hidden, 1, 256, 'more takes long') ?? task.usual.hidden,
    }),
    json: startJson,
  }),
  ...trainingLengths(),
  /** How many new sequences a model is scored on. */
  sequences: { read: () => 500 } satisfies Group<number>,
  ...runsFor(({ task }: OfTask) => (task === majority ? 10 : 3), '10 for majority, else 3'),
};
export type BidirectionalOptions = ValuesOf<typeof options>;

/** What one trained model is worth. */
interface Read {
  /** Accuracy or squared error; and at each step, null where nothing is wanted. */
  readonly score: number;
  readonly scoreAt: readonly (number | null)[];
  readonly loss: number;
  /** By how much at most its word at any step but the last changes when 1 is added to the last input. */
  readonly ahead: number;
  readonly parameters: number;
  /** Why there is no score. */
  readonly diverged?: string | undefined;
}

/** One of the three models, on every seed. */
interface Reader {
  readonly name: string;
  readonly hidden: number;
  readonly directions: 1 | 2;
  readonly runs: readonly Read[];
}

/** What is known without training. */
interface Known {
  readonly counts: DirectionCounts;
  readonly ceiling: Ceiling | undefined;
}

/** The three models. */
function readersOf({ task, cell, start }: BidirectionalOptions): Omit<Reader, 'runs'>[] {
  const design = { cells: [cell], hidden: start.hidden, inputs: task.inputs, outputs: task.outputs };
  return [
    { name: 'one direction', hidden: start.hidden, directions: 1 },
    { name: 'one, wider', hidden: asManyParameters(design), directions: 1 },
    { name: 'both directions', hidden: start.hidden, directions: 2 },
  ];
}

/** A seed trains the three models. Throws RangeError for steps that the task does not have. */
export const bidirectional = experiment({
  name: 'bidirectional',
  describe: 'what a second direction is for, and what it costs',
  order: 100,
  question: 'What is a second direction for?',
  examples: [
    ['unroll bidirectional', 'one direction, a wider one, and both'],
    ['unroll bidirectional lstm --seeds 3', 'gates do not know the future either'],
    ['unroll bidirectional --task parity', 'where all is known: nothing to add'],
  ],
  options,
  help: ['task', 'steps', 'batch', 'start'],
  seed: (options, k, watch) =>
    inTurn(readersOf(options), watch, async ({ hidden, directions }, watch) => {
      const settings = { ...options, directions, start: { ...options.start, hidden } };
      const rng = random(options.seed + k);
      const model = await trained(settings, undefined, rng, { watch, before: 0, all: options.updates });
      return model && readBy(model, options, rng);
    }),
  answer(found, options) {
    const { task, cell, start, steps } = options;
    const readers = readersOf(options).map((reader, m) => ({ ...reader, runs: found.map((runs) => runs[m]!) }));
    const { inputs, outputs } = task;
    const counts = directionCounts({ cells: [cell], hidden: start.hidden, inputs, outputs });
    const known: Known = { counts, ceiling: causalCeiling(task, steps) };
    return {
      figures: [
        scoresFigure(readers, known, options),
        scoresTable(readers, known, options),
        countsTable(cell.name, counts),
      ],
      claims: [
        ...ceilingClaims(readers, known, options),
        ...learnedClaims(readers, options),
        ...waitingClaims(readers, options),
        ...countClaims(known, options),
      ],
      notes: [
        ...divergedNotes(
          readers.flatMap(({ name, runs }) => runs.map(({ diverged }, k) => ({ name, k, diverged }))),
          options,
        ),
        ...bidirectionalNotes(known, options),
      ],
      next: bidirectionalNext(options),
    };
  },
});

export default bidirectional;

function readBy(
  { model, diverged: early }: TrainedModel,
  { task, steps, sequences }: BidirectionalOptions,
  rng: Random,
): Read {
  const evaluated = evaluateModel(model, task, { rng: rng.fork('evaluation'), sequences, steps });
  const { batch, score, scoreAt, loss } = evaluated;
  const { scored = batch.weights } = batch;
  const isAsked = (t: number): boolean => scored.subarray(t * sequences, (t + 1) * sequences).some((w) => w !== 0);
  const cause = (): string => firstNonFiniteIn(model, batch.inputs, steps, sequences) ?? 'the loss overflows';
  const diverged = early ?? (Number.isFinite(loss + score) ? undefined : `on new data ${cause()}`);
  const of = (value: number): number => (diverged === undefined ? value : Number.NaN);
  return {
    diverged,
    score: of(score),
    scoreAt: scoreAt.map((value, t) => (isAsked(t) ? of(value) : null)),
    loss: of(loss),
    ahead: of(lookAhead(model, task, steps, rng.fork('last input'))),
    parameters: model.parameters.length,
  };
}

const probes = 16;

/** The largest change of what is said before the last step when the last input changes by 1. */
export function lookAhead(model: Model, task: Task, steps: number, rng: Random): number {
  const { inputs } = task.batch(rng, probes, steps);
  const { runners: _, ...design }: Design = model.design;
  const unrolled = unroll({ ...model, design }, { steps, batch: probes, gradients: false });
  const before = (steps - 1) * probes;
  unrolled.inputs.set(inputs);
  unrolled.forward();
  const said = unrolled.outputs.slice(0, before * task.outputs);
  unrolled.inputs.set(inputs.map((value, i) => (i < before * task.inputs ? value : value + 1)));
  unrolled.forward();
  return said.reduce((most, value, i) => Math.max(most, Math.abs(value - unrolled.outputs[i]!)), 0);
}

const scoreName = ({ score }: Task): string => (score === 'accuracy' ? 'accuracy' : 'squared error');

function scoresFigure(readers: readonly Reader[], { ceiling }: Known, options: BidirectionalOptions): LinesFigure {
  const { task, cell, start, steps, seeds, seed } = options;
  const baseline = task.baseline(steps);
  const asked = readers[0]!.runs[0]!.scoreAt.flatMap((value, t) => (value === null ? [] : [t]));
  return {
    kind: 'lines',
    title: `${task.name}: ${scoreName(task)} at each step`,
    settings: `${cell.name} · H ${start.hidden} · T ${steps} · ${seedsShown({ seed, seeds })}`,
    x: { label: 't', values: asked.map((t) => t + 1) },
    y: { label: scoreName(task), scale: 'linear' },
    series: readers.map(({ name, runs }) =>
      bandSeries(
        name,
        runs.map(({ scoreAt }) => asked.map((t) => scoreAt[t]!)),
      ),
    ),
    reference:
      ceiling === undefined
        ? { label: baseline.says, value: baseline.score }
        : { label: 'causal ceiling', value: ceiling.accuracy },
  };
}

function scoresTable(readers: readonly Reader[], { ceiling }: Known, options: BidirectionalOptions): TableFigure {
  const { task, updates, seeds, steps, sequences } = options;
  const several = seeds > 1;
  const baseline = task.baseline(steps);
  const [says, score, loss] =
    ceiling === undefined
      ? ['without learning', baseline.score, baseline.loss]
      : ['causal ceiling', ceiling.accuracy, ceiling.loss];
  return {
    kind: 'table',
    title: `After ${updates} updates${several ? `, median and range over ${seeds} seeds` : ''}; ${sequences} new sequences${several ? ' each' : ''}`,
    columns: [
      ...left('reads'),
      ...right('H', 'parameters'),
      ...rangeColumns(rightColumn(scoreName(task)), seeds),
      { ...rightColumn('loss'), digits: 4 },
    ],
    rows: [
      ...readers.map(({ name, hidden, runs }) => {
        const scores = runs.map((run) => run.score);
        const losses = runs.map((run) => run.loss);
        return [name, hidden, runs[0]!.parameters, ...medianAndRange(scores), median(losses)];
      }),
      [says, null, null, score, ...(several ? [null, null] : []), loss],
    ],
  };
}

const everySeed = ({ seeds }: BidirectionalOptions): string => (seeds > 1 ? ', in every seed' : '');
const runsOf = (readers: readonly Reader[], directions: 1 | 2) =>
  readers.filter((reader) => reader.directions === directions).flatMap(({ runs }) => runs);

/** How far above the ceiling luck may lift a model that is at it, in standard deviations of so many coins. */
const luck = 5;

function ceilingClaims(readers: readonly Reader[], { ceiling }: Known, options: BidirectionalOptions): Claim[] {
  if (ceiling === undefined) return [];
  const { accuracy, loss, steps } = ceiling;
  const claims: Claim[] = [];
  if (options.task === majority) {
    const all = `counted over all ${1 << steps} sequences of ${steps} steps`;
    claims.push(
      claim('ceiling', `the causal ceiling: without the future at most 75 % can be right, ${all}`, accuracy, '=', 0.75),
      claim(
        'ceiling-nats',
        'without the future at least ½ ln 2 = 0.3466 nats are lost: difference from the count',
        Math.abs(loss - 0.5 * log(2)),
        '<',
        1e-12,
      ),
    );
  }
  if (accuracy === 1) return claims;
  const one = runsOf(readers, 1);
  const scored = options.sequences * one[0]!.scoreAt.filter((value) => value !== null).length;
  const most = accuracy + luck * Math.sqrt((accuracy * (1 - accuracy)) / scored);
  claims.push(
    claim(
      'no-parameter-buys-it',
      `one direction, narrow or wide, is no better than that, give or take the luck of ${scored} answers${everySeed(options)}`,
      Math.max(...one.map(({ score }) => score)),
      '<',
      most,
    ),
  );
  return claims;
}

const [reaches, knows] = [0.7, 0.99];
const learners = ['rnn', 'gru', 'lstm'];

function learnedClaims(readers: readonly Reader[], options: BidirectionalOptions): Claim[] {
  const { task, cell } = options;
  if (task !== majority || !learners.includes(cell.name) || !isMeasuredAt(task.usual, options)) return [];
  const least = (directions: 1 | 2) => Math.min(...runsOf(readers, directions).map(({ score }) => score));
  return [
    claim('one-reaches-it', `one direction comes to it: above ${reaches}${everySeed(options)}`, least(1), '>', reaches),
    claim('both-know', `both directions are right: above ${knows}${everySeed(options)}`, least(2), '>', knows),
  ];
}

/** Whoever has read the end before the first word can say nothing before the end is there. */
function waitingClaims(readers: readonly Reader[], { cell, seeds }: BidirectionalOptions): Claim[] {
  const seed = seeds > 1 ? ', in every seed' : '';
  const [one, both] = ([1, 2] as const).map((directions) => runsOf(readers, directions).map(({ ahead }) => ahead));
  const says = 'when the last input changes by 1, what is said before it changes by';
  return [
    claim('one-streams', `one direction: ${says} exactly 0${seed}`, Math.max(...one!), '=', 0),
    // Without a state even the cell that reads from the end sees one step only.
    ...(cell.program.states.length === 0
      ? []
      : [
          claim(
            'both-wait',
            `both: ${says} more than 0, so nothing is final before the end${seed}`,
            Math.min(...both!),
            '>',
            0,
          ),
        ]),
  ];
}

function countClaims({ counts }: Known, { cell }: BidirectionalOptions): Claim[] {
  const { own, width, deep } = counts;
  const times = ({ one, both }: { readonly one: number; readonly both: number }) => both / one;
  return [
    claim('layer-doubles', 'the layer doubles', times(own.layer), '=', 2),
    claim('head-input-doubles', 'what the head reads doubles', times(own.headInput), '=', 2),
    claim('width', `H = 512 gives a token ${2 * width.one} numbers`, width.both, '=', 2 * width.one),
    ...(isEven(cell)
      ? [
          claim(
            'net-more-than-doubles',
            'the net does not double: 2 layers with D = H = 64 have 2.5 times the weights (without biases), for the second layer reads both',
            times(deep.matrices),
            '=',
            2.5,
          ),
        ]
      : []),
  ];
}

function bidirectionalNotes({ counts, ceiling }: Known, { task, steps }: BidirectionalOptions): string[] {
  const { layers } = counts.deep;
  return [
    `${task.name}: ${task.says}.${without(task, ceiling)}`,
    ...(isAskedOnlyAtTheEnd(task, steps)
      ? ['The loss reads the last step only, where the cell that reads from the end has read one input.']
      : []),
    `Two cells read the sequence, one from each end, and the head reads both (Schuster & Paliwal 1997). It doubles the layer and the head's input, not the net: a second layer reads both halves, so its input matrices double twice${layers.one > 0 ? `, and 2 layers have ${(layers.both / layers.one).toFixed(2)} times the parameters` : ''}.`,
    'It cannot stream: the first answer waits for the last input. For a text that is there as a whole that costs nothing; live speech has to be cut into pieces. And it is no language model: asked for the next word, it has already read it.',
  ];
}

function without(task: Task, ceiling: Ceiling | undefined): string {
  if (task === majority)
    return ' The first and the last step are not asked. Two equal bits settle it; two different ones leave a coin, which the next bit decides.';
  if (ceiling === undefined) return '';
  if (ceiling.accuracy === 1)
    return ' All of it can be known without the future: a second direction has nothing to add.';
  return ` Without the future at most ${Math.round(1000 * ceiling.accuracy) / 10} % can be right.`;
}

/** Seen in the data: no weight before the last step. */
function isAskedOnlyAtTheEnd(task: Task, steps: number): boolean {
  return task
    .batch(random(1), 1, steps)
    .weights.subarray(0, steps - 1)
    .every((weight) => weight === 0);
}

function bidirectionalNext({ task, cell }: BidirectionalOptions): NonNullable<Result['next']> {
  if (task !== majority) return { says: 'Where the future is half of the answer', command: 'unroll bidirectional' };
  if (cell.name === 'rnn') return { says: 'Gates do not know the future either', command: 'unroll bidirectional lstm' };
  return { says: 'See how the two are wired', command: 'unroll diagram --bidirectional' };
}
