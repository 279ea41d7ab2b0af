// Copying and reversal (Sutskever, Vinyals & Le 2014): for a single network, which hears and then says, and for an encoder and a decoder.

import { log } from '../numbers/elementary.ts';
import { accuracyAbove, type LearningBound } from './bounds.ts';
import { blank, indicesOf, type Pair, type PairTask, type Task } from './task.ts';

interface Repetition {
  readonly name: string;
  readonly says: string;
  /** Which of `count` symbols is output i. */
  readonly comesFrom: (i: number, count: number) => number;
  readonly learned: readonly LearningBound[];
}

const copy: Repetition = {
  name: 'copy',
  says: 'say the symbols again in order',
  comesFrom: (i) => i,
  learned: [
    accuracyAbove('rnn', 0.95),
    accuracyAbove('gru', 0.8, 'learns most of it'),
    accuracyAbove('lstm', 0.8, 'learns most of it'),
  ],
};
const reversal: Repetition = {
  name: 'reversal',
  says: 'say the symbols again, the last one first',
  comesFrom: (i, count) => count - 1 - i,
  learned: ['rnn', 'gru', 'lstm'].map((cell) => accuracyAbove(cell, 0.6, 'learns most of it')),
};

const letters = [...'abcdefgh'];
const symbols = letters.length;
const source = 'Sutskever, Vinyals & Le 2014';

function repeating({ name, says, comesFrom, learned }: Repetition, order: number): Task {
  const task: Task = {
    order,
    name,
    says,
    source,
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
          made.want(count + t, b, heard[comesFrom(t, count)]!);
        }
      }
      return made.batch;
    },
    baseline: () => ({ loss: log(symbols), score: 1 / symbols, says: 'one of eight at random: ln 8' }),
    learned,
  };
  return task;
}

function repeatingPairs({ name, says, comesFrom }: Repetition, order: number): PairTask {
  const repeated = (heard: readonly number[]): Pair => {
    const from = heard.map((_, i) => comesFrom(i, heard.length));
    return { source: heard, target: from.map((j) => heard[j]!), gold: from.map((j) => [j]), length: heard.length };
  };
  return {
    order,
    name,
    says,
    source,
    sourceSymbols: letters,
    targetSymbols: letters,
    targetSteps: (steps) => steps,
    pair: (rng, steps) => repeated(Array.from({ length: steps }, () => rng.below(letters.length))),
    pairOf: (text) => (/^[a-h]{2,}$/.test(text) ? repeated(indicesOf(text, letters)) : undefined),
    example: 'badcafe',
  };
}

export default [repeating(copy, 10), repeating(reversal, 11), repeatingPairs(copy, 1), repeatingPairs(reversal, 2)];
