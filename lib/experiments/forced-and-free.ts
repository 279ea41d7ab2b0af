// The error of one model on the same sequences twice: hearing the truth, and hearing its own likeliest words.

import { random } from '../numbers/random.ts';
import { mean } from '../numbers/statistics.ts';
import type { Task } from '../tasks/task.ts';
import { evaluateModel } from '../training/scores.ts';
import { firstNonFiniteIn } from './diverged.ts';
import type { TrainedModel } from './trained.ts';

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
  /** Why there are no errors, all of them NaN: training diverged, or what the model outputs is not finite. */
  readonly diverged?: string;
}

interface Trial {
  readonly task: Task;
  readonly sequences: number;
  readonly steps: number;
  /** Steps at whose inputs the truth is heard in any case; the errors begin behind them. */
  readonly prefix: number;
  readonly measure: Measure;
}

/** The sequences depend on the seed alone. Throws RangeError for a task without feedback. */
export function forcedAndFree({ model, diverged: early }: TrainedModel, trial: Trial, seed: number): ForcedAndFree {
  const { task, sequences, steps, prefix, measure } = trial;
  let diverged = early;
  const scoresWith = (more: { readonly freeFrom?: number }): number[] => {
    const rng = random(seed).fork('evaluation');
    const { batch, scoreAt } = evaluateModel(model, task, { rng, sequences, steps, ...more });
    const scores = scoreAt.slice(prefix);
    if (diverged === undefined && !scores.every(Number.isFinite)) {
      const how = more.freeFrom === undefined ? 'on new data' : 'running freely';
      diverged = `${how}, the error is not finite: ${firstNonFiniteIn(model, batch.inputs, steps, sequences) ?? 'it overflows'}`;
    }
    return diverged === undefined ? scores : scores.map(() => Number.NaN);
  };
  const forced = scoresWith({});
  const free = scoresWith({ freeFrom: Math.max(1, prefix) });
  // Every step has as many sequences.
  const over = (scores: number[]): number => measure.of(mean(scores));
  return {
    ...(diverged === undefined ? {} : { diverged }),
    forcedAt: forced.map(measure.of),
    freeAt: free.map(measure.of),
    forced: over(forced),
    free: over(free),
  };
}
