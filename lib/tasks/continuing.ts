// A series to be continued: the next value is wanted at every step, and comes back as the next input when the model runs freely.

import type { Random } from '../numbers/random.ts';
import { type Baseline, blank, type Task } from './task.ts';

/** `draw` gives so many successive values of a new sequence; throws RangeError when it has not so many. */
export function continuing(
  about: Pick<Task, 'name' | 'says' | 'source'> &
    Partial<Pick<Task, 'order' | 'heldOut' | 'usual' | 'drawnFrom' | 'exposure' | 'learned'>>,
  draw: (rng: Random, count: number) => ArrayLike<number>,
  baseline: () => Baseline,
): Task {
  const task: Task = {
    inputs: 1,
    outputs: 1,
    loss: 'squared error',
    score: 'squared error',
    shortest: 1,
    usual: { steps: 50, hidden: 16, batch: 16, updates: 400, rate: 0.01 },
    feedback: { kind: 'value', at: 0, size: 1 },
    ...about,
    batch(rng, size, steps) {
      const made = blank(task, steps, size);
      for (let b = 0; b < size; b++) {
        const values = draw(rng, steps + 1);
        for (let t = 0; t < steps; t++) {
          made.put(t, b, 0, values[t]!);
          made.want(t, b, values[t + 1]!);
        }
      }
      return made.batch;
    },
    baseline,
  };
  return task;
}

/** The mean squared error of saying the last value again, measured on a series. */
export function lastAgain(values: ArrayLike<number>): Baseline {
  let sum = 0;
  for (let t = 1; t < values.length; t++) {
    const step = values[t]! - values[t - 1]!;
    sum += step * step;
  }
  const mean = sum / (values.length - 1);
  return { loss: mean, score: mean, says: 'the last value again' };
}
