// J_t = ∂s_t/∂s_{t-1}, s the whole state (h and c of an LSTM), and the singular values of their product over all steps.

import type { Cell } from '../cells/catalogue.ts';
import { derive } from '../equations/derive.ts';
import { type Sizes, shapeOf, sizeOf } from '../equations/program.ts';
import { type Matrix, zeros } from '../numbers/matrix.ts';
import { logExtremeSingularValues } from '../numbers/product.ts';
import { type EngineName, engineFor } from './engine.ts';

/** log₁₀ of the extreme singular values of J_T · … · J_1: they may lie below what a double holds. null for a cell without states. */
export interface ProductOfJacobians {
  readonly largest: number | null;
  readonly smallest: number | null;
}

export async function productOfJacobians(
  cell: Cell,
  sizes: Sizes,
  params: ReadonlyMap<string, Matrix>,
  inputs: readonly Matrix[],
  engine: EngineName,
): Promise<ProductOfJacobians> {
  if (cell.program.states.length === 0) return { largest: null, smallest: null };
  const { largest, smallest } = logExtremeSingularValues(await stepJacobians(cell, sizes, params, inputs, engine));
  return { largest: largest / Math.LN10, smallest: smallest / Math.LN10 };
}

/** A power of ten given by its logarithm: as a number, or in words where no double holds it. */
export function fromLog10(log: number | null): number | string | null {
  if (log === null || log === Number.NEGATIVE_INFINITY) return log === null ? null : 0;
  if (log > -300 && log < 300) return 10 ** log;
  const exponent = Math.floor(log);
  return `${(10 ** (log - exponent)).toFixed(1)}e${exponent}`;
}

/** T matrices of n×n, n the size of the whole state, states in the order of the program. */
export async function stepJacobians(
  cell: Cell,
  sizes: Sizes,
  params: ReadonlyMap<string, Matrix>,
  inputs: readonly Matrix[],
  engine: EngineName,
): Promise<Matrix[]> {
  return engine === 'mathjs' ? byMathjs(cell, sizes, params, inputs) : byKernel(cell, sizes, params, inputs);
}

const sizesOfStates = ({ program }: Cell, sizes: Sizes): Map<string, number> =>
  new Map(program.states.map((s) => [s, sizeOf(shapeOf(program, s).rows, sizes)]));

/** n sequences side by side take the same step, and each sends back one unit vector. */
async function byKernel(
  cell: Cell,
  sizes: Sizes,
  params: ReadonlyMap<string, Matrix>,
  inputs: readonly Matrix[],
): Promise<Matrix[]> {
  const { compile } = await import('../kernels/kernel.ts');
  const { program } = cell;
  const rowsOf = sizesOfStates(cell, sizes);
  const n = [...rowsOf.values()].reduce((a, b) => a + b, 0);
  const kernel = compile(program, cell.backward, sizes, { steps: 1, batch: n });
  for (const [name, { data }] of params) kernel.parameter(name).set(data);
  let first = 0;
  for (const [state, rows] of rowsOf) {
    const arriving = kernel.arriving(state);
    for (let i = 0; i < rows; i++) arriving[(first + i) * rows + i] = 1;
    first += rows;
  }
  return inputs.map(({ data }, t) => {
    if (kernel.inputs.length > 0) for (let b = 0; b < n; b++) kernel.inputs.set(data, b * data.length);
    kernel.forward({ carry: t > 0, sameParameters: t > 0 });
    kernel.backward();
    const jacobian = zeros(n, n);
    for (let b = 0; b < n; b++) {
      let at = b * n;
      for (const [state, rows] of rowsOf) {
        jacobian.data.set(kernel.initialGradient(state, b), at);
        at += rows;
      }
    }
    return jacobian;
  });
}

/** The same, one unit vector after the other: the equations with each state in turn as the output. */
async function byMathjs(
  cell: Cell,
  sizes: Sizes,
  params: ReadonlyMap<string, Matrix>,
  inputs: readonly Matrix[],
): Promise<Matrix[]> {
  const { states } = cell.program;
  const rowsOf = sizesOfStates(cell, sizes);
  const n = [...rowsOf.values()].reduce((a, b) => a + b, 0);
  const { values } = (await engineFor(cell, 'mathjs')).forward({ params, initial: new Map(), inputs, readout: [] });
  const runners = await Promise.all(
    states.map(async (state) => {
      const program = { ...cell.program, output: state };
      return {
        rows: rowsOf.get(state)!,
        runner: await engineFor({ ...cell, program, backward: derive(program) }, 'mathjs'),
      };
    }),
  );
  return inputs.map((input, t) => {
    const initial = new Map(states.map((s) => [s, t === 0 ? zeros(rowsOf.get(s)!, 1) : values.get(s)![t - 1]!]));
    const jacobian = zeros(n, n);
    let at = 0;
    for (const { rows, runner } of runners)
      for (let k = 0; k < rows; k++) {
        const unit = zeros(rows, 1);
        unit.data[k] = 1;
        const gradients = runner.gradients({ params, initial, inputs: [input], readout: [unit] });
        for (const state of states) {
          jacobian.data.set(gradients.initial.get(state)!.data, at);
          at += rowsOf.get(state)!;
        }
      }
    return jacobian;
  });
}
