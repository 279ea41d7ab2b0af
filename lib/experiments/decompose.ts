// Why the LSTM helps, and how far: the direct path through the cell state, ∏ ∂c_t/∂c_{t-1} with every gate held fixed (for an LSTM
// ∏ f_t), and the whole ∂c_T/∂c_t, which also runs through the gates.

import type { Cell } from '../cells/catalogue.ts';
import { guardedState } from '../cells/gates.ts';
import { derive } from '../equations/derive.ts';
import { InputError } from '../equations/input-error.ts';
import { shapeOf, sizeOf, sizesFor } from '../equations/program.ts';
import { type Random, unitVector } from '../numbers/random.ts';
import { type StartOptions, startValues } from '../options/initialisation.ts';
import { type InputSequence, sequenceOr } from '../options/input-sequence.ts';
import type { Figure } from '../render/result.ts';
import { decayAndReach, type Faded, faded, normSeries } from './gradients/decay.ts';
import type { FadingFor } from './gradients/gradients.ts';
import { left, rightColumn } from './table-columns.ts';

export interface Decomposition {
  readonly cell: string;
  readonly state: string;
  /** ‖vᵀ ∂c_T/∂c_t‖ for a random v of length 1, by seed. */
  readonly whole: readonly Faded[];
  readonly direct: readonly Faded[];
}

export interface PathOptions {
  readonly sequence?: InputSequence;
  readonly steps: number;
  readonly input: number;
  readonly start: StartOptions;
}

/** The state whose paths are looked at. Throws InputError for a cell without one. */
export function stateOf(cell: Cell): string {
  const state = guardedState(cell);
  if (state !== undefined) return state;
  throw new InputError('--decompose', `${cell.name} has no state, so there is no path to take apart.`, {
    expected: 'a cell that reads the previous value of a state',
    got: cell.name,
    fix: 'give a recurrent cell, for instance `lstm`',
  });
}

/** Of one seed: ‖vᵀ ∂c_T/∂c_t‖ over t. */
export interface Paths {
  readonly whole: Faded;
  readonly direct: Faded;
}

export async function takeApart(
  cell: Cell,
  state: string,
  { sequence, steps, input, start }: PathOptions,
  fading: FadingFor,
  rng: Random,
): Promise<Paths> {
  const program = { ...cell.program, output: state };
  const { inputs, size } = sequenceOr(sequence, steps, input, rng);
  const sizes = sizesFor(program, start.hidden, size);
  const params = startValues(cell, sizes, start, rng);
  const { rows, columns } = shapeOf(program, state);
  const v = unitVector(sizeOf(rows, sizes) * sizeOf(columns, sizes), rng);
  const along = async (path: 'whole' | 'direct'): Promise<Faded> => {
    const backward = derive(program, path === 'direct' ? { direct: state } : {});
    const runs = await fading(`${cell.name}, ${path}`, program, backward, sizes, inputs.length);
    return faded(runs, backward, sizes, { params, inputs, v, only: state });
  };
  return { whole: await along('whole'), direct: await along('direct') };
}

/** One chart a cell, and one table of all. */
export function decompositionFigures(parts: readonly Decomposition[]): Figure[] {
  if (parts.length === 0) return [];
  const charts = parts.map(({ cell, state, whole, direct }): Figure => {
    return {
      kind: 'lines',
      title: `${cell}: the direct path through ${state} and the whole ∂${state}_T/∂${state}_t, log scale`,
      x: { label: 't', values: whole[0]!.norms.map((_, t) => t + 1) },
      y: { label: '‖vᵀ ∂/∂‖', scale: 'log' },
      series: [normSeries('whole', whole), normSeries('direct', direct)],
    };
  });
  return [
    ...charts,
    {
      kind: 'table',
      title: 'The direct path and the whole derivative of one state',
      columns: [...left('cell', 'state', 'path'), rightColumn('decay a step'), rightColumn('reaches back', 'steps')],
      rows: parts.flatMap(({ cell, state, whole, direct }) => [
        [cell, state, 'whole', ...decayAndReach(whole)],
        [cell, state, 'direct', ...decayAndReach(direct)],
      ]),
    },
  ];
}
