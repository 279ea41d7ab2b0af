// Why the LSTM helps, and how far: the direct path through the cell state, ∏ ∂c_t/∂c_{t-1} with every gate held fixed (for an LSTM
// ∏ f_t), beside the whole ∂c_T/∂c_t, which also runs through the gates.

import type { Cell } from '../cells/catalogue.ts';
import type { Backward } from '../equations/backward.ts';
import { derive } from '../equations/derive.ts';
import { InputError } from '../equations/input-error.ts';
import { shapeOf, sizeOf } from '../equations/program.ts';
import { sizesFor } from '../equations/sizes.ts';
import { random, unitVector } from '../numbers/random.ts';
import { median } from '../numbers/statistics.ts';
import { bandSeries } from './band.ts';
import { breathe } from './breathe.ts';
import { type Drive, driveOr } from './drive.ts';
import type { EngineName } from './engine.ts';
import { type Fading, fadingOf } from './fading.ts';
import { guardedState } from './gates.ts';
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

export interface DecomposeOptions {
  readonly drive?: Drive;
  readonly steps: number;
  readonly input: number;
  readonly start: StartOptions;
  readonly seed: number;
  readonly seeds: number;
  readonly engine: EngineName;
}

/** Throws InputError for a cell without a state. */
export async function decompose(cell: Cell, options: DecomposeOptions): Promise<Decomposition> {
  const state = guardedState(cell);
  if (state === undefined)
    throw new InputError({
      where: '--decompose',
      says: `${cell.name} has no state, so there is no path to take apart.`,
      expected: 'a cell that reads the previous value of a state',
      got: cell.name,
      mend: 'give a recurrent cell, for instance `lstm`',
    });
  const program = { ...cell.program, output: state };
  const backwards = { whole: derive(program), direct: derive(program, { direct: state }) };
  const curves = { whole: [] as number[][], direct: [] as number[][] };
  let fadings: Record<keyof typeof backwards, Fading> | undefined;
  for (let k = 0; k < options.seeds; k++) {
    const rng = random(options.seed + k);
    const { inputs, size } = driveOr(options.drive, options.steps, options.input, rng);
    const sizes = sizesFor(program, options.start.hidden, size);
    const params = startValues(cell, sizes, options.start, rng);
    const fading = (backward: Backward) => fadingOf(program, backward, sizes, inputs.length, options.engine);
    fadings ??= { whole: await fading(backwards.whole), direct: await fading(backwards.direct) };
    const v = unitVector(sizeOf(shapeOf(program, state).rows, sizes), rng);
    curves.whole.push(fadings.whole.norms(params, inputs, v));
    curves.direct.push(fadings.direct.norms(params, inputs, v));
    await breathe();
  }
  return { cell: cell.name, state, ...curves };
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
      title: 'The direct path and the whole',
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
