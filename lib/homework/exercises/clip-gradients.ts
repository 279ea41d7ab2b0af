// Clipping by the global norm: Pascanu, Mikolov & Bengio 2013, algorithm 1. All tensors are one long vector to the equations.

import type { Program } from '../../equations/program.ts';
import { column, norm } from '../../numbers/matrix.ts';
import type { Random } from '../../numbers/random.ts';
import type { Slip } from '../exercise.ts';
import { byValues, property } from '../exercise-kit/by-values.ts';
import { drawnMatrix, drawnSizes, drawnVector } from '../exercise-kit/draws.ts';
import { combined, held, near, scaled, zerosLike } from '../exercise-kit/values.ts';
import { runOnce } from '../run-program.ts';
import { entries, type Value } from '../value.ts';

type Tensors = { readonly [name: string]: Value };

const text = `# Clipping by the global norm: Pascanu, Mikolov & Bengio 2013, algorithm 1
norm = sqrt(sum(g .^ 2))                  # g: every entry of every tensor, one below the other
scale = 1 - relu(1 - max_norm ./ norm)    # the smaller of 1 and max_norm / norm
clipped = scale * g

g : N
max_norm : 1
`;

/** PyTorch adds 1e-6 to the norm. */
const enough = 1e-6;

const numbersOf = (value: Value): number[] => [...entries(value, '')].map((entry) => entry.value);
const normOf = (value: Value): number => norm(column(numbersOf(value)));

/** The numbers in `values`, in the shapes of `tensors`. */
function inShapeOf(tensors: Tensors, values: readonly number[]): Tensors {
  let next = 0;
  return combined(() => values[next++]!, tensors) as Tensors;
}

function answer(program: Program, [gradients, max_norm]: readonly Value[]) {
  const { clipped } = runOnce(program, { g: numbersOf(gradients!), max_norm: max_norm! }, ['clipped']);
  return { clipped: inShapeOf(gradients as Tensors, clipped as readonly number[]) };
}

/** Entries of one decimal, from 2 to 9 in size: norms well above 1 and well apart from their squares. */
function drawnTensors(rng: Random, size: 'small' | 'large'): Tensors {
  const { H, D } = drawnSizes(rng, size);
  const recurrent = { W_h: drawnMatrix(rng, H, H), W_x: drawnMatrix(rng, H, D), b: drawnVector(rng, H) };
  const readout = { W_y: drawnMatrix(rng, 2, H), b_y: drawnVector(rng, 2) };
  const tensors: Tensors = size === 'small' ? recurrent : { ...readout, ...recurrent };
  return combined((v) => Math.round(100 * v!) / 10, tensors) as Tensors;
}

/** Too long by a factor of more than 2, or, in one of three calls, short enough. */
function draw(rng: Random, size: 'small' | 'large') {
  const gradients = drawnTensors(rng, size);
  const isLong = rng.below(3) > 0;
  const short = Math.ceil(normOf(gradients) * (1.1 + 0.9 * rng.uniform()));
  return [gradients, isLong ? (20 + rng.below(31)) / 10 : short] as const;
}

/** Exactly as long as is allowed, just shorter and just longer; below 1, many tensors, single numbers, zeros among others, one sign, large ones and a long tensor. */
function edges(rng: Random): (readonly [Tensors, number])[] {
  const gradients = drawnTensors(rng, 'small');
  const length = normOf(gradients);
  const long = { W: drawnVector(rng, 60).map((v) => [v]) };
  return [
    [{ b: [-7] }, 3],
    [{ b: [0.5] }, 1],
    [{ W: [[3]], b: [0, -4] }, 5],
    [{ W: [[0, 0]], b: [3, -4] }, 2],
    [{ a: [6, 6], b: [6, 6] }, 2],
    [gradients, length * 1.001],
    [gradients, length * 0.999],
    [gradients, 0.01],
    [combined((v) => -Math.abs(v!), gradients) as Tensors, 20],
    [scaled(1e-3, gradients), 1],
    [scaled(100, gradients), 1e4],
    [scaled(1e5, gradients), 1e7],
    [scaled(1e5, gradients), 1e5],
    [scaled(0.5 / length, gradients), 0.1],
    [{ a: [1], b: [2], c: [-2], d: [4], e: [4], f: [-4], g: [8] }, 3],
    [long, 3],
  ];
}

/** The factor of the whole, from all numbers. */
const byFactor =
  (factor: (gradients: Tensors, max_norm: number) => number): Slip['answer'] =>
  (_, given) => {
    const [gradients, max_norm] = given as readonly [Tensors, number];
    return { clipped: scaled(factor(gradients, max_norm), gradients) };
  };

