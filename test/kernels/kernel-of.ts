// A kernel of a cell with random numbers in it.

import type { Cell } from '../../lib/cells/catalogue.ts';
import { type CompileOptions, compile, type Kernel } from '../../lib/kernels/kernel.ts';
import { random } from '../../lib/numbers/random.ts';

export const sizesOf = (hidden: number, input: number): Map<string, number> =>
  new Map([
    ['H', hidden],
    ['D', input],
  ]);

/** Parameters, inputs, first states and readouts from a seed; the same ones whatever the number of steps and sequences. */
export function kernelOf(cell: Cell, sizes: ReadonlyMap<string, number>, options: CompileOptions, seed = 1): Kernel {
  const kernel = compile(cell.program, cell.backward, sizes, options);
  const scale = 1 / Math.sqrt(sizes.get('H') ?? 1);
  const fill = (view: Float64Array, name: string, size = 1) => {
    const rng = random(seed).fork(name);
    for (let i = 0; i < view.length; i++) view[i] = size * (2 * rng.uniform() - 1);
  };
  for (const name of cell.program.parameters) fill(kernel.parameter(name), name, scale);
  fill(kernel.inputs, 'inputs');
  fill(kernel.readouts, 'readouts');
  for (const state of cell.program.states) fill(kernel.initial(state), state);
  return kernel;
}
