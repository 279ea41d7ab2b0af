// How good a model is on data that it has not seen: given the truth at every step, or left to its own words.

import type { Random } from '../numbers/random.ts';
import type { Batch, Task } from '../tasks/task.ts';
import { writeOwnWords } from './feedback.ts';
import type { Model } from './model.ts';
import { type Scores, scoresOf } from './scores.ts';
import { unroll } from './unrolled.ts';

export interface EvaluateOptions {
  readonly rng: Random;
  readonly sequences: number;
  readonly steps: number;
  /** From this step on (counted from 0, at least 1) the model hears its own likeliest words; never, if absent. */
  readonly freeFrom?: number;
}

export interface Evaluation extends Scores {
  /** What the model was asked, and heard. */
  readonly batch: Batch;
  /** [T][B][O] */
  readonly outputs: Float64Array;
}

/** Fresh data of the task's held-out kind where it has one. Throws RangeError for free running of a task without feedback. */
export function evaluate(model: Model, task: Task, { rng, sequences, steps, freeFrom }: EvaluateOptions): Evaluation {
  const source = task.heldOut ?? task;
  const batch = source.batch(rng, sequences, steps);
  const unrolled = unroll(model, { steps, batch: sequences, gradients: false });
  if (freeFrom !== undefined) {
    const { feedback } = task;
    if (feedback === undefined) throw new RangeError(`${task.name} has no prediction that is the next input`);
    writeOwnWords(unrolled, { feedback, inputs: batch.inputs, steps, isOwn: (t) => t >= freeFrom });
  }
  unrolled.inputs.set(batch.inputs);
  unrolled.forward();
  return { ...scoresOf(task, batch, unrolled.outputs, sequences), batch, outputs: unrolled.outputs };
}
