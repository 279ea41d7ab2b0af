// How fast is a task learned? Every cell is trained on it from several seeds: the loss over the updates beside what is reached without
// learning, and what each is worth on data that it has not seen.

import type { Cell } from '../cells/catalogue.ts';
import { exp, log } from '../numbers/elementary.ts';
import { type Random, random } from '../numbers/random.ts';
import type { Task } from '../tasks/task.ts';
import type { Truncation } from '../training/bptt.ts';
import type { Clip } from '../training/clipping.ts';
import { evaluate } from '../training/evaluate.ts';
import { createModel, type Model } from '../training/model.ts';
import { type OptimiserName, optimisers } from '../training/optimisers.ts';
import { constantRate, cosineRate, exponentialRate, type Rate, stepRate } from '../training/rates.ts';
import { say } from '../training/say.ts';
import type { Scores } from '../training/scores.ts';
import { train } from '../training/train.ts';
import { learningClaims } from './learning-claims.ts';
import { curvesOf, everyOf, lastOf, samplesOf, tableOf } from './learning-figures.ts';
import type { Json, LinesFigure, Result } from './result.ts';
import { type StartOptions, startJson, startValues } from './start.ts';

/** How the rate falls over the updates of a run; each ends where the next one's number says. */
export const schedules = {
  constant: (rate: number) => constantRate(rate),
  /** A tenth of it after every third of the updates. */
  step: (rate: number, updates: number) => stepRate(rate, { every: Math.max(1, Math.ceil(updates / 3)) }),
  /** Evenly by factors, to a hundredth of it. */
  exponential: (rate: number, updates: number) => exponentialRate(rate, { gamma: exp(log(0.01) / updates) }),
  /** Half a cosine down to 0. */
  cosine: (rate: number, updates: number) => cosineRate(rate, { updates }),
} as const satisfies Record<string, (rate: number, updates: number) => Rate>;

export type ScheduleName = keyof typeof schedules;

export interface LearningOptions {
  readonly task: Task;
  readonly cells: readonly Cell[];
  readonly layers: number;
  readonly directions: 1 | 2;
  readonly start: StartOptions;
  readonly steps: number;
  readonly batch: number;
  readonly updates: number;
  readonly rate: number;
  readonly optimiser: OptimiserName;
  readonly schedule: ScheduleName;
  readonly clip?: Clip;
  readonly truncation?: Truncation;
  readonly seed: number;
  readonly seeds: number;
  /** A model to go on with, in place, and how many updates it has seen: then there is one cell and one seed. */
  readonly from?: { readonly model: Model; readonly updates: number };
  /** The series' own unit: a value of the task times `deviation`. */
  readonly unit?: { readonly name: string; readonly deviation: number };
  /** What a model of a text hears before it speaks, and how much it says. */
  readonly speech?: { readonly beginning: readonly number[]; readonly count: number };
  /** Aborted, the run ends with what it has. */
  readonly signal?: AbortSignal;
}

/** One cell trained from one seed. */
export interface Learner {
  readonly name: string;
  readonly model: Model;
  /** Of every update so far. */
  readonly losses: number[];
  /** Whether the loss was no number any more before all updates were done. */
  diverged: boolean;
  /** On new data, at the end. */
  scores?: Scores;
}

/** Where a run is. */
export interface Learning {
  /** Counted from 1. */
  readonly seed: number;
  readonly seeds: number;
  /** Of this seed. */
  readonly update: number;
  readonly updates: number;
  /** The last loss of each cell. */
  readonly losses: readonly { readonly name: string; readonly loss: number }[];
  /** The curves of this seed as far as they go. */
  readonly figure: () => LinesFigure;
}

export interface Learned {
  readonly result: Result;
  /** Of the first seed, in the order of the cells. */
  readonly learners: readonly Learner[];
  readonly interrupted: boolean;
}

/** Yields after every update of all cells; returns what was learned. */
export async function* learningCurve(options: LearningOptions): AsyncGenerator<Learning, Learned, undefined> {
  const { seeds, updates, signal } = options;
  const finished: Learner[][] = [];
  let unfinished: Learner[] | undefined;
  for (let k = 0; k < seeds && unfinished === undefined; k++) {
    const rng = random(options.seed + k);
    const learners = options.cells.map((cell) => learnerOf(cell, options, rng));
    for (let update = 1; update <= updates; update++) {
      if (signal?.aborted) break;
      if (!(await learnOnce(learners))) break;
      const losses = learners.map(({ name, losses }) => ({ name, loss: losses.at(-1) ?? Number.NaN }));
      const figure = () => curvesOf([learners], options);
      yield { seed: k + 1, seeds, update, updates, losses, figure };
    }
    if (signal?.aborted && learners.some(({ losses, diverged }) => losses.length < updates && !diverged))
      unfinished = learners;
    else finished.push(learners);
    // A seed that was left is dropped where there are whole ones; else it is all there is.
    if (unfinished === undefined || finished.length === 0) score(learners, options, rng);
  }
  const bySeed = finished.length > 0 ? finished : [unfinished!];
  return {
    result: resultOf(bySeed, options, unfinished),
    learners: bySeed[0]!,
    interrupted: unfinished !== undefined,
  };
}

