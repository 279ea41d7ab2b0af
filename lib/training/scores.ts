// How a prediction is scored, step by step; and how good a model is on data that it has not seen.

import type { Random } from '../numbers/random.ts';
import type { Batch, Task } from '../tasks/task.ts';
import { argmax, feedPredictionsBack } from './free-running.ts';
import { lossOf } from './loss.ts';
import type { Model } from './model.ts';
import { unroll } from './unroll.ts';

export interface Scores {
  /** Weighted mean over all steps: squared units or nats. */
  readonly loss: number;
  /** Accuracy or mean squared error over all scored steps; NaN where an output that is scored is not finite. */
  readonly score: number;
  /** The same at each step, T of them; NaN where no sequence is scored. */
  readonly scoreAt: readonly number[];
}

/** Scores outputs [T][B][O] of a batch of B sequences. */
function scoresOf(task: Task, batch: Batch, outputs: Float64Array, size: number): Scores {
  const { targets, weights, scored = weights } = batch;
  const O = task.outputs;
  const steps = weights.length / size;
  const scoreOf =
    task.score === 'accuracy'
      ? (row: number) => {
          const word = argmax(outputs.subarray(row * O, (row + 1) * O));
          return word < 0 ? Number.NaN : word === targets[row] ? 1 : 0;
        }
      : (row: number) => {
          let sum = 0;
          for (let j = row * O; j < (row + 1) * O; j++) {
            const error = outputs[j]! - targets[j]!;
            sum += error * error;
          }
          return sum;
        };
  const scoreAt: number[] = [];
  let [sum, count] = [0, 0];
  for (let t = 0; t < steps; t++) {
    let [own, counted] = [0, 0];
    for (let row = t * size; row < (t + 1) * size; row++) {
      if (scored[row] === 0) continue;
      own += scoreOf(row);
      counted++;
    }
    sum += own;
    count += counted;
    scoreAt.push(own / counted);
  }
  const loss = lossOf(task.loss, O, { rows: weights.length, gradients: false })({ outputs, targets, weights });
  return { loss, score: sum / count, scoreAt };
}

interface EvaluateOptions {
  readonly rng: Random;
  readonly sequences: number;
  readonly steps: number;
  /** From this step on (counted from 0, at least 1) the model hears its own likeliest words; never, if absent. */
  readonly freeFrom?: number;
}

interface Evaluation extends Scores {
  /** What the model was asked, and heard. */
  readonly batch: Batch;
  /** [T][B][O] */
  readonly outputs: Float64Array;
}

/** Fresh data of the task's held-out kind where it has one. Throws RangeError for free running of a task without feedback. */
export function evaluateModel(
  model: Model,
  task: Task,
  { rng, sequences, steps, freeFrom }: EvaluateOptions,
): Evaluation {
  const source = task.heldOut ?? task;
  const batch = source.batch(rng, sequences, steps);
  const unrolled = unroll(model, { steps, batch: sequences, gradients: false });
  if (freeFrom !== undefined) {
    const { feedback } = task;
    if (feedback === undefined) throw new RangeError(`${task.name} has no prediction that is the next input`);
    feedPredictionsBack(unrolled, { feedback, inputs: batch.inputs, steps, isOwn: (t) => t >= freeFrom });
  }
  unrolled.inputs.set(batch.inputs);
  unrolled.forward();
  return { ...scoresOf(task, batch, unrolled.outputs, sequences), batch, outputs: unrolled.outputs };
}
