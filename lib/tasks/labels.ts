// A sequence of labels seen through noise: the task of the exposure experiment, in the shape of the speech task of
// Bengio, Vinyals, Jaitly & Shazeer 2015, section 4.3. The course's own.

import { log } from '../numbers/elementary.ts';
import { accuracyAbove } from './bounds.ts';
import { blank, type Task } from './task.ts';

const labels = 4;
const stays = 0.9;

/**
 * The label of a step is that of the step before with p = 0.9, else drawn anew from all four. x_t = [one-hot of the label plus
 * N(0, 1) on each of its entries, one-hot of the label before]; at step 1 there is none before, and zeros. Wanted: the label.
 */
const labelling: Task = {
  order: 9,
  name: 'labels',
  says: 'name a label that is seen through noise and likes to stay',
  source: 'our own; after Bengio, Vinyals, Jaitly & Shazeer 2015, section 4.3',
  inputs: 2 * labels,
  outputs: labels,
  loss: 'cross-entropy',
  score: 'accuracy',
  shortest: 2,
  usual: { steps: 30, hidden: 8, batch: 16, updates: 300, rate: 0.01 },
  feedback: { kind: 'one-hot', at: labels, size: labels },
  batch(rng, size, steps) {
    const made = blank(labelling, steps, size);
    for (let b = 0; b < size; b++)
      for (let t = 0, label = 0; t < steps; t++) {
        if (t > 0) made.put(t, b, labels + label, 1);
        if (t === 0 || rng.uniform() >= stays) label = rng.below(labels);
        for (let j = 0; j < labels; j++) made.put(t, b, j, rng.normal() + (j === label ? 1 : 0));
        made.want(t, b, label);
      }
    return made.batch;
  },
  baseline: () => ({ loss: log(labels), score: 1 / labels, says: 'one of four at random: ln 4' }),
  learned: ['rnn', 'gru', 'lstm'].map((cell) => accuracyAbove(cell, 0.88)),
  exposure: {
    at: { cell: 'rnn', hidden: 8, radius: 0.9, steps: 30, prefix: 0, updates: 300 },
    grows: 3,
    plateau: 10,
    costs: 1.5,
    helps: 0.6,
  },
};
export default labelling;