interface Training extends Learner {
  readonly run: ReturnType<typeof train>;
}

function learnerOf(cell: Cell, options: LearningOptions, rng: Random): Training {
  const { task, layers, directions, start, steps, batch, updates, rate, clip, truncation, from } = options;
  const design = {
    cells: Array.from({ length: layers }, () => cell),
    directions,
    hidden: start.hidden,
    inputs: task.inputs,
    outputs: task.outputs,
  };
  const model =
    from?.model ?? createModel(design, rng.fork('model'), (of, sizes, stream) => startValues(of, sizes, start, stream));
  const run = train(model, {
    task,
    // The same data for every cell; and other data than before for a model that goes on.
    rng: rng.fork(from === undefined || from.updates === 0 ? 'data' : `data after ${from.updates} updates`),
    steps,
    batch,
    updates,
    rate: schedules[options.schedule](rate, updates),
    optimiser: optimisers[options.optimiser](),
    ...(clip === undefined ? {} : { clip }),
    ...(truncation === undefined ? {} : { truncation }),
  });
  return { name: cell.name, model, losses: [], diverged: false, run };
}

/** One update of every cell that can still learn; false when none can. */
async function learnOnce(learners: readonly Learner[]): Promise<boolean> {
  let learned = false;
  for (const learner of learners as readonly Training[]) {
    if (learner.diverged) continue;
    const next = await learner.run.next();
    if (next.done) learner.diverged = true;
    else {
      learner.losses.push(next.value.loss);
      learned = true;
    }
  }
  return learned;
}

/** New sequences for the evaluation; fewer where they are long and wide, so that they fit into memory. */
const mostSequences = 500;
const mostValues = 4_000_000;
export const sequencesFor = ({ steps, start, layers, directions }: LearningOptions): number =>
  Math.max(1, Math.min(mostSequences, Math.floor(mostValues / (steps * start.hidden * layers * directions))));

function score(learners: readonly Learner[], options: LearningOptions, rng: Random): void {
  const { task, steps } = options;
  for (const learner of learners)
    learner.scores = evaluate(learner.model, task, {
      rng: rng.fork('evaluation'),
      sequences: sequencesFor(options),
      steps,
    });
}

function resultOf(bySeed: readonly Learner[][], options: LearningOptions, unfinished: Learner[] | undefined): Result {
  const { task, cells, seed } = options;
  return {
    unroll: 1,
    experiment: 'train',
    question: `How fast is ${task.name} learned?`,
    options: optionsJson(options),
    seed,
    figures: [
      curvesOf(bySeed, options),
      tableOf(bySeed, options, sequencesFor(options)),
      ...speechesOf(bySeed[0]!, options),
    ],
    claims: unfinished === undefined ? learningClaims(bySeed, options) : [],
    notes: [
      ...interruption(bySeed, options, unfinished),
      ...divergences(bySeed, options),
      ...byHeart(bySeed, options),
      ...settingsNotes(bySeed, options),
    ],
    ...nextOf(cells, options),
  };
}

function optionsJson(options: LearningOptions): { [name: string]: Json } {
  const { task, cells, layers, directions, start, steps, batch, updates, rate, optimiser, schedule } = options;
  const { clip, truncation, seeds, from } = options;
  return {
    task: task.name,
    cells: cells.map(({ name }) => name),
    layers,
    directions,
    ...startJson(start),
    steps,
    batch,
    updates,
    rate,
    optimiser,
    schedule,
    clip: clip === undefined ? null : clip.most,
    ...(clip === undefined ? {} : { clipBy: clip.by }),
    ...(truncation === undefined ? {} : { truncation: { window: truncation.window, stride: truncation.stride } }),
    seeds,
    ...(from === undefined ? {} : { updatesBefore: from.updates }),
  };
}

const temperatures = [0.2, 0.5, 1, 1.5];

function speechesOf(learners: readonly Learner[], { task, speech, seed }: LearningOptions) {
  if (speech === undefined) return [];
  const { classes = [] } = task;
  const textOf = (words: Iterable<number>) => Array.from(words, (word) => classes[word]).join('');
  const { beginning, count } = speech;
  return learners.map(({ name, model }) =>
    samplesOf(
      name,
      textOf(beginning),
      temperatures.map((temperature) => {
        const rng = random(seed).fork('speech');
        return { temperature, text: textOf(say(model, task, { beginning, count, temperature, rng })) };
      }),
    ),
  );
}

function interruption(
  bySeed: readonly Learner[][],
  { updates, seeds }: LearningOptions,
  unfinished: Learner[] | undefined,
): string[] {
  if (unfinished === undefined) return [];
  const done = Math.max(...unfinished.map(({ losses }) => losses.length));
  const where = seeds === 1 ? '' : ` of seed ${bySeed.includes(unfinished) ? 1 : bySeed.length + 1} of ${seeds}`;
  const kept = bySeed.includes(unfinished)
    ? 'this is as far as it came'
    : `what is shown is of the ${bySeed.length === 1 ? 'one seed' : `${bySeed.length} seeds`} before it`;
  return [`Interrupted after ${done} of ${updates} updates${where}: ${kept}. No claim is held against half a run.`];
}

