// How far back does the gradient reach? ‖∂L/∂h_t‖ over t for a loss at the last step, by cell, on untrained weights.

import type { Cell } from '../cells/catalogue.ts';
import { initialiserOf } from '../equations/initialisers.ts';
import { shapeOf, sizeOf } from '../equations/program.ts';
import { sizesFor } from '../equations/sizes.ts';
import { sigmoid } from '../numbers/elementary.ts';
import type { Matrix } from '../numbers/matrix.ts';
import { random, unitVector } from '../numbers/random.ts';
import { median } from '../numbers/statistics.ts';
import { bandSeries } from './band.ts';
import { breathe } from './breathe.ts';
import { claim } from './claim.ts';
import { type Decomposition, decompose, decompositionFigures } from './decompose.ts';
import { type Drive, driveOr } from './drive.ts';
import type { EngineName } from './engine.ts';
import { type Fading, fadingOf } from './fading.ts';
import { gatesOf, guardedState } from './gates.ts';
import { fromLog10, type ProductOfJacobians, productOfJacobians } from './jacobian.ts';
import { decayOf, horizonOf, type Verdict, verdictOf } from './reach.ts';
import type { Claim, Figure, Result } from './result.ts';
import { rightColumn } from './right-column.ts';
import { hasForgetBias, isRecurrent, type StartOptions, startJson, startValues } from './start.ts';

