// Majority of three neighbours, of which one is in the future: what a second direction is for (Schuster & Paliwal 1997). The course's own.

import { log } from '../numbers/elementary.ts';
import { accuracyAbove, accuracyBelow } from './bounds.ts';
import { blank, type Task } from './task.ts';

/** x_t is a fair bit as ±1; wanted is the majority of x_{t-1}, x_t and x_{t+1}, at every step that has both neighbours. */
const majority: Task = {
  order: 8,
  name: 'majority',
  says: 'tell the majority of a bit, the one before and the one to come',
  source: 'our own; after Schuster & Paliwal 1997',
  inputs: 1,
  outputs: 2,
  loss: 'cross-entropy',
  score: 'accuracy',
  shortest: 3,
  usual: { steps: 12, hidden: 8, batch: 32, updates: 150, rate: 0.01 },
  batch(rng, size, steps) {
    const made = blank(majority, steps, size);
    for (let b = 0; b < size; b++) {
      const bits = Array.from({ length: steps }, () => rng.below(2));
      for (const [t, bit] of bits.entries()) {
        made.put(t, b, 0, 2 * bit - 1);
        if (t > 0 && t < steps - 1) made.want(t, b, bits[t - 1]! + bit + bits[t + 1]! >= 2 ? 1 : 0);
      }
    }
    return made.batch;
  },
  /** Two equal bits settle it, two different ones (half of the time) leave a coin: the ceiling of every causal model, exactly. */
  baseline: () => ({ loss: 0.5 * log(2), score: 0.75, says: 'without the future: 75 %, ½ ln 2' }),
  learned: ['rnn', 'gru', 'lstm'].flatMap((cell) => [
    accuracyBelow(cell, 0.8, 'cannot know the future'),
    { ...accuracyAbove(cell, 0.99, 'knows it, reading both ways'), directions: 2 },
  ]),
};
export default majority;
