// How far back does the gradient reach? ‖∂L/∂s_t‖ over t for a loss at the last step, by cell, on untrained weights; s_t is the whole
// state, everything that step t hands to step t+1.

import type { Cell } from '../../cells/catalogue.ts';
import type { Backward } from '../../equations/derive.ts';
import { type Program, type Sizes, shapeOf, sizeOf, sizesFor } from '../../equations/program.ts';
import type { Matrix } from '../../numbers/matrix.ts';
import { type Random, random, unitVector } from '../../numbers/random.ts';
import type { EngineName } from '../../options/engine.ts';
import { type StartOptions, startJson, startValues } from '../../options/initialisation.ts';
import { type InputSequence, sequenceOr } from '../../options/input-sequence.ts';
import type { Figure, Result } from '../../render/result.ts';
import { decompositionFigures, type Paths, stateOf, takeApart } from '../decompose.ts';
import { gradientClaims } from '../gradients-claims.ts';
import type { Seeded } from '../kit/seeds.ts';
import { left, right, rightColumn } from '../table-columns.ts';
import { decayAndReach, type Faded, faded, gradientOf, normSeries, verdictOf } from './decay.ts';
import { type Fading, fadingOf } from './gradient-norms.ts';
import { fromLog10, type ProductOfJacobians, productOfJacobians, smallestOf } from './jacobian-product.ts';
import { gradientNotes, nextAfterGradients } from './notes.ts';

export interface GradientsOptions {
  readonly cells: readonly Cell[];
  /** A sequence to run on; else T steps of D-dimensional noise, fresh for every seed. */
  readonly sequence?: InputSequence;
  readonly steps: number;
  /** D of the noise. */
  readonly input: number;
  readonly start: StartOptions;
  /** The fan: one line for each spectral radius instead of the cell as it starts. */
  readonly radii?: readonly number[];
  readonly decompose: boolean;
  readonly seed: number;
  readonly seeds: number;
  readonly engine: EngineName;
}

/** One line of the chart: a cell, or a cell at one spectral radius. */
interface Line {
  readonly name: string;
  readonly cell: Cell;
  readonly start: StartOptions;
}

/** A line over all seeds. */
export interface Curve extends Line {
  /** By seed. */
  readonly runs: readonly Faded[];
  readonly product: ProductOfJacobians;
}

/** What one seed finds, in the order of the lines; and of the cells, for the two paths. */
export interface FadingFound {
  readonly runs: readonly Faded[];
  /** Of the first seed only. */
  readonly products?: readonly ProductOfJacobians[];
  readonly paths: readonly Paths[];
}

/** Throws InputError for a cell without a state, where its paths are to be taken apart. */
export function gradients(options: GradientsOptions): Seeded<FadingFound> {
  const { cells, seed, seeds, engine } = options;
  const lines = linesFor(options);
  const fadings = new Map<string, Fading>();
  const fading: FadingFor = async (key, program, backward, sizes, steps) => {
    const known = fadings.get(key) ?? (await fadingOf(program, backward, sizes, steps, engine));
    fadings.set(key, known);
    return known;
  };
  const apart = options.decompose ? cells.map((cell) => ({ cell, state: stateOf(cell) })) : [];
  return {
    seeds,
    async run(k, watch) {
      const sequence = sequenceOr(options.sequence, options.steps, options.input, random(seed + k));
      const found = { runs: [] as Faded[], products: [] as ProductOfJacobians[], paths: [] as Paths[] };
      const all = lines.length + apart.length;
      for (const line of lines) {
        const { run, product } = await fade(line, sequence, fading, random(seed + k), k === 0);
        found.runs.push(run);
        if (product !== undefined) found.products.push(product);
        await watch.tick(found.runs.length, all);
        if (watch.stopped()) return undefined;
      }
      for (const { cell, state } of apart) {
        found.paths.push(await takeApart(cell, state, options, fading, random(seed + k)));
        await watch.tick(lines.length + found.paths.length, all);
        if (watch.stopped()) return undefined;
      }
      const { products, ...rest } = found;
      return k === 0 ? { ...rest, products } : rest;
    },
    result: (found) => resultOf(found, lines, apart, { ...options, seeds: found.length }),
  };
}

/** Compiled once for all seeds of a thread. */
export type FadingFor = (
  key: string,
  program: Program,
  backward: Backward,
  sizes: Sizes,
  steps: number,
) => Promise<Fading>;

