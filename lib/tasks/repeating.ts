// Copying and reversal as sequence to sequence has them (Sutskever, Vinyals & Le 2014), for a single network: hear, then say.

import { log } from '../numbers/elementary.ts';
import { blank } from './blank.ts';
import type { Task } from './task.ts';

const symbols = 8;

function repeating(name: string, says: string, heardAt: (said: number, count: number) => number): Task {
  const task: Task = {
    name,
    says,
    source: 'Sutskever, Vinyals & Le 2014',
    inputs: symbols + 1,
    outputs: symbols,
    loss: 'cross-entropy',
    score: 'accuracy',
    shortest: 2,
    usual: { steps: 8, hidden: 32, batch: 16, updates: 600, rate: 0.01 },
    /** Half of the steps hear one of eight symbols each; at the other half, with a sign for `speak` as input, they are wanted. */
    batch(rng, size, steps) {
      const made = blank(task, steps, size);
      const count = Math.floor(steps / 2);
      for (let b = 0; b < size; b++) {
        const heard = Array.from({ length: count }, () => rng.below(symbols));
        for (const [t, symbol] of heard.entries()) {
          made.put(t, b, symbol, 1);
          made.put(count + t, b, symbols, 1);
          made.want(count + t, b, heard[heardAt(t, count)]!);
        }
      }
      return made.batch;
    },
    baseline: () => ({ loss: log(symbols), score: 1 / symbols, says: 'one of eight at random: ln 8' }),
  };
  return task;
}

export const copy = repeating('copy', 'say the symbols again in order', (said) => said);
export const reversal = repeating(
  'reversal',
  'say the symbols again, the last one first',
  (said, count) => count - 1 - said,
);
