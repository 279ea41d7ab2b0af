// The adding problem: Hochreiter & Schmidhuber 1997, experiment 4, in the form of Arjovsky, Shah & Bengio 2016.

import { lossAbove, lossBelow } from './bounds.ts';
import { blank, type Task } from './task.ts';

/** x_t = [a number from 0 to 1, a mark]; one mark in each half; at the last step the sum of the two marked numbers is wanted. */
const adding: Task = {
  order: 1,
  name: 'adding',
  says: 'add the two marked numbers of a long list',
  source: 'Hochreiter & Schmidhuber 1997, experiment 4; Arjovsky, Shah & Bengio 2016',
  inputs: 2,
  outputs: 1,
  loss: 'squared error',
  score: 'squared error',
  shortest: 2,
  usual: { steps: 30, hidden: 16, batch: 20, updates: 400, rate: 0.01 },
  batch(rng, size, steps) {
    const made = blank(adding, steps, size);
    const half = Math.floor(steps / 2);
    for (let b = 0; b < size; b++) {
      const [first, second] = [rng.below(half), half + rng.below(steps - half)];
      let sum = 0;
      for (let t = 0; t < steps; t++) {
        const value = rng.uniform();
        made.put(t, b, 0, value);
        if (t !== first && t !== second) continue;
        made.put(t, b, 1, 1);
        sum += value;
      }
      made.want(steps - 1, b, sum);
    }
    return made.batch;
  },
  /** Always saying 1 leaves the variance of two numbers from 0 to 1: 2/12. */
  baseline: () => ({ loss: 1 / 6, score: 1 / 6, says: 'always 1: 1/6' }),
  learned: [lossBelow('gru', 0.02), lossAbove('rnn', 0.1, 'does not learn it')],
};
export default adding;
