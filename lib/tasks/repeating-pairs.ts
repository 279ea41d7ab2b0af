// Copy and reversal with an encoder and a decoder, as Sutskever, Vinyals & Le 2014 have them: all is heard, then all is said.

import { indicesOf, type Pair, type PairTask } from './pairs.ts';

const letters = [...'abcdefgh'];

function repeating(name: string, says: string, comesFrom: (i: number, steps: number) => number): PairTask {
  const repeated = (source: readonly number[]): Pair => {
    const from = source.map((_, i) => comesFrom(i, source.length));
    return { source, target: from.map((j) => source[j]!), gold: from.map((j) => [j]), length: source.length };
  };
  return {
    name,
    says,
    source: 'Sutskever, Vinyals & Le 2014',
    sourceSymbols: letters,
    targetSymbols: letters,
    targetSteps: (steps) => steps,
    pair: (rng, steps) => repeated(Array.from({ length: steps }, () => rng.below(letters.length))),
    pairOf: (text) => (/^[a-h]{2,}$/.test(text) ? repeated(indicesOf(text, letters)) : undefined),
    example: 'badcafe',
  };
}

export const copyPairs = repeating('copy', 'say the symbols again in order', (i) => i);
export const reversalPairs = repeating(
  'reversal',
  'say the symbols again, the last one first',
  (i, steps) => steps - 1 - i,
);
