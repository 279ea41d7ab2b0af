// How fast is a task learned? Every cell is trained on it from several seeds: the loss over the updates beside what is reached without
// learning, and what each is worth on data that it has not seen.

import type { Cell } from '../cells/catalogue.ts';
import { counted } from '../numbers/counted.ts';
import { exp, log } from '../numbers/elementary.ts';
import { type Random, random } from '../numbers/random.ts';
import { type EngineName, runnersFor } from '../options/engine.ts';
import { type StartOptions, startJson, startValues } from '../options/initialisation.ts';
import type { Json, Result } from '../render/result.ts';
import type { Task } from '../tasks/task.ts';
import type { Truncation } from '../training/bptt.ts';
import type { Clip } from '../training/clipping.ts';
import { generate } from '../training/free-running.ts';
import { createModel, type Design, emptyModel, type Model } from '../training/model.ts';
import { type OptimiserName, optimisers } from '../training/optimisers.ts';
import type { MakeRunner } from '../training/runner.ts';
import {
  constantSchedule,
  cosineSchedule,
  exponentialSchedule,
  type Schedule,
  stepSchedule,
} from '../training/schedules.ts';
import { evaluateModel, type Scores } from '../training/scores.ts';
import { train } from '../training/train.ts';
import { divergedSays, firstNonFiniteIn } from './diverged.ts';
import type { Seeded } from './kit/seeds.ts';
import { learningClaims } from './learning-claims.ts';
import { curvesOf, samplesOf, tableOf } from './learning-figures.ts';
import { type LearningLine, linesFor } from './learning-lines.ts';
import { learningNotes, nextAfterLearning } from './learning-words.ts';

/** How the rate falls over the updates of a run; each ends where the next one's number says. */
export const schedules = {
  constant: (rate: number) => constantSchedule(rate),
  /** A tenth of it after every third of the updates. */
  step: (rate: number, updates: number) => stepSchedule(rate, { every: Math.max(1, Math.ceil(updates / 3)) }),
  /** Evenly by factors, to a hundredth of it. */
  exponential: (rate: number, updates: number) => exponentialSchedule(rate, { gamma: exp(log(0.01) / updates) }),
  /** Half a cosine down to 0. */
  cosine: (rate: number, updates: number) => cosineSchedule(rate, { updates }),
} as const satisfies Record<string, (rate: number, updates: number) => Schedule>;

export type ScheduleName = keyof typeof schedules;

export interface LearningOptions {
  readonly task: Task;
  readonly cells: readonly Cell[];
  readonly layers: number;
  readonly directions: 1 | 2;
  readonly start: StartOptions;
  /** A line for each cell at each spectral radius, instead of the cells as they start. */
  readonly radii?: readonly number[];
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
  readonly engine: EngineName;
  /** At most so many new sequences for the evaluation; 500, if absent. */
  readonly sequences?: number;
}

/** One cell trained from one seed. */
export interface Learner {
  readonly name: string;
  /** As they are now, in the order of the model's. */
  readonly parameters: Float64Array;
  /** Of every update so far. */
  readonly losses: number[];
  /** Why it has no scores, in words: `after 3 updates the loss was not finite: …`. */
  diverged?: string;
  /** On new data, at the end; NaN where it diverged. */
  scores?: Scores;
}

/** All cells trained from one seed; not `whole` where it was told to stop. */
export interface Learned {
  readonly learners: readonly Learner[];
  readonly whole: boolean;
}

/** A seed trains every cell. One that is stopped is kept as far as it came, and shown where there is no whole one. */
export function learningCurve(options: LearningOptions): Seeded<Learned> {
  const { seeds, seed, updates } = options;
  return {
    seeds,
    async run(k, watch) {
      const rng = random(seed + k);
      const runners = await runnersFor(options.engine);
      const training = linesFor(options).map((line) => trainingOf(line, options, runners, rng));
      const learners = training.map(({ learner }) => learner);
      for (let update = 1; update <= updates && !watch.stopped(); update++) {
        if (!learnOnce(training, options.batch)) break;
        await watch.tick(update, updates, {
          values: learners.map(({ name, losses }) => ({ name, value: losses.at(-1) ?? Number.NaN })),
          count: `update ${update} of ${updates}${seeds > 1 ? `, seed ${k + 1} of ${seeds}` : ''}`,
          figure: () => curvesOf([learners], options),
        });
      }
      if (learners.every(({ losses, diverged }) => losses.length === 0 && diverged === undefined)) return undefined;
      for (const each of training) score(each, options, rng);
      const whole = learners.every(({ losses, diverged }) => losses.length === updates || diverged !== undefined);
      return { learners, whole };
    },
    result(found) {
      const whole = found.filter((one) => one.whole);
      const bySeed = (whole.length > 0 ? whole : found.slice(0, 1)).map(({ learners }) => learners);
      const shown = { ...options, seeds: bySeed.length };
      return resultOf(bySeed, shown, whole.length < seeds ? seeds : undefined);
    },
  };
}