export interface GradientsOptions {
  readonly cells: readonly Cell[];
  /** A sequence to run on; else T steps of D-dimensional noise, fresh for every seed. */
  readonly drive?: Drive;
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
interface Curve {
  readonly name: string;
  readonly cell: Cell;
  /** norms[seed][t] */
  readonly norms: readonly (readonly number[])[];
  readonly product: ProductOfJacobians;
  readonly verdict: Verdict;
}

export async function gradients(options: GradientsOptions): Promise<Result> {
  const { cells, seed, seeds, radii, start } = options;
  const steps = options.drive?.inputs.length ?? options.steps;
  const drives = Array.from({ length: seeds }, (_, k) =>
    driveOr(options.drive, options.steps, options.input, random(seed + k)),
  );
  const curves: Curve[] = [];
  for (const cell of cells)
    if (radii === undefined) curves.push(await curveOf(cell.name, cell, start, drives, options));
    else
      for (const radius of radii)
        curves.push(
          await curveOf(
            cells.length > 1 ? `${cell.name} ρ ${radius}` : `ρ ${radius}`,
            cell,
            { ...start, radius },
            drives,
            options,
          ),
        );
  const parts: Decomposition[] = [];
  if (options.decompose) for (const cell of cells) parts.push(await decompose(cell, options));
  return {
    unroll: 1,
    experiment: 'gradients',
    question: 'How far back does the gradient reach?',
    options: {
      cells: cells.map((c) => c.name),
      input: options.drive?.kind ?? 'noise',
      ...options.drive?.data,
      inputSize: options.drive?.size ?? options.input,
      steps,
      ...startJson(start),
      ...(radii === undefined ? {} : { radii }),
      decompose: options.decompose,
      seeds,
      engine: options.engine,
    },
    seed,
    figures: [linesOf(curves, options, steps), tableOf(curves), ...decompositionFigures(parts)],
    claims: claimsOf(curves, options),
    notes: notesOf(curves, options),
    next: nextOf(options),
  };
}

/** n³·T multiplications are a second's work up to here; beyond it the table leaves the singular values out and a note says so. */
const mostMultiplications = 1e9;

async function productOf(
  fading: Fading,
  params: ReadonlyMap<string, Matrix>,
  inputs: readonly Matrix[],
): Promise<ProductOfJacobians> {
  if (fading.stateSize ** 3 * inputs.length > mostMultiplications) return { largest: null, smallest: null };
  return productOfJacobians(await fading.jacobians(params, inputs));
}

/** `drives` holds the inputs of each seed: the same ones for every cell. */
async function curveOf(
  name: string,
  cell: Cell,
  start: StartOptions,
  drives: readonly Drive[],
  options: GradientsOptions,
): Promise<Curve> {
  const { program, backward } = cell;
  const norms: number[][] = [];
  let product: ProductOfJacobians | undefined;
  let fading: Fading | undefined;
  for (const [k, { inputs, size }] of drives.entries()) {
    const rng = random(options.seed + k);
    const sizes = sizesFor(program, start.hidden, size);
    const params = startValues(cell, sizes, start, rng);
    fading ??= await fadingOf(program, backward, sizes, inputs.length, options.engine);
    norms.push(fading.norms(params, inputs, unitVector(sizeOf(shapeOf(program, program.output).rows, sizes), rng)));
    product ??= await productOf(fading, params, inputs);
    await breathe();
  }
  return { name, cell, norms, product: product!, verdict: verdictOf(norms) };
}

function linesOf(curves: readonly Curve[], options: GradientsOptions, steps: number): Figure {
  const { start, seeds, seed } = options;
  return {
    kind: 'lines',
    title: `‖∂L/∂h_t‖, ${seeds > 1 ? 'median over seeds, ' : ''}log scale`,
    settings: `H ${start.hidden} · T ${steps} · ${seeds > 1 ? `${seeds} seeds` : `seed ${seed}`}`,
    x: { label: 't', values: Array.from({ length: steps }, (_, t) => t + 1) },
    y: { label: '‖∂L/∂h_t‖', scale: 'log' },
    series: curves.map(({ name, norms }) => bandSeries(name, norms)),
  };
}

function tableOf(curves: readonly Curve[]): Figure {
  return {
    kind: 'table',
    title: 'Decay, reach and the singular values of ∏J, the product of all steps',
    columns: [
      { title: 'cell', align: 'left' },
      rightColumn('decay a step'),
      rightColumn('reaches back', 'steps'),
      rightColumn('σ max ∏J'),
      rightColumn('σ min ∏J'),
      { title: 'verdict', align: 'left' },
    ],
    rows: curves.map(({ name, norms, product, verdict }) => {
      const horizons = norms.map(horizonOf);
      const ended = horizons.filter((h) => h !== null);
      const reach =
        ended.length * 2 > horizons.length
          ? median(horizons.map((h) => h ?? norms[0]!.length))
          : `over ${norms[0]!.length - 1}`;
      return [
        name,
        median(norms.map(decayOf)),
        reach,
        fromLog10(product.largest),
        fromLog10(product.smallest),
        verdict,
      ];
    }),
  };
}

const isGated = ({ cell }: Curve): boolean => gatesOf(cell).length > 0;

/** The forget bias that a cell starts with here, where it is a number. */
function forgetBiasOf(cell: Cell, { start }: GradientsOptions): number | undefined {
  if (!hasForgetBias(cell)) return undefined;
  if (start.forgetBias !== undefined) return typeof start.forgetBias === 'number' ? start.forgetBias : undefined;
  const line = cell.program.initialisers.findLast((i) => i.pattern === 'b_f');
  return line?.kind === 'constant' ? line.args[0] : undefined;
}

/**
 * What is known beforehand, held against every seed. Under inputs of unit size tanh shortens even an orthogonal recurrence; against it
 * an LSTM loses less when its forget gates start open and more when they start half shut: ∂c_t/∂c_{t-1} is about sigmoid(b_f).
 */
function claimsOf(curves: readonly Curve[], options: GradientsOptions): Claim[] {
  const claims: Claim[] = [];
  const { radii, start, seeds } = options;
  const all = (holds: number) => `${holds} of ${seeds}`;
  if (radii !== undefined) return fanClaims(curves, radii, seeds);
  const seedsSaid = seeds > 1 ? ', in every seed' : '';
  if (options.drive !== undefined || options.steps < 48)
    return curves
      .filter(({ cell }) => cell.program.states.length > 0)
      .map(({ name, norms }) => {
        const ratio = Math.max(...norms.map((n) => n[0]! / n.at(-1)!));
        return claim(
          `${name}-fades`,
          `the gradient of ${name} is smaller at t=1 than at t=T${seedsSaid}`,
          ratio,
          '<',
          1,
        );
      });
  const plain = curves.find(({ cell }) => cell.name === 'rnn' && start.init === undefined);
  if (plain === undefined) return claims;
  const ratio = Math.max(...plain.norms.map((n) => n[0]! / n.at(-1)!));
  claims.push(
    claim('rnn-vanishes', `the rnn's gradient at t=1 is below 1e-6 of that at t=T${seedsSaid}`, ratio, '<', 1e-6),
  );
  for (const curve of curves) {
    const bias = forgetBiasOf(curve.cell, options);
    if (bias === undefined || guardedState(curve.cell) !== 'c') continue;
    const further = curve.norms.filter((n, k) => decayOf(n) > decayOf(plain.norms[k]!)).length;
    if (bias >= 1)
      claims.push(
        claim(
          `${curve.name}-decays-slower`,
          `${curve.name} decays more slowly than rnn in every seed`,
          further,
          '=',
          seeds,
          all(further),
        ),
      );
    else if (bias <= 0)
      claims.push(
        claim(
          `${curve.name}-decays-faster`,
          `${curve.name} decays faster than rnn in every seed`,
          seeds - further,
          '=',
          seeds,
          all(seeds - further),
        ),
      );
  }
  return claims;
}

/** The fan opens in the order of the radii: a larger radius never loses more of the gradient, seed by seed. */
function fanClaims(curves: readonly Curve[], radii: readonly number[], seeds: number): Claim[] {
  const ordered = [...radii].sort((a, b) => a - b);
  const [low, high] = [ordered[0]!, ordered.at(-1)!];
  const claims: Claim[] = [];
  for (const cell of new Set(curves.map((c) => c.cell))) {
    if (low === high) continue;
    const at = (radius: number) => curves.filter((c) => c.cell === cell)[radii.indexOf(radius)]!;
    const wider = at(high).norms.filter((n, k) => decayOf(n) > decayOf(at(low).norms[k]!)).length;
    claims.push(
      claim(
        `${cell.name}-fan`,
        `${cell.name} loses less of its gradient at ρ = ${high} than at ρ = ${low}, in every seed`,
        wider,
        '=',
        seeds,
        `${wider} of ${seeds}`,
      ),
    );
  }
  return claims;
}

function notesOf(curves: readonly Curve[], options: GradientsOptions): string[] {
  const notes: string[] = [];
  const decay = (curve: Curve) => median(curve.norms.map(decayOf));
  const plain = curves.filter((c) => !isGated(c) && c.cell.program.states.length > 0);
  for (const gated of curves.filter(isGated)) {
    const slower = plain.find((p) => decay(p) > decay(gated));
    if (slower === undefined) continue;
    const bias = forgetBiasOf(gated.cell, options);
    const why =
      bias === undefined
        ? 'Gates that start near one half halve what passes them at every step.'
        : `With a forget bias of ${bias} the forget gate starts near ${sigmoid(bias).toFixed(2)} and takes that share at every step.`;
    notes.push(
      `Here ${gated.name} vanishes faster than ${slower.name}: ${decay(gated).toFixed(2)} against ${decay(slower).toFixed(2)} a step. ${why} Gates soften vanishing where training opens them; they do not abolish it.`,
    );
  }
  if (curves.some((c) => c.cell.program.states.length > 1))
    notes.push(
      '∂L/∂h_t is the total gradient of h_t; the path that runs through c alone is not in it: see --decompose.',
    );
  if (curves.some(({ cell, product }) => product.largest === null && cell.program.states.length > 0))
    notes.push(
      'The singular values are left out where they would take longer than all the rest: ask for fewer units or steps.',
    );
  if (options.radii !== undefined)
    notes.push(
      'ρ below 1 shrinks only asymptotically: σ max above 1 lets a gradient grow first. tanh saturates, so ρ above 1 need not explode.',
    );
  notes.push(setting(options));
  notes.push(
    'Reaches back: the first lag at which ‖∂L/∂h‖ is below 1 % of its value at t=T. The singular values are of the first seed, over the whole state.',
  );
  return notes;
}

/** What the numbers depend on and the chart does not show. */
function setting({ drive, start, cells, radii }: GradientsOptions): string {
  const driven = drive === undefined ? 'noise of variance 1' : `the ${drive.kind} given`;
  const own = cells.map(({ name, program }) => {
    const matrix = program.parameters.find((p) => isRecurrent(program, p));
    const line = matrix === undefined ? undefined : initialiserOf(program, matrix);
    return `${name} ${line === undefined ? 'uniform ±1/√H' : line.kind}`;
  });
  const matrices =
    radii !== undefined || start.init !== undefined
      ? ''
      : ` H×H matrices start as each cell says (${own.join(', ')}); --init starts all of them alike.`;
  return `L = v · h_T with v a random direction; the inputs are ${driven}.${matrices}`;
}

function nextOf({ cells, drive, start, radii, decompose: decomposed }: GradientsOptions): {
  says: string;
  command: string;
} {
  const typed = cells.map((cell) => cell.typed);
  const names = typed.every((name) => name !== undefined) ? typed.join(' ') : 'rnn lstm';
  if (drive !== undefined)
    return { says: 'Under inputs of unit size, other cells lead', command: `unroll gradients ${names}` };
  const compared = cells.some((cell) => cell.name === 'rnn') && cells.some(hasForgetBias);
  if (compared && start.forgetBias === undefined && start.init === undefined && radii === undefined)
    return {
      says: 'At forget bias 0 the order turns round. See it',
      command: `unroll gradients ${names} --forget-bias 0`,
    };
  if (cells.some(hasForgetBias) && !decomposed)
    return { says: 'See the path through c alone', command: 'unroll gradients lstm --decompose' };
  if (radii === undefined)
    return { says: 'See what the spectral radius does', command: 'unroll gradients rnn --radius .5,.9,1,1.1' };
  return {
    says: 'An eigenvalue below 1 and a gradient that still grows',
    command: 'unroll gradients --matrix ".9 3; 0 .9"',
  };
}
