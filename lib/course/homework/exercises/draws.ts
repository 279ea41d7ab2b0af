// Numbers for exercises: such that every mistake shows, and few digits, so that a learner can read and retype them. No entry is near
// 0 (a dropped term would hide), none is beyond 1 (a squashed sum would saturate), and no two of a tensor have the same size (a
// matrix is never its own transpose).

import type { Random } from '../../../numbers/random.ts';

/** `n` numbers of two digits, |v| from .20 to .90, random in sign, no two of the same size. n is at most 71. */
export function drawnVector(rng: Random, n: number): number[] {
  const left = Array.from({ length: 71 }, (_, k) => 20 + k);
  return Array.from({ length: n }, () => {
    const [hundredths] = left.splice(rng.below(left.length), 1);
    return ((rng.uniform() < 0.5 ? -1 : 1) * hundredths!) / 100;
  });
}

/** The same as a list of rows. */
export function drawnMatrix(rng: Random, rows: number, columns: number): number[][] {
  const all = drawnVector(rng, rows * columns);
  return Array.from({ length: rows }, (_, row) => all.slice(row * columns, (row + 1) * columns));
}

/** H and D, never equal: an argument of the wrong kind has the wrong shape, too. */
export function drawnSizes(rng: Random, size: 'small' | 'large'): { readonly H: number; readonly D: number } {
  const sizes =
    size === 'small'
      ? [
          [3, 2],
          [2, 3],
        ]
      : [
          [4, 3],
          [3, 5],
        ];
  const [H, D] = sizes[rng.below(sizes.length)]!;
  return { H: H!, D: D! };
}

/** The weights of gates (and a candidate) under the names that the cells of this package have: W_f, U_f, b_f, W_i, … */
export function drawnGates(
  rng: Random,
  gates: string,
  { H, D }: { readonly H: number; readonly D: number },
): Record<string, number[] | number[][]> {
  return Object.fromEntries(
    [...gates].flatMap((gate) => [
      [`W_${gate}`, drawnMatrix(rng, H, H)],
      [`U_${gate}`, drawnMatrix(rng, H, D)],
      [`b_${gate}`, drawnVector(rng, H)],
    ]),
  );
}
