// Tasks from one sequence to another: what is read whole, and what is then to be said, each as symbols; and where every output
// comes from, so that an alignment can be held against it.

import type { Random } from '../numbers/random.ts';

export interface Pair {
  /** S symbols, as indices into `sourceSymbols`. */
  readonly source: readonly number[];
  /** T symbols, as indices into `targetSymbols`. */
  readonly target: readonly number[];
  /** For each output the source positions, from 0, of which any is right; none where it comes from nowhere. */
  readonly gold: readonly (readonly number[])[];
  /** How many symbols the source has without its padding. */
  readonly length: number;
}

export interface PairTask {
  /** Its place in lists; without one it comes last. */
  readonly order?: number;
  readonly name: string;
  /** One line for whoever asks what is to be learned. */
  readonly says: string;
  readonly source: string;
  readonly sourceSymbols: readonly string[];
  readonly targetSymbols: readonly string[];
  /** S, where the task has no other. */
  readonly onlySteps?: number;
  /** T, for a source of S. */
  readonly targetSteps: (sourceSteps: number) => number;
  pair(rng: Random, sourceSteps: number): Pair;
  /** The pair of a source as somebody types it; undefined for what is none. */
  readonly pairOf: (text: string) => Pair | undefined;
  /** What a source looks like. */
  readonly example: string;
}

export const indicesOf = (text: string, symbols: readonly string[]): number[] =>
  [...text].map((character) => symbols.indexOf(character));
