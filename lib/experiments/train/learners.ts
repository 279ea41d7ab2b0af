// Cells that learn a task side by side from one seed: what `train` and `variants` have in common.

import type { Cell } from '../../cells/catalogue.ts';
import { counted } from '../../numbers/counted.ts';
import { exp, log } from '../../numbers/elementary.ts';
import { type Random, random } from '../../numbers/random.ts';
import { type EngineName, runnersFor } from '../../options/engine.ts';
import type { GivenTask } from '../../options/given-task.ts';
import {
  type InitialisedCell,
  initialisedCells,
  type StartOptions,
  startValues,
} from '../../options/initialisation.ts';
import { type LoadedModel, updatesOf } from '../../options/loaded-model.ts';
import type { LinesFigure } from '../../render/result.ts';
import type { Truncation } from '../../training/bptt.ts';
import type { Clip } from '../../training/clipping.ts';
import { createModel, type Design, emptyModel, type Model } from '../../training/model.ts';
import { type OptimiserName, optimisers } from '../../training/optimisers.ts';
import type { MakeRunner } from '../../training/runner.ts';
import {
  constantSchedule,
  cosineSchedule,
  exponentialSchedule,
  type Schedule,
  stepSchedule,
} from '../../training/schedules.ts';
import { evaluateModel, type Scores } from '../../training/scores.ts';
import { train } from '../../training/training-loop.ts';
import { divergedSays, firstNonFiniteIn } from '../diverged.ts';
import type { Watch } from '../kit/seeds.ts';

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
  readonly task: GivenTask;
  readonly cells: readonly Cell[];
  readonly layers: number;
  readonly directions: 1 | 2;
  readonly start: StartOptions;
  /** A line for each cell at each spectral radius, instead of the cells as they start. */
  readonly radii?: readonly number[] | undefined;
  readonly steps: number;
  readonly batch: number;
  readonly updates: number;
  readonly rate: number;
  readonly optimiser: OptimiserName;
  readonly schedule: ScheduleName;
  readonly clip?: Clip | undefined;
  readonly truncation?: Truncation | undefined;
  readonly seed: number;
  readonly seeds: number;
  /** To go on with, in place: then there is one cell and one seed. */
  readonly loaded?: LoadedModel | undefined;
  readonly engine: EngineName;
  /** At most so many new sequences for the evaluation; 500, if absent. */
  readonly sequences?: number | undefined;
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

/** A line for each cell; or for each cell at each spectral radius, which its name says. */
export const linesFor = ({ cells, radii, start }: LearningOptions): InitialisedCell[] =>
  initialisedCells(cells, start, radii, ({ name }, radius) => `${name} ρ ${radius}`).map((line) => ({
    ...line,
    cell: { ...line.cell, name: line.name },
  }));

/** The k-th seed trains every cell, as far as it comes; undefined where it was stopped before the first update. `curve`: of those that still learn. */
export async function learn(
  options: LearningOptions,
  k: number,
  watch: Watch,
  curve: (learners: readonly Learner[]) => LinesFigure,
): Promise<Learned | undefined> {
  const { seeds, seed, updates } = options;
  const rng = random(seed + k);
  const runners = await runnersFor(options.engine);
  const training = linesFor(options).map((line) => trainingOf(line, options, runners, rng));
  const learners = training.map(({ learner }) => learner);
  for (let update = 1; update <= updates && !watch.stopped(); update++) {
    if (!learnOnce(training, options.batch)) break;
    await watch.tick(update, updates, {
      values: learners.map(({ name, losses }) => ({ name, value: losses.at(-1) ?? Number.NaN })),
      count: `update ${update} of ${updates}${seeds > 1 ? `, seed ${k + 1} of ${seeds}` : ''}`,
      figure: () => curve(learners),
    });
  }
  if (learners.every(({ losses, diverged }) => losses.length === 0 && diverged === undefined)) return undefined;
  for (const each of training) score(each, options, rng);
  const whole = learners.every(({ losses, diverged }) => losses.length === updates || diverged !== undefined);
  return { learners, whole };
}

/** The updates that a model had seen before it was loaded. */
export const updatesBefore = ({ loaded }: LearningOptions): number => (loaded === undefined ? 0 : updatesOf(loaded));

/** One cell from one seed, as a model. */
export function modelOf(options: LearningOptions, c: number, { parameters }: Learner): Model {
  const model = emptyModel(designOf(linesFor(options)[c]!.cell, options));
  model.parameters.set(parameters);
  return model;
}

function designOf(cell: Cell, { task, layers, directions, start, loaded }: LearningOptions): Design {
  const cells = Array.from({ length: layers }, () => cell);
  return (
    loaded?.model.design ?? { cells, directions, hidden: start.hidden, inputs: task.inputs, outputs: task.outputs }
  );
}

interface Training {
  readonly learner: Learner;
  readonly model: Model;
  readonly run: ReturnType<typeof train>;
}

function trainingOf(
  { cell, start }: InitialisedCell,
  options: LearningOptions,
  runners: MakeRunner | undefined,
  rng: Random,
): Training {
  const { task, steps, batch, updates, rate, clip, truncation, loaded } = options;
  const design = { ...designOf(cell, options), runners };
  const model = createModel(design, rng.fork('model'), (of, sizes, stream) => startValues(of, sizes, start, stream));
  if (loaded !== undefined) model.parameters.set(loaded.model.parameters);
  const before = updatesBefore(options);
  const run = train(model, {
    task,
    // The same data for every cell; and other data than before for a model that goes on.
    rng: rng.fork(before === 0 ? 'data' : `data after ${before} updates`),
    steps,
    batch,
    updates,
    rate: schedules[options.schedule](rate, updates),
    optimiser: optimisers[options.optimiser](),
    clip,
    truncation,
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
}: Pick<LearningOptions, 'steps' | 'start' | 'layers' | 'directions' | 'sequences'>): number =>
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
