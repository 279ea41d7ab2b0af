// J_t = ∂s_t/∂s_{t-1}, s the whole state (h and c of an LSTM), and the singular values of their product over all steps.

import type { Cell } from '../cells/catalogue.ts';
import { derive } from '../equations/derive.ts';
import { type Sizes, shapeOf, sizeOf } from '../equations/program.ts';
import type { Engine } from '../equations/trace.ts';
import { type Matrix, zeros } from '../numbers/matrix.ts';
import { logSingularValuesOfProduct } from '../numbers/product.ts';
import { type EngineName, engineFor } from './engine.ts';

/** Extreme singular values of J_T · … · J_1; null for a cell without states. */
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
  const logs = logSingularValuesOfProduct(await stepJacobians(cell, sizes, params, inputs, engine));
  return { largest: Math.exp(logs[0]!), smallest: Math.exp(logs.at(-1)!) };
}

/** T matrices of n×n, n the size of the whole state, states in the order of the program. */
export async function stepJacobians(
  cell: Cell,
  sizes: Sizes,
  params: ReadonlyMap<string, Matrix>,
  inputs: readonly Matrix[],
  engine: EngineName,
): Promise<Matrix[]> {
  const { states } = cell.program;
  const rowsOf = new Map(states.map((s) => [s, sizeOf(shapeOf(cell.program, s).rows, sizes)]));
  const n = [...rowsOf.values()].reduce((a, b) => a + b, 0);
  const { values } = (await engineFor(cell, engine)).forward({ params, initial: new Map(), inputs, readout: [] });
  // A loss on each state in turn: the same equations with another output.
  const runners: [string, Engine][] = [];
  for (const state of states) {
    const program = { ...cell.program, output: state };
    runners.push([state, await engineFor({ name: cell.name, program, backward: derive(program) }, engine)]);
  }
  return inputs.map((input, t) => {
    const before = new Map(states.map((s) => [s, t === 0 ? zeros(rowsOf.get(s)!, 1) : values.get(s)![t - 1]!]));
    const jacobian = zeros(n, n);
    let row = 0;
    for (const [state, runner] of runners)
      for (let k = 0; k < rowsOf.get(state)!; k++, row++) {
        const seed = zeros(rowsOf.get(state)!, 1);
        seed.data[k] = 1;
        const { initial } = runner.gradients({ params, initial: before, inputs: [input], readout: [seed] });
        let at = row * n;
        for (const other of states) {
          jacobian.data.set(initial.get(other)!.data, at);
          at += rowsOf.get(other)!;
        }
      }
    return jacobian;
  });
}