function linesFor({ cells, radii, start }: GradientsOptions): Line[] {
  return cells.flatMap((cell) => {
    if (radii === undefined) return [{ name: cell.name, cell, start }];
    const nameAt = (radius: number) => (cells.length > 1 ? `${cell.name} ρ ${radius}` : `ρ ${radius}`);
    return radii.map((radius) => ({ name: nameAt(radius), cell, start: { ...start, radius } }));
  });
}

function resultOf(
  found: readonly FadingFound[],
  lines: readonly Line[],
  apart: readonly { readonly cell: Cell; readonly state: string }[],
  options: GradientsOptions,
): Result {
  const { cells, seed, seeds, radii, start } = options;
  const steps = options.sequence?.inputs.length ?? options.steps;
  const products = found.find((one) => one.products !== undefined)?.products;
  const curves = lines.map((line, i): Curve => {
    return { ...line, runs: found.map((one) => one.runs[i]!), product: products?.[i] ?? unknownProduct };
  });
  const parts = apart.map(({ cell, state }, i) => ({
    cell: cell.name,
    state,
    whole: found.map(({ paths }) => paths[i]!.whole),
    direct: found.map(({ paths }) => paths[i]!.direct),
  }));
  return {
    unroll: 1,
    experiment: 'gradients',
    question: 'How far back does the gradient reach?',
    options: {
      cells: cells.map((c) => c.name),
      input: options.sequence?.kind ?? 'noise',
      ...options.sequence?.data,
      inputSize: options.sequence?.size ?? options.input,
      steps,
      ...startJson(start),
      ...(radii === undefined ? {} : { radii }),
      decompose: options.decompose,
      seeds,
      engine: options.engine,
    },
    seed,
    figures: [linesOf(curves, options, steps), tableOf(curves, seed), ...decompositionFigures(parts)],
    claims: gradientClaims(curves, options),
    notes: gradientNotes(curves, options),
    next: nextAfterGradients(options),
  };
}

const unknownProduct: ProductOfJacobians = { largest: null, smallest: null };

/** n³·T multiplications are a second's work up to here; beyond it the table leaves the singular values out and a note says so. */
const mostMultiplications = 1e9;

async function productOf(
  fading: Fading,
  params: ReadonlyMap<string, Matrix>,
  inputs: readonly Matrix[],
): Promise<ProductOfJacobians> {
  if (fading.stateSize ** 3 * inputs.length > mostMultiplications) return unknownProduct;
  return productOfJacobians(await fading.jacobians(params, inputs));
}

async function fade(
  { cell, start }: Line,
  { inputs, size }: InputSequence,
  fading: FadingFor,
  rng: Random,
  isFirst: boolean,
): Promise<{ run: Faded; product?: ProductOfJacobians }> {
  const { program, backward } = cell;
  const sizes = sizesFor(program, start.hidden, size);
  const params = startValues(cell, sizes, start, rng);
  const prepared = await fading(cell.name, program, backward, sizes, inputs.length);
  const v = unitVector(sizeOf(shapeOf(program, program.output).rows, sizes), rng);
  const run = faded(prepared, backward, sizes, { params, inputs, v });
  return isFirst ? { run, product: await productOf(prepared, params, inputs) } : { run };
}

function linesOf(curves: readonly Curve[], options: GradientsOptions, steps: number): Figure {
  const { start, seeds, seed } = options;
  const gradient = gradientOf(options.cells);
  return {
    kind: 'lines',
    title: `gradient norm ‖${gradient}‖${gradient.endsWith('s_t') ? ', s_t all states of step t' : ''}${seeds > 1 ? ', median over seeds' : ''}, log scale`,
    settings: `H ${start.hidden} · T ${steps} · ${seeds > 1 ? `${seeds} seeds` : `seed ${seed}`}`,
    x: { label: 't', values: Array.from({ length: steps }, (_, t) => t + 1) },
    y: { label: 'gradient norm', scale: 'log' },
    series: curves.map(({ name, runs }) => normSeries(name, runs)),
  };
}

function tableOf(curves: readonly Curve[], seed: number): Figure {
  return {
    kind: 'table',
    title: 'Decay, reach and the singular values of ∏J, the product of all steps',
    columns: [
      ...left('cell', 'state'),
      ...right('decay a step'),
      rightColumn('reaches back', 'steps'),
      ...right('σ max ∏J', 'σ min ∏J'),
      ...left('verdict'),
    ],
    rows: curves.map(({ name, cell, runs, product }) => [
      name,
      cell.program.states.join(', ') || 'none',
      ...decayAndReach(runs),
      fromLog10(product.largest),
      smallestOf(product),
      cell.program.states.length === 0 ? 'no path back' : verdictOf(runs, seed),
    ]),
  };
}
