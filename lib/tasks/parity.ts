// Parity of the bits so far: the oldest task that no net without memory can do (Minsky & Papert 1969; Elman 1990 for XOR in time).

import { log } from '../numbers/elementary.ts';
import { accuracyAbove } from './bounds.ts';
import { blank, type Task } from './task.ts';

/** x_t is a fair bit, 0 or 1; at every step the parity of all bits up to it is wanted. */
const parity: Task = {
  order: 5,
  name: 'parity',
  says: 'tell at every step whether the ones so far are odd',
  source: 'Minsky & Papert 1969; in time: Elman 1990',
  inputs: 1,
  outputs: 2,
  loss: 'cross-entropy',
  score: 'accuracy',
  shortest: 1,
  usual: { steps: 12, hidden: 8, batch: 32, updates: 600, rate: 0.01 },
  batch(rng, size, steps) {
    const made = blank(parity, steps, size);
    for (let b = 0; b < size; b++)
      for (let t = 0, odd = 0; t < steps; t++) {
        const bit = rng.below(2);
        odd = (odd + bit) % 2;
        made.put(t, b, 0, bit);
        made.want(t, b, odd);
      }
    return made.batch;
  },
  /** Without the parity of the bits before, the last one tells nothing; at the first step alone it tells all. */
  baseline: (steps) => ({
    loss: ((steps - 1) / steps) * log(2),
    score: 0.5 + 0.5 / steps,
    says: 'the last bit alone: right at step 1, then a coin',
  }),
  learned: [accuracyAbove('gru', 0.95), accuracyAbove('lstm', 0.95)],
};
export default parity;