/** The same rule with something else in the place of the norm. */
const byLength = (length: (numbers: readonly number[], gradients: Tensors) => number): Slip['answer'] =>
  byFactor((gradients, max_norm) => Math.min(1, max_norm / length(numbersOf(gradients), gradients)));

const sumOf = (numbers: readonly number[], f: (v: number) => number): number =>
  numbers.reduce((sum, v) => sum + f(v), 0);

const clipGradients = byValues('clip-gradients', {
  order: 90,
  parameters: ['gradients', 'max_norm'],
  returns: ['clipped'],
  text,
  draw,
  edges,
  answer,
  slips: {
    'each-tensor': (program, given) => {
      const [gradients, max_norm] = given as readonly [Tensors, number];
      const each = Object.entries(gradients).map(
        ([name, tensor]) => [name, answer(program, [{ [name]: tensor }, max_norm]).clipped[name]!] as const,
      );
      return { clipped: Object.fromEntries(each) };
    },
    'each-entry': (_, [gradients, max_norm]) => ({
      clipped: combined((g) => Math.max(-(max_norm as number), Math.min(max_norm as number, g!)), gradients!),
    }),
    always: byFactor((gradients, max_norm) => max_norm / normOf(gradients)),
    never: byFactor(() => 1),
    'to-one': byFactor((gradients, max_norm) => (normOf(gradients) > max_norm ? 1 / normOf(gradients) : 1)),
    inverted: byFactor((gradients, max_norm) => (normOf(gradients) > max_norm ? normOf(gradients) / max_norm : 1)),
    'mean-of-norms': byLength((_, gradients) => {
      const norms = Object.values(gradients).map(normOf);
      return sumOf(norms, (v) => v) / norms.length;
    }),
    'largest-entry': byLength((numbers) => Math.max(...numbers.map(Math.abs))),
    'sum-of-sizes': byLength((numbers) => sumOf(numbers, Math.abs)),
    'no-root': byLength((numbers) => sumOf(numbers, (g) => g * g)),
    'mean-square': byLength((numbers) => Math.sqrt(sumOf(numbers, (g) => g * g) / numbers.length)),
    'sum-of-norms': byLength((_, gradients) => sumOf(Object.values(gradients).map(normOf), (v) => v)),
    'largest-norm': byLength((_, gradients) => Math.max(...Object.values(gradients).map(normOf))),
  },
  properties: {
    direction: property('long gradients keep their direction and come back with norm max_norm', async (ask, rng) => {
      const gradients = drawnTensors(rng, 'large');
      const max_norm = 1 + rng.below(9);
      const given = [gradients, max_norm];
      const got = await ask(given);
      const [before, after] = [numbersOf(gradients), numbersOf(got.clipped!)];
      const cosine = before.reduce((sum, v, k) => sum + v * after[k]!, 0) / (normOf(before) * normOf(after));
      if (!(Math.abs(cosine - 1) <= enough))
        return held(
          false,
          given,
          got,
          `the cosine between what went in and what came back is ${cosine.toFixed(6)}, not 1`,
        );
      const length = normOf(after);
      const because = `the norm of what came back is ${length.toFixed(6)}, and max_norm is ${max_norm}`;
      return held(Math.abs(length - max_norm) <= enough * max_norm, given, got, because);
    }),
    short: property('short gradients come back as they are', async (ask, rng) => {
      const gradients = drawnTensors(rng, 'small');
      const given = [gradients, Math.ceil(2 * normOf(gradients))];
      const got = await ask(given);
      const because = `their norm is ${normOf(gradients).toFixed(6)}, and max_norm is ${given[1]}`;
      return held(near(gradients, got.clipped!, enough), given, got, because);
    }),
    zeros: property('zeros come back as zeros', async (ask, rng) => {
      const zeros = zerosLike(drawnTensors(rng, 'small'));
      const got = await ask([zeros, 1]);
      return held(near(zeros, got.clipped!, enough), [zeros, 1], got, 'their norm is 0, and nothing is divided by it');
    }),
  },
  // By turns short enough and too long, so that a run has both.
  chain: {
    steps: 6,
    unit: 'call',
    next: ([gradients, max_norm], { clipped }) => {
      const wasLong = normOf(gradients!) > (max_norm as number);
      return [clipped!, (max_norm as number) * (wasLong ? 1.6 : 0.4)];
    },
  },
});

export default clipGradients;
