// What a task is: seeded data with a target for every step that counts, and what somebody who has learned nothing would score.
// Shapes: T steps, B sequences, D inputs, O outputs; dense arrays are [T][B][entries].

import type { Random } from '../numbers/random.ts';
import type { ExposureBounds, LearningBound } from './bounds.ts';

/** Squared error: O numbers are wanted. Cross-entropy: one of O classes is. */
export type LossKind = 'squared error' | 'cross-entropy';

export interface Batch {
  /** [T][B][D] */
  readonly inputs: Float64Array;
  /** Squared error: [T][B][O]. Cross-entropy: the class from 0 to O-1, [T][B]. Anything where the weight is 0. */
  readonly targets: Float64Array;
  /** How much a step counts in the loss, [T][B]; 0 where nothing is wanted. */
  readonly weights: Float64Array;
  /** Where a prediction is scored, [T][B]; wherever the weight is above 0, if absent. */
  readonly scored?: Float64Array | undefined;
}

/** How the prediction of step t is the input of step t+1: as `size` entries of x from `at` on. */
export interface Feedback {
  readonly kind: 'one-hot' | 'value';
  readonly at: number;
  readonly size: number;
}

/** What is reached without learning: exact where `says` gives a formula. */
export interface Baseline {
  /** Weighted mean loss: the squared error, or nats. */
  readonly loss: number;
  /** The same in the task's score. */
  readonly score: number;
  /** The formula or the strategy, for a chart's legend. */
  readonly says: string;
}

/** Settings with which a small cell learns the task, or fails to in the way that is to be seen. */
export interface Usual {
  readonly steps: number;
  readonly hidden: number;
  readonly batch: number;
  readonly updates: number;
  readonly rate: number;
}

export interface Task {
  /** Its place in lists; without one it comes last. */
  readonly order?: number | undefined;
  readonly name: string;
  /** One line for whoever asks what is to be learned. */
  readonly says: string;
  /** Where the task comes from; `our own` where it was made for this program. */
  readonly source: string;
  /** D */
  readonly inputs: number;
  /** O */
  readonly outputs: number;
  readonly loss: LossKind;
  /** Accuracy: the share of scored steps at which the largest output is the target. Squared error: its mean over them. */
  readonly score: 'accuracy' | 'squared error';
  /** The shortest T that makes sense. */
  readonly shortest: number;
  readonly usual: Usual;
  /** Present where the model can be run on its own predictions. */
  readonly feedback?: Feedback | undefined;
  /** The names of the classes, where they have some. */
  readonly classes?: readonly string[] | undefined;
  /** The same task on data that `batch` never shows; absent where `batch` makes new data every time. */
  readonly heldOut?: Task | undefined;
  /** What sequences are stretches of, where data is given: `40 characters`. */
  readonly drawnFrom?: string | undefined;
  /** `size` sequences of `steps` steps. Throws RangeError when steps < shortest. */
  batch(rng: Random, size: number, steps: number): Batch;
  baseline(steps: number): Baseline;
  /** What is claimed under the usual settings. */
  readonly learned?: readonly LearningBound[] | undefined;
  readonly exposure?: ExposureBounds | undefined;
  /** A note on every training run. */
  readonly remark?: string | undefined;
}

/** A batch of zeros, which every task begins with, and the places in it. */
interface Blank {
  readonly batch: Batch;
  /** Index of (t, b), both from 0, in arrays of [T][B]. */
  readonly row: (t: number, b: number) => number;
  /** Sets entry j of x_t. */
  readonly put: (t: number, b: number, j: number, value: number) => void;
  /** Wants a class, or the number at output 0, at step t. */
  readonly want: (t: number, b: number, target: number) => void;
}

/** Throws RangeError when there are fewer steps than the task needs. */
export function blank(
  { name, inputs: D, outputs: O, loss, shortest }: Pick<Task, 'name' | 'inputs' | 'outputs' | 'loss' | 'shortest'>,
  steps: number,
  size: number,
): Blank {
  if (!(steps >= shortest)) throw new RangeError(`${name} needs at least ${shortest} steps, not ${steps}`);
  const rows = steps * size;
  const inputs = new Float64Array(rows * D);
  const width = loss === 'squared error' ? O : 1;
  const targets = new Float64Array(rows * width);
  const weights = new Float64Array(rows);
  const row = (t: number, b: number): number => t * size + b;
  return {
    batch: { inputs, targets, weights },
    row,
    put: (t, b, j, value) => {
      inputs[row(t, b) * D + j] = value;
    },
    want: (t, b, target) => {
      targets[row(t, b) * width] = target;
      weights[row(t, b)] = 1;
    },
  };
}

export interface Pair {
  /** S symbols, as indices into `sourceSymbols`. */
  readonly source: readonly number[];
  /** T symbols, as indices into `targetSymbols`. */
  readonly target: readonly number[];
  /** For each output the source positions, from 0, of which any is right; none where it comes from nowhere. */
  readonly gold: readonly (readonly number[])[];
  /** How many symbols the source has without its padding. */
  readonly length: number;
}

/**
 * From one sequence to another: what is read whole, and what is then to be said, each as symbols; and where every output comes from, so
 * that an alignment can be held against it.
 */
export interface PairTask {
  /** Its place in lists; without one it comes last. */
  readonly order?: number;
  readonly name: string;
  /** One line for whoever asks what is to be learned. */
  readonly says: string;
  readonly source: string;
  readonly sourceSymbols: readonly string[];
  readonly targetSymbols: readonly string[];
  /** S, where the task has no other. */
  readonly onlySteps?: number;
  /** T, for a source of S. */
  readonly targetSteps: (sourceSteps: number) => number;
  pair(rng: Random, sourceSteps: number): Pair;
  /** The pair of a source as somebody types it; undefined for what is none. */
  readonly pairOf: (text: string) => Pair | undefined;
  /** What a source looks like. */
  readonly example: string;
}

export const indicesOf = (text: string, symbols: readonly string[]): number[] =>
  [...text].map((character) => symbols.indexOf(character));