function divergences(bySeed: readonly Learner[][], { clip }: LearningOptions): string[] {
  return bySeed.flatMap((learners, k) =>
    learners
      .filter(({ diverged }) => diverged)
      .map(
        ({ name, losses }) =>
          `${name}${bySeed.length > 1 ? `, seed ${k + 1} of ${bySeed.length},` : ''} ran away: after ${losses.length} updates its loss was no number any more. A smaller --rate helps${clip === undefined ? ', or --clip 1' : ''}.`,
      ),
  );
}

/** Where a text is short, the parameters hold it whole; and a series may go where it has never been. */
const muchMore = 1.5;

function byHeart(bySeed: readonly Learner[][], { task, unit }: LearningOptions): string[] {
  if (task.heldOut === undefined) return [];
  const last = lastOf(bySeed);
  return bySeed[0]!.flatMap(({ name, losses, scores }) => {
    const trained = losses.slice(-last).reduce((a, b) => a + b, 0) / last;
    const ratio = (scores?.loss ?? Number.NaN) / trained;
    if (!(ratio > muchMore)) return [];
    const why =
      unit === undefined
        ? 'some of what it learned it knows by heart. A longer text helps, or fewer updates.'
        : 'the last fifth of the series is not like the rest (a trend leads out of it), or the rest is known by heart.';
    return [`${name} loses ${ratio.toFixed(1)} times as much on held-out data as in training: ${why}`];
  });
}

const optimiserNames: Readonly<Record<OptimiserName, string>> = {
  sgd: 'Gradient descent',
  momentum: 'Gradient descent with momentum 0.9',
  rmsprop: 'RMSprop',
  adam: 'Adam',
};
const scheduleNotes: Readonly<Record<ScheduleName, string>> = {
  constant: '',
  step: ', a tenth of it after every third of the updates',
  exponential: ', falling evenly to a hundredth of it',
  cosine: ', falling to 0 by half a cosine',
};

function settingsNotes(bySeed: readonly Learner[][], options: LearningOptions): string[] {
  const { task, optimiser, rate, schedule, clip, truncation, from, unit } = options;
  const [every, last] = [everyOf(bySeed), lastOf(bySeed)];
  const clipped =
    clip === undefined
      ? 'no clipping'
      : clip.by === 'norm'
        ? `clipped at norm ${clip.most}`
        : `every element clipped at ${clip.most}`;
  const parts = [
    `${optimiserNames[optimiser]}, rate ${rate}${scheduleNotes[schedule]}, ${clipped}.`,
    every > 1 ? `A point of the curve is the mean of ${every} updates.` : '',
    last > 1 ? `Training loss is the mean of the last ${last}.` : '',
    truncation === undefined
      ? ''
      : `Gradients go back ${truncation.window} steps, every ${truncation.stride} steps; each time is an update.`,
    from === undefined ? '' : `It goes on after ${from.updates} updates; what the optimiser remembers began anew.`,
    unit === undefined ? '' : 'The series is scaled to mean 0 and deviation 1.',
  ];
  return [
    `${task.name}: ${task.says}${task.source === task.name ? '' : ` (${task.source})`}.`,
    parts.filter((part) => part !== '').join(' '),
  ];
}

/** Those of whose data one can only have by naming a file. */
const isGiven = ({ heldOut }: Task): boolean => heldOut !== undefined;

function nextOf(cells: readonly Cell[], options: LearningOptions): Pick<Result, 'next'> {
  const { task, steps, directions, from, updates, layers } = options;
  const names = cells.map(({ name }) => name).filter((name) => /^[\w-]+$/.test(name));
  const next = (says: string, command: string) => ({ next: { says, command } });
  if (isGiven(task)) {
    const data = options.speech === undefined ? 'series --csv FILE' : 'text --file FILE';
    if (from !== undefined) return next('Deeper:', `unroll train ${data} --layers 2`);
    return next('Train longer, and keep the model:', `unroll train ${data} --updates ${updates * 2} --save model.json`);
  }
  if (task.name === 'majority' && directions === 1)
    return next('And with the future in sight:', 'unroll train majority rnn --bidirectional');
  if (names.length === 1 && names[0] !== 'rnn')
    return next('Beside a cell without gates:', `unroll train ${task.name} rnn ${names[0]}`);
  if (layers > 1 || directions === 2)
    return next('Beside one plain layer:', `unroll train ${task.name} ${names.join(' ')}`.trimEnd());
  if (names.length === 1) return next('Beside a cell with gates:', `unroll train ${task.name} rnn gru`);
  return next('A longer lag:', `unroll train ${task.name} ${names.join(' ')} --steps ${steps * 2}`);
}
