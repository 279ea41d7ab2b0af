// Temporal order: Hochreiter & Schmidhuber 1997, experiment 6a; positions relative to the length, as in Martens & Sutskever 2011.

import { log } from '../numbers/elementary.ts';
import { accuracyAbove } from './bounds.ts';
import { blank, type Task } from './task.ts';

/** a b c d are distractors, X and Y count, S starts and E ends. */
const [X, S, E] = [4, 6, 7];

/**
 * X or Y once within 10–20 % and once within 50–60 % of the length, all else distractors; at the end the class says which two
 * they were, in order: XX, XY, YX, YY.
 */
const temporalOrder: Task = {
  order: 4,
  name: 'temporal-order',
  says: 'say in which order two symbols came, among distractors',
  source: 'Hochreiter & Schmidhuber 1997, experiment 6a; Martens & Sutskever 2011',
  inputs: 8,
  outputs: 4,
  loss: 'cross-entropy',
  score: 'accuracy',
  shortest: 10,
  usual: { steps: 30, hidden: 16, batch: 20, updates: 600, rate: 0.01 },
  classes: ['XX', 'XY', 'YX', 'YY'],
  batch(rng, size, steps) {
    const made = blank(temporalOrder, steps, size);
    const within = (tenth: number): number => {
      const from = Math.floor((tenth * steps) / 10);
      return from + rng.below(Math.max(1, Math.floor(((tenth + 1) * steps) / 10) - from));
    };
    for (let b = 0; b < size; b++) {
      const [first, second] = [within(1), within(5)];
      const [a, z] = [rng.below(2), rng.below(2)];
      for (let t = 0; t < steps; t++) {
        const distractor = rng.below(4);
        const symbol = t === 0 ? S : t === steps - 1 ? E : t === first ? X + a : t === second ? X + z : distractor;
        made.put(t, b, symbol, 1);
      }
      made.want(steps - 1, b, 2 * a + z);
    }
    return made.batch;
  },
  baseline: () => ({ loss: log(4), score: 0.25, says: 'one of four at random: ln 4' }),
  learned: [accuracyAbove('gru', 0.95)],
};
export default temporalOrder;
