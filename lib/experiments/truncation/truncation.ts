// What does truncated backpropagation through time lose? The gradient whose losses go back k steps beside the whole one, over k, on
// untrained weights. Williams & Peng 1990; what it does to learning: Tallec & Ollivier 2017, see balancing.ts.

import type { Cell } from '../../cells/catalogue.ts';
import { shapeOf, sizeOf, sizesFor } from '../../equations/program.ts';
import { cosine } from '../../numbers/angle.ts';
import { random } from '../../numbers/random.ts';
import { type StartOptions, startJson, startValues } from '../../options/initialisation.ts';
import { type InputSequence, sequenceOr } from '../../options/input-sequence.ts';
import type { Result } from '../../render/result.ts';
import type { Seeded } from '../kit/seeds.ts';
import { type Lagged, lagged } from './gradient-by-lag.ts';
import type { NonFinite } from '../non-finite.ts';
import { truncationClaims } from '../truncation-claims.ts';
import { truncationFigures } from '../truncation-figures.ts';
import { truncationNotes } from '../truncation-notes.ts';

/** A cell and how it starts: one line of the charts. */
export interface Started {
  readonly name: string;
  readonly cell: Cell;
  readonly start: StartOptions;
}

/** Cells with first values on a sequence, and a loss for every step of it. */
export interface StartedOptions {
  readonly lines: readonly Started[];
  /** A sequence to run on; else T steps of D-dimensional noise, fresh for every seed. */
  readonly sequence?: InputSequence;
  readonly steps: number;
  /** D of the noise. */
  readonly input: number;
  readonly seed: number;
  readonly seeds: number;
}

export interface TruncationOptions extends StartedOptions {
  /** The windows that are tabulated, ascending, below T. */
  readonly windows: readonly number[];
}

/** One line on one seed: index k-1 is the window k. NaN where the whole gradient is not finite; the cosine also where it is 0. */
export interface Truncated {
  /** Where a number stops being finite, if one does. */
  readonly nonFinite?: NonFinite;
  /** cos(g_k, g) */
  readonly cosines: readonly number[];
  /** ‖g_k − g‖ / ‖g‖ */
  readonly errors: readonly number[];
}

/** In the order of the lines. */
export type TruncationFound = readonly Truncated[];

export function truncation(options: TruncationOptions): Seeded<TruncationFound> {
  const { lines, seeds, steps } = options;
  return {
    seeds,
    async run(k, watch) {
      const found: Truncated[] = [];
      for (const line of lines) {
        const { whole, byLag, nonFinite } = lossesOf(line, options, k);
        const [cosines, errors]: [number[], number[]] = [[], []];
        const sum = new Float64Array(whole.length);
        for (const part of byLag()) {
          for (let i = 0; i < sum.length; i++) sum[i]! += part[i]!;
          cosines.push(cosine(sum, whole));
          errors.push(relativeError(sum, whole));
          await watch.tick(found.length * steps + cosines.length, lines.length * steps);
          if (watch.stopped()) return undefined;
        }
        const wrong = nonFinite();
        found.push({ cosines, errors, ...(wrong === undefined ? {} : { nonFinite: wrong }) });
      }
      return found;
    },
    result: (found) => resultOf(found, { ...options, seeds: found.length }),
  };
}

/** The losses of the k-th seed: L = Σ_t v_t · h_t with every entry of every v_t from N(0, 1), so that no step's loss is another's. */
export function lossesOf({ cell, start }: Started, options: StartedOptions, k: number): Lagged {
  const rng = random(options.seed + k);
  const { inputs, size } = sequenceOr(options.sequence, options.steps, options.input, rng);
  const sizes = sizesFor(cell.program, start.hidden, size);
  const params = startValues(cell, sizes, start, rng);
  const width = sizeOf(shapeOf(cell.program, cell.program.output).rows, sizes);
  const directions = rng.fork('readouts');
  const readouts = inputs.map(() => Float64Array.from({ length: width }, directions.normal));
  return lagged({ cell, sizes, params, inputs, readouts });
}

function relativeError(a: Float64Array, whole: Float64Array): number {
  let [apart, size] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    apart += (a[i]! - whole[i]!) * (a[i]! - whole[i]!);
    size += whole[i]! * whole[i]!;
  }
  return apart === 0 ? 0 : Math.sqrt(apart / size);
}

function resultOf(found: readonly TruncationFound[], options: TruncationOptions): Result {
  return {
    unroll: 1,
    experiment: 'truncation',
    question: 'What does a truncated gradient lose?',
    options: { ...startedJson(options), windows: options.windows },
    seed: options.seed,
    figures: truncationFigures(found, options),
    claims: truncationClaims(found, options),
    notes: truncationNotes(found, options),
    next: { says: 'See where the bias points the wrong way', command: 'unroll truncation --balancing' },
  };
}

/** What every experiment on started cells lists among its options. */
export function startedJson({ lines, sequence, steps, input, seeds }: StartedOptions) {
  return {
    lines: lines.map(({ name, cell, start }) => ({ name, cell: cell.name, ...startJson(start) })),
    input: sequence?.kind ?? 'noise',
    ...sequence?.data,
    inputSize: sequence?.size ?? input,
    steps,
    seeds,
  };
}
