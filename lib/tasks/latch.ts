// The two-sequence latch: Bengio, Simard & Frasconi 1994; Hochreiter & Schmidhuber 1997, experiment 3.

import { log } from '../numbers/elementary.ts';
import { accuracyAbove, accuracyBelow } from './bounds.ts';
import { blank, type Task } from './task.ts';

const noise = Math.sqrt(0.2);

/** x_1 = ±1, then noise of variance 0.2; at the last step the sign of x_1 is wanted (class 1 for +). */
const latch: Task = {
  order: 3,
  name: 'latch',
  says: 'keep the sign of the first input through the noise behind it',
  source: 'Bengio, Simard & Frasconi 1994; Hochreiter & Schmidhuber 1997, experiment 3',
  inputs: 1,
  outputs: 2,
  loss: 'cross-entropy',
  score: 'accuracy',
  shortest: 1,
  usual: { steps: 20, hidden: 8, batch: 16, updates: 200, rate: 0.01 },
  batch(rng, size, steps) {
    const made = blank(latch, steps, size);
    for (let b = 0; b < size; b++) {
      const sign = rng.below(2);
      made.put(0, b, 0, 2 * sign - 1);
      for (let t = 1; t < steps; t++) made.put(t, b, 0, noise * rng.normal());
      made.want(steps - 1, b, sign);
    }
    return made.batch;
  },
  baseline: () => ({ loss: log(2), score: 0.5, says: 'a coin: ln 2' }),
  learned: [
    accuracyAbove('lstm', 0.95),
    { ...accuracyBelow('lstm', 0.65, 'forgets it at forget bias 0'), forgetBias: 0 },
    ...[0.9, 1.2].map((radius) => accuracyAbove(`rnn ρ ${radius}`, 0.95)),
    accuracyBelow('rnn ρ 0.2', 0.65, 'forgets it'),
  ],
  remark:
    'That an RNN fails beyond ten steps is no law: it depends on the task, and on how its matrices start (--radius .2,.9,1.2; Pascanu, Mikolov & Bengio 2013).',
};
export default latch;
