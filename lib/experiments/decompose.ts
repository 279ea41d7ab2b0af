// Why the LSTM helps, and how far: the direct path through the cell state, ∏ ∂c_t/∂c_{t-1} with every gate held fixed (for an LSTM
// ∏ f_t), beside the whole ∂c_T/∂c_t, which also runs through the gates.

import type { Cell } from '../cells/catalogue.ts';
import type { Backward } from '../equations/backward.ts';
import { derive } from '../equations/derive.ts';
import { InputError } from '../equations/input-error.ts';
import { shapeOf, sizeOf } from '../equations/program.ts';
import { sizesFor } from '../equations/sizes.ts';
import { type Random, unitVector } from '../numbers/random.ts';
import { median } from '../numbers/statistics.ts';
import { bandSeries } from './band.ts';
import { type Drive, driveOr } from './drive.ts';
import { guardedState } from './gates.ts';
import type { FadingFor } from './gradients.ts';
import { decayOf, horizonOf } from './reach.ts';
import type { Figure } from './result.ts';
import { type StartOptions, startValues } from './start.ts';

export interface Decomposition {
  readonly cell: string;
  readonly state: string;
  /** ‖vᵀ ∂c_T/∂c_t‖ for a random v of length 1: [seed][t] */
  readonly whole: readonly (readonly number[])[];
  readonly direct: readonly (readonly number[])[];
}

export interface PathOptions {
  readonly drive?: Drive;
  readonly steps: number;
  readonly input: number;
  readonly start: StartOptions;
}

/** The state whose paths are looked at. Throws InputError for a cell without one. */
export function stateOf(cell: Cell): string {
  const state = guardedState(cell);
  if (state !== undefined) return state;
  throw new InputError({
    where: '--decompose',
    says: `${cell.name} has no state, so there is no path to take apart.`,
    expected: 'a cell that reads the previous value of a state',
    got: cell.name,
    mend: 'give a recurrent cell, for instance `lstm`',
  });
}

/** Of one seed: ‖vᵀ ∂c_T/∂c_t‖ over t. */
export interface Paths {
  readonly whole: readonly number[];
  readonly direct: readonly number[];
}

export async function takeApart(
  cell: Cell,
  state: string,
  { drive, steps, input, start }: PathOptions,
  fading: FadingFor,
  rng: Random,
): Promise<Paths> {
  const program = { ...cell.program, output: state };
  const { inputs, size } = driveOr(drive, steps, input, rng);
  const sizes = sizesFor(program, start.hidden, size);
  const params = startValues(cell, sizes, start, rng);
  const v = unitVector(sizeOf(shapeOf(program, state).rows, sizes), rng);
  const along = async (path: string, backward: Backward): Promise<number[]> =>
    (await fading(`${cell.name}, ${path}`, program, backward, sizes, inputs.length)).norms(params, inputs, v);
  return {
    whole: await along('whole', derive(program)),
    direct: await along('direct', derive(program, { direct: state })),
  };
}

/** One chart a cell, and one table of all. */
export function decompositionFigures(parts: readonly Decomposition[]): Figure[] {
  if (parts.length === 0) return [];
  const charts = parts.map(({ cell, state, whole, direct }): Figure => {
    return {
      kind: 'lines',
      title: `${cell}: the direct path through ${state} beside the whole ∂${state}_T/∂${state}_t, log scale`,
      x: { label: 't', values: whole[0]!.map((_, t) => t + 1) },
      y: { label: '‖vᵀ ∂/∂‖', scale: 'log' },
      series: [bandSeries('whole', whole), bandSeries('direct', direct)],
    };
  });
  const reach = (norms: readonly (readonly number[])[]) => {
    const horizons = norms.map(horizonOf);
    return horizons.some((h) => h === null) ? `over ${norms[0]!.length - 1}` : median(horizons.map((h) => h!));
  };
  return [
    ...charts,
    {
      kind: 'table',
      title: `The direct path and the whole${parts.some(({ state }) => state === 'c') ? ', of c and not of h' : ''}`,
      columns: [
        { title: 'cell', align: 'left' },
        { title: 'path', align: 'left' },
        { title: 'decay a step', align: 'right' },
        { title: 'reaches back', unit: 'steps', align: 'right' },
      ],
      rows: parts.flatMap(({ cell, whole, direct }) => [
        [cell, 'whole', median(whole.map(decayOf)), reach(whole)],
        [cell, 'direct', median(direct.map(decayOf)), reach(direct)],
      ]),
    },
  ];
}
