// Seeded random numbers: the same seed gives the same numbers on every machine and every Node.
// Uniform bits from pure-rand's xoroshiro128+; everything on top uses + - * / sqrt and our own logarithm, all exactly defined.

import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { log } from './elementary.ts';
import { dot, filled, type Matrix, norm, zeros } from './matrix.ts';

export interface Random {
  /** A double in [0, 1) with 53 random bits. */
  uniform(): number;
  /** Mean 0, variance 1. Marsaglia's polar method (1964). */
  normal(): number;
  /** A whole number from 0 to n-1. */
  below(n: number): number;
  /** An independent stream, named so that asking for one never moves another. */
  fork(name: string): Random;
}

/** A stream for a whole-number seed. Streams of different seeds are independent for all that an experiment can tell. */
export function random(seed: number): Random {
  const generator = xoroshiro128plus(scramble(seed));
  let spare: number | undefined;
  const uniform = (): number => {
    const high = generator.next() >>> 5;
    const low = generator.next() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  };
  const normal = (): number => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const scale = Math.sqrt((-2 * log(s)) / s);
        spare = v * scale;
        return u * scale;
      }
    }
  };
  return {
    uniform,
    normal,
    below: (n) => Math.floor(uniform() * n),
    fork: (name) => random(hash(name, seed)),
  };
}

/** Mixes the bits of a seed (MurmurHash3's finaliser), so that 1, 2, 3 start far apart. */
function scramble(seed: number): number {
  let h = Math.trunc(seed) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** FNV-1a over the name, started from the seed. */
function hash(name: string, seed: number): number {
  let h = scramble(seed) ^ 0x811c9dc5;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193);
  return h;
}

/** A direction in n dimensions, drawn evenly, of length 1. */
export function unitVector(n: number, rng: Random): Float64Array {
  const stream = rng.fork('direction');
  const v = filled(n, 1, stream.normal);
  const length = norm(v);
  return v.data.map((value) => value / length);
}

/**
 * A random rows×columns matrix: A Aᵀ = I when rows ≤ columns, AᵀA = I otherwise. Gram–Schmidt, twice (Giraud et al. 2005), on a
 * Gaussian matrix.
 */
export function orthogonalMatrix(rows: number, columns: number, rng: Random): Matrix {
  const [count, length] = rows <= columns ? [rows, columns] : [columns, rows];
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const v = filled(length, 1, rng.normal).data;
    for (let pass = 0; pass < 2; pass++)
      for (const u of vectors) {
        const along = dot(u, v);
        for (let i = 0; i < length; i++) v[i]! -= along * u[i]!;
      }
    const size = Math.sqrt(dot(v, v));
    if (size < 1e-8) continue;
    vectors.push(v.map((value) => value / size));
  }
  const out = zeros(rows, columns);
  for (const [i, v] of vectors.entries())
    for (const [j, value] of v.entries()) out.data[rows <= columns ? i * columns + j : j * columns + i] = value;
  return out;
}
