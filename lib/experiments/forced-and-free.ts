// The error of one model on the same sequences twice: hearing the truth, and hearing its own likeliest words.

import { random } from '../numbers/random.ts';
import type { Task } from '../tasks/task.ts';
import { evaluate } from '../training/evaluate.ts';
import type { Model } from '../training/model.ts';

/** What an error is counted in. */
export interface Measure {
  readonly label: string;
  readonly unit?: string;
  /** From a task's score: accuracy, or mean squared error. */
  readonly of: (score: number) => number;
}

/** One error that grows with another is a share in percent, or a root mean square in the units of the series. */
export const measureOf = ({ score }: Pick<Task, 'score'>, deviation = 1): Measure =>
  score === 'accuracy'
    ? { label: 'error', unit: '%', of: (accuracy) => 100 * (1 - accuracy) }
    : { label: 'RMSE', of: (squared) => deviation * Math.sqrt(squared) };

/** Errors over the steps that the model runs on its own, and over all of these together. */
export interface ForcedAndFree {
  readonly forcedAt: readonly number[];
  readonly freeAt: readonly number[];
  readonly forced: number;
  readonly free: number;
}

export interface Trial {
  readonly task: Task;
  readonly sequences: number;
  readonly steps: number;
  /** Steps at whose inputs the truth is heard in any case; the errors begin behind them. */
  readonly prefix: number;
  readonly measure: Measure;
}

/** The sequences depend on the seed alone. Throws RangeError for a task without feedback. */
export function forcedAndFree(model: Model, trial: Trial, seed: number): ForcedAndFree {
  const { task, sequences, steps, prefix, measure } = trial;
  const scoresWith = (more: { readonly freeFrom?: number }): number[] =>
    evaluate(model, task, { rng: random(seed).fork('evaluation'), sequences, steps, ...more }).scoreAt.slice(prefix);
  const forced = scoresWith({});
  const free = scoresWith({ freeFrom: Math.max(1, prefix) });
  // Every step has as many sequences.
  const over = (scores: number[]): number => measure.of(scores.reduce((a, b) => a + b, 0) / scores.length);
  return {
    forcedAt: forced.map(measure.of),
    freeAt: free.map(measure.of),
    forced: over(forced),
    free: over(free),
  };
}
