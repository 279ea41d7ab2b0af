// What `gradients` measures: ‖∂L/∂s_t‖ over t for a loss at the last step, on untrained weights, by cell; s_t is the whole state,
// everything that step t hands to step t+1. A path through one state is measured as a cell with equations of its own.

import type { Cell } from '../../cells/catalogue.ts';
import { guardedState } from '../../cells/gate-names.ts';
import { derive } from '../../equations/derive.ts';
import { InputError } from '../../equations/input-error.ts';
import { shapeOf, sizeOf, sizesFor } from '../../equations/program.ts';
import { random, unitVector } from '../../numbers/random.ts';
import { cells } from '../../options/cell-argument.ts';
import {
  hasForgetBias,
  type InitialisedCell,
  initialisedCells,
  type StartOptions,
  spectralRadii,
  startFrom,
  startJson,
  startOptions,
  startValues,
} from '../../options/initialisation.ts';
import { sequenceOr } from '../../options/input-sequence.ts';
import { flag, type Group, group, switched } from '../../options/option.ts';
import { runs } from '../../options/runs.ts';
import { sequenceOrNoise } from '../../options/sequence-options.ts';
import type { ValuesOf } from '../kit/experiment.ts';
import { inTurn, type Watch } from '../kit/seeds.ts';
import { type NormsByStep, normsByStep } from './decay.ts';
import { type GradientNorms, gradientNormsOf } from './gradient-norms.ts';
import { type ProductOfJacobians, productOf } from './jacobian-product.ts';

const start: Group<StartOptions, { readonly steps: number }> = group({
  options: startOptions(16),
  read: (args, { steps }) => startFrom(args, steps),
  json: startJson,
});

/** Without --cliff, whose option it is. */
const bias: Group<undefined> = {
  first: true,
  read(args) {
    if (args.bias !== undefined) throw goesWith('--bias', '--cliff');
    return undefined;
  },
};

export const goesWith = (option: string, partner: string): InputError =>
  new InputError(option, `${option} goes with ${partner}.`, {
    expected: partner,
    got: option,
    fix: `add ${partner}, or take ${option} out`,
  });

export const gradientOptions = {
  bias,
  cells: cells('rnn', 'lstm'),
  ...sequenceOrNoise(64, (steps) => {
    if (steps < 2)
      throw new InputError('--steps', 'One step has no way back.', {
        expected: 'at least two steps',
        got: String(steps),
        fix: 'give more steps, or a longer text',
      });
  }),
  start,
  radii: spectralRadii,
  decompose: switched('decompose', flag('Run', 'the direct path through the cell state beside the whole')),
  ...runs(5),
};
export type GradientsOptions = ValuesOf<typeof gradientOptions>;

/** A path of the gradient through one state, v · s_T in the place of the loss. */
interface Path extends InitialisedCell {
  readonly state: string;
  readonly path: 'whole' | 'direct';
}

/** A line over all seeds. */
export interface Curve extends InitialisedCell {
  /** By seed. */
  readonly runs: readonly NormsByStep[];
  readonly product: ProductOfJacobians;
}

export const gradientLines = ({ cells, radii, start }: GradientsOptions): InitialisedCell[] =>
  initialisedCells(cells, start, radii, ({ name }, radius) =>
    cells.length > 1 ? `${name} ρ ${radius}` : `ρ ${radius}`,
  );

/** Of every cell the whole derivative and the direct path, every gate held fixed. Throws InputError for a cell without a state. */
export const gradientPaths = ({ cells, decompose, start }: GradientsOptions): Path[] =>
  (decompose ? cells : []).flatMap((cell) => {
    const state = stateOf(cell);
    const program = { ...cell.program, output: state };
    return (['whole', 'direct'] as const).map((path) => {
      const backward = derive(program, path === 'direct' ? { direct: state } : {});
      return { name: cell.name, cell: { name: `${cell.name}, ${path}`, program, backward }, start, state, path };
    });
  });

function stateOf(cell: Cell): string {
  const state = guardedState(cell);
  if (state !== undefined) return state;
  throw new InputError('--decompose', `${cell.name} has no state, so there is no path to take apart.`, {
    expected: 'a cell that reads the previous value of a state',
    got: cell.name,
    fix: 'give a recurrent cell, for instance `lstm`',
  });
}

/** The forget bias that a cell starts with here, where it is a number. */
export function forgetBiasOf(cell: Cell, { start }: Pick<GradientsOptions, 'start'>): number | undefined {
  if (!hasForgetBias(cell)) return undefined;
  if (start.forgetBias !== undefined) return typeof start.forgetBias === 'number' ? start.forgetBias : undefined;
  const line = cell.program.initialisers.findLast((i) => i.pattern === 'b_f');
  return line?.kind === 'constant' ? line.args[0] : undefined;
}

/** What one seed finds of a line or a path; the product of a line on the first seed only. */
export interface GradientsFound {
  readonly run: NormsByStep;
  readonly product?: ProductOfJacobians | undefined;
}

/** By cell; compiled once for all seeds of a thread. */
const compiled = new WeakMap<GradientsOptions, Map<string, GradientNorms>>();

/** In the order of the lines and then of the paths. */
export function oneSeed(options: GradientsOptions, k: number, watch: Watch): Promise<GradientsFound[] | undefined> {
  const { steps, input, seed, engine } = options;
  const known = compiled.get(options) ?? new Map<string, GradientNorms>();
  compiled.set(options, known);
  const { inputs, size } = sequenceOr(options.sequence, steps, input, random(seed + k));
  return inTurn<InitialisedCell | Path, GradientsFound>(
    [...gradientLines(options), ...gradientPaths(options)],
    watch,
    async (line) => {
      const { program, backward, name } = line.cell;
      const rng = random(seed + k);
      const sizes = sizesFor(program, line.start.hidden, size);
      const params = startValues(line.cell, sizes, line.start, rng);
      const norms = known.get(name) ?? (await gradientNormsOf(program, backward, sizes, inputs.length, engine));
      known.set(name, norms);
      const { rows, columns } = shapeOf(program, program.output);
      const v = unitVector(sizeOf(rows, sizes) * sizeOf(columns, sizes), rng);
      const only = 'state' in line ? line.state : undefined;
      return {
        run: normsByStep(norms, backward, sizes, { params, inputs, v, only }),
        product: only === undefined && k === 0 ? await productOf(norms, params, inputs) : undefined,
      };
    },
  );
}
