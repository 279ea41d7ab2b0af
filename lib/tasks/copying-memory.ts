// Copying memory: Hochreiter & Schmidhuber 1997; lengths and baseline of Arjovsky, Shah & Bengio 2016, section 4.1.

import { log } from '../numbers/elementary.ts';
import { accuracyAbove } from './bounds.ts';
import { blank, type Task } from './task.ts';

const symbols = 8;
const remembered = 10;
const [empty, go] = [symbols, symbols + 1];

/**
 * Ten of eight symbols, T - 1 blanks, a signal, ten blanks; wanted are T + 10 blanks and then the ten symbols. The steps are
 * T + 20, so the delay T is the steps less 20.
 */
const copyingMemory: Task = {
  order: 2,
  name: 'copying-memory',
  says: 'say ten symbols again after a long silence',
  source: 'Hochreiter & Schmidhuber 1997; Arjovsky, Shah & Bengio 2016, section 4.1',
  inputs: symbols + 2,
  outputs: symbols + 1,
  loss: 'cross-entropy',
  score: 'accuracy',
  shortest: 2 * remembered + 1,
  usual: { steps: 25, hidden: 48, batch: 20, updates: 600, rate: 0.01 },
  batch(rng, size, steps) {
    const made = blank(copyingMemory, steps, size);
    const scored = new Float64Array(steps * size);
    for (let b = 0; b < size; b++) {
      const said = Array.from({ length: remembered }, () => rng.below(symbols));
      for (let t = 0; t < steps; t++) {
        made.put(t, b, said[t] ?? (t === steps - remembered - 1 ? go : empty), 1);
        made.want(t, b, said[t - (steps - remembered)] ?? empty);
        if (t >= steps - remembered) scored[made.row(t, b)] = 1;
      }
    }
    return { ...made.batch, scored };
  },
  /** Blanks where they belong, and then one of the eight at random: 10 ln 8 / (T + 20) nats a step. */
  baseline: (steps) => ({
    loss: (remembered * log(symbols)) / steps,
    score: 1 / symbols,
    says: 'no memory: 10 ln 8 / (T + 20)',
  }),
  /** One of eight symbols is right by chance. */
  learned: [accuracyAbove('gru', 0.2, 'remembers some of it')],
};
export default copyingMemory;
