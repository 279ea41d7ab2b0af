// Training: one batch after another, forward, back, clipped, and a step of the optimiser. It can be left at any update.

import { lengthOf } from '../numbers/matrix.ts';
import type { Random } from '../numbers/random.ts';
import type { Batch, Task } from '../tasks/task.ts';
import { backpropagation, type Truncation } from './bptt.ts';
import { type Clip, clip } from './clipping.ts';
import { feedPredictionsBack } from './free-running.ts';
import type { Model } from './model.ts';
import { adam, type OptimiserOf } from './optimisers.ts';
import type { Schedule } from './schedules.ts';
import { type Unrolled, unroll } from './unroll.ts';

export interface TrainOptions {
  readonly task: Task;
  /** Of the data alone: the same data whatever else is random. */
  readonly rng: Random;
  readonly steps: number;
  readonly batch: number;
  readonly updates: number;
  readonly rate: Schedule;
  /** Adam, if absent. */
  readonly optimiser?: OptimiserOf;
  readonly clip?: Clip | undefined;
  /** How often the model hears the truth and not its own words; always, if absent. */
  readonly sampling?: Sampling | undefined;
  /** Back through whole sequences, if absent; else each stride is an update. */
  readonly truncation?: Truncation | undefined;
}

export interface Sampling {
  readonly truth: Schedule;
  /** A coin for every step of every sequence, or one for every sequence. */
  readonly by: 'step' | 'sequence';
  /** How the model's own word is chosen: drawn by its probability, or the likeliest. A series has one word only. */
  readonly own: 'sampled' | 'likeliest';
}

/** Why training ended early. */
export interface Divergence {
  /** Whole updates before it. */
  readonly updates: number;
  /** What was the first to be infinite or NaN. */
  readonly overflow: 'loss' | 'gradient';
  /** The data it came out of. */
  readonly batch: Batch;
}

export interface Progress {
  /** Counted from 1. */
  readonly update: number;
  /** Of this update's data, before its step. */
  readonly loss: number;
  readonly clipped: boolean;
  readonly rate: number;
  /** ε of this update; 1 without sampling. */
  readonly truth: number;
}

/**
 * Trains a model in place, one update for every value yielded. Ends when it is left, or when the loss or its gradient is not finite; the
 * model keeps the parameters of the last whole update.
 * Throws RangeError when the model and the task differ in size, or where the task or the model cannot do what the options ask.
 */
export function* train(model: Model, options: TrainOptions): Generator<Progress, Divergence | undefined, undefined> {
  const { task, rng, steps, batch: size, rate, truncation, sampling } = options;
  checkSizes(model, task);
  const back = backpropagation(model, task.loss, { steps: truncation?.window ?? steps, batch: size });
  const talking = sampling === undefined ? undefined : unroll(model, { steps: 1, batch: size, gradients: false });
  const optimiser = (options.optimiser ?? adam())(model.parameters.length);
  const coins = rng.fork('sampling');
  for (let update = 0; update < options.updates; ) {
    const batch = task.batch(rng, size, steps);
    const truth = sampling?.truth(update) ?? 1;
    if (sampling !== undefined && truth < 1) runFreely(talking!, options, sampling, batch, truth, coins);
    const stretches = truncation === undefined ? [back.whole(batch, steps)] : back.truncated(batch, steps, truncation);
    for (const { loss, weight } of stretches) {
      // Nothing was wanted in this stretch: the states flow on.
      if (weight === 0) continue;
      if (!Number.isFinite(loss)) return { updates: update, overflow: 'loss', batch };
      const { gradients } = back;
      const gradientNorm = lengthOf(gradients);
      const clipped = options.clip !== undefined && clip(gradients, options.clip, gradientNorm);
      if (!Number.isFinite(gradientNorm)) return { updates: update, overflow: 'gradient', batch };
      const now = rate(update);
      optimiser.step(model.parameters, gradients, now);
      update++;
      yield { update, loss, clipped, rate: now, truth };
      if (update === options.updates) return undefined;
    }
  }
  return undefined;
}

function runFreely(
  talking: Unrolled,
  { task, steps }: TrainOptions,
  { by, own }: Sampling,
  { inputs }: Batch,
  truth: number,
  coins: Random,
): void {
  const { feedback } = task;
  if (feedback === undefined) throw new RangeError(`${task.name} has no prediction that is the next input`);
  const isOwnSequence = Array.from({ length: talking.batch }, () => by === 'sequence' && coins.uniform() >= truth);
  const isOwn = by === 'sequence' ? (_: number, b: number) => isOwnSequence[b]! : () => coins.uniform() >= truth;
  feedPredictionsBack(talking, {
    feedback,
    inputs,
    steps,
    isOwn,
    sample: own === 'sampled' ? { rng: coins, temperature: 1 } : undefined,
  });
}

/** All of it at once; the last update's progress, or undefined for 0 updates. */
export function trainNow(model: Model, options: TrainOptions): Progress | undefined {
  let last: Progress | undefined;
  for (const progress of train(model, options)) last = progress;
  return last;
}

function checkSizes(model: Model, task: Task): void {
  const { inputs, outputs } = model.design;
  if (inputs !== task.inputs || outputs !== task.outputs)
    throw new RangeError(
      `the model reads ${inputs} and says ${outputs} numbers a step; ${task.name} has ${task.inputs} and wants ${task.outputs}`,
    );
}
