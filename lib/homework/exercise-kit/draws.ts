// Numbers for exercises: such that every mistake shows, and few digits, so that a learner can read and retype them. No entry is near
// 0 (a dropped term would hide), none is beyond 1 (a squashed sum would saturate), and no two of a tensor have the same size (a
// matrix is never its own transpose).

import type { Random } from '../../numbers/random.ts';
import type { Value } from '../value.ts';
import { combined } from './values.ts';

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

/** Sizes to be drawn, or these: T steps where there are steps. */
export type Size = 'small' | 'large' | { readonly H: number; readonly D: number; readonly T?: number };

/** H and D; drawn ones are never equal: an argument of the wrong kind has the wrong shape, too. */
export function drawnSizes(rng: Random, size: Size): { readonly H: number; readonly D: number } {
  if (typeof size === 'object') return size;
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

interface Edges {
  readonly draw: (rng: Random, size: Size) => readonly Value[];
  /** Positions of arguments that go through a tanh or a sigmoid. Multiplied by 30 they saturate it and overflow nothing. */
  readonly inputs: readonly number[];
  /** Positions of arguments that the answer grows with: they may be as large as you like. */
  readonly linear?: readonly number[];
  /** Where one of the inputs is a sequence: how many steps it has. */
  readonly steps?: readonly number[];
}

/**
 * Calls with the sizes and numbers at which a program that is right on drawn numbers may be wrong: sizes of 1, H = D, one step and a hundred,
 * zeros, one sign, equal numbers, large and small ones. Weights are all arguments that are no inputs. A count is left as it is.
 */
export function edgeCalls(rng: Random, { draw, inputs, linear = [], steps = [] }: Edges): (readonly Value[])[] {
  const drawn = (name: string, size: Size = 'small') => draw(rng.fork(name), size);
  const changed = (given: readonly Value[], at: readonly number[], change: (v: number, k: number) => number) => {
    let k = 0;
    return given.map((value, i) =>
      typeof value === 'number' || !at.includes(i) ? value : combined((v) => change(v!, k++), value),
    );
  };
  const all = drawn('positions').map((_, i) => i);
  const data = [...inputs, ...linear];
  const weights = all.filter((i) => !data.includes(i));
  const times = (at: readonly number[], factor: number, given = drawn(`${at} times ${factor}`)) =>
    changed(given, at, (v) => v * factor);
  return [
    ...[
      { H: 1, D: 1 },
      { H: 1, D: 3 },
      { H: 3, D: 1 },
      { H: 2, D: 2, T: 2 },
    ].map((size) => drawn(`${size.H} and ${size.D}`, size)),
    ...[...data.map((i) => [i]), data, all].map((at) => times(at, 0)),
    changed(drawn('every other'), data, (v, k) => (k % 2 === 0 ? 0 : v)),
    changed(drawn('positive'), data, Math.abs),
    changed(drawn('negative'), data, (v) => -Math.abs(v)),
    changed(drawn('equal'), all, () => 0.5),
    ...[1e-3, 1e-6].map((factor) => times(all, factor)),
    // What saturates is asked of gradients that are large enough to show the rest of its slope.
    ...[times(inputs, 30), times(weights, 8), times(weights, 30, changed(drawn('open'), all, Math.abs))].map((given) =>
      times(linear, 100, given),
    ),
    times(weights, 1e-4, times(inputs, 1e4)),
    ...(linear.length === 0 ? [] : [1e-6, 1e-3, 100, 1e4]).map((factor) => times(linear, factor)),
    // With small weights the state forgets: how a sum was rounded does not grow from step to step.
    ...steps.map((T) => times(weights, T > 2 ? 0.5 : 1, drawn(`T ${T}`, { H: 2, D: 3, T }))),
  ];
}