/** What `found` is about, a model: the parameters of one cell from one seed. */
export function modelOf(options: LearningOptions, c: number, { parameters }: Learner): Model {
  const model = emptyModel(designOf(linesFor(options)[c]!.cell, options));
  model.parameters.set(parameters);
  return model;
}

function designOf(cell: Cell, { task, layers, directions, start, from }: LearningOptions): Design {
  const cells = Array.from({ length: layers }, () => cell);
  return from?.model.design ?? { cells, directions, hidden: start.hidden, inputs: task.inputs, outputs: task.outputs };
}

interface Training {
  readonly learner: Learner;
  readonly model: Model;
  readonly run: ReturnType<typeof train>;
}

function trainingOf(
  { cell, start }: LearningLine,
  options: LearningOptions,
  runners: MakeRunner | undefined,
  rng: Random,
): Training {
  const { task, steps, batch, updates, rate, clip, truncation, from } = options;
  const design = { ...designOf(cell, options), runners };
  const model = createModel(design, rng.fork('model'), (of, sizes, stream) => startValues(of, sizes, start, stream));
  if (from !== undefined) model.parameters.set(from.model.parameters);
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
  return { learner: { name: cell.name, parameters: model.parameters, losses: [] }, model, run };
}

/** One update of every cell that can still learn; false when none can. */
function learnOnce(training: readonly Training[], batch: number): boolean {
  let learned = false;
  for (const { learner, model, run } of training) {
    if (learner.diverged !== undefined) continue;
    const next = run.next();
    if (next.done) {
      if (next.value !== undefined) learner.diverged = divergedSays(next.value, model, batch);
    } else {
      learner.losses.push(next.value.loss);
      learned = true;
    }
  }
  return learned;
}

/** New sequences for the evaluation; fewer where they are long and wide, so that they fit into memory. */
const mostSequences = 500;
const mostValues = 4_000_000;
export const sequencesFor = ({
  steps,
  start,
  layers,
  directions,
  sequences = mostSequences,
}: LearningOptions): number =>
  Math.max(1, Math.min(sequences, Math.floor(mostValues / (steps * start.hidden * layers * directions))));

function score({ learner, model }: Training, options: LearningOptions, rng: Random): void {
  const { task, steps } = options;
  const sequences = sequencesFor(options);
  const { batch, loss, score, scoreAt } = evaluateModel(model, task, { rng: rng.fork('evaluation'), sequences, steps });
  if (learner.diverged === undefined && !Number.isFinite(loss + score)) {
    const cause =
      firstNonFiniteIn(model, batch.inputs, steps, sequences) ?? 'the outputs are finite, but their loss overflows';
    learner.diverged = `after ${counted(learner.losses.length, 'update')} the loss on new data was not finite: ${cause}`;
  }
  const of = (value: number): number => (learner.diverged === undefined ? value : Number.NaN);
  learner.scores = { loss: of(loss), score: of(score), scoreAt: scoreAt.map(of) };
}

/** `asked`: how many seeds there were to be, where there are fewer. */
function resultOf(
  bySeed: readonly (readonly Learner[])[],
  options: LearningOptions,
  asked: number | undefined,
): Result {
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
    claims: asked === undefined ? learningClaims(bySeed, options) : [],
    notes: learningNotes(bySeed, options, asked),
    next: nextAfterLearning(cells, options),
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
    ...(options.radii === undefined ? {} : { radii: options.radii }),
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
    engine: options.engine,
    ...(from === undefined ? {} : { updatesBefore: from.updates }),
  };
}

const temperatures = [0.2, 0.5, 1, 1.5];

function speechesOf(learners: readonly Learner[], options: LearningOptions) {
  const { task, speech, seed } = options;
  if (speech === undefined) return [];
  const { classes = [] } = task;
  const textOf = (words: Iterable<number>) => Array.from(words, (word) => classes[word]).join('');
  const { beginning, count } = speech;
  // A model whose outputs are not finite predicts nothing.
  return learners.flatMap((learner, c) =>
    learner.diverged !== undefined
      ? []
      : samplesOf(
          learner.name,
          textOf(beginning),
          temperatures.map((temperature) => {
            const rng = random(seed).fork('speech');
            return {
              temperature,
              text: textOf(generate(modelOf(options, c, learner), task, { beginning, count, temperature, rng })),
            };
          }),
        ),
  );
}
