// The sizes of a call's matrices and vectors, by the names that the exercise has for them.

import type { Value } from '../value.ts';
import { listed, type Speaking } from './words.ts';

/** `a list of 4 lists of 1 number` is [4, 1], `a number` is []; undefined for what is no block of numbers. */
export function sizesOf(words: string): readonly number[] | undefined {
  if (words === 'a number') return [];
  const found = /^a list of ((?:\d+ lists? of )*)(\d+) numbers?$/.exec(words);
  if (found === null) return undefined;
  return [...found[1]!.matchAll(/\d+/g), [found[2]!]].map(([digits]) => Number(digits));
}

interface Block {
  readonly name: string;
  readonly sizes: readonly number[];
}

/** Vectors and matrices of the call, those of records too, in their order. */
export const blocksOf = ({ parameters, given = [] }: Speaking): readonly Block[] =>
  given.flatMap((value, i) => blocksIn(parameters[i] ?? '', value));

function blocksIn(name: string, value: Value): Block[] {
  if (typeof value !== 'object') return [];
  if (!Array.isArray(value)) return Object.entries(value).flatMap(([part, item]) => blocksIn(part, item));
  const [row] = value;
  return [{ name, sizes: Array.isArray(row) ? [value.length, row.length] : [value.length] }];
}

const most = 3;

/** `` `W_z` is 3×3 and `U_z` is 3×2 ``, each shape once; undefined where the call has no matrix. */
export function sizesSaid(speaking: Speaking): string | undefined {
  // xs is a list of vectors, and no matrix.
  const matrices = blocksOf(speaking).filter(({ name, sizes }) => sizes.length === 2 && /^[A-Z]/.test(name));
  const shapes = new Map(matrices.map((block) => [block.sizes.join('×'), block]));
  const first = [...shapes.keys()].map((shape) => matrices.find(({ sizes }) => sizes.join('×') === shape)!);
  if (first.length === 0) return undefined;
  return listed(first.slice(0, most).map(({ name, sizes }) => `\`${name}\` is ${sizes.join('×')}`));
}

/** A matrix and a vector that it can be multiplied with: `['W_h', 'h_prev']`. */
export function product(speaking: Speaking): readonly [string, string] {
  const blocks = blocksOf(speaking);
  for (const { name, sizes } of blocks) {
    const vector =
      sizes.length === 2 && blocks.find((other) => other.sizes.length === 1 && other.sizes[0] === sizes[1]);
    if (vector && /^[A-Z]/.test(name)) return [name, vector.name];
  }
  return ['W', 'v'];
}
