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

/** Σ_t readout_t · output_t for each sequence of the last run, of all the steps it was compiled for; [B]. */
export function lossesOf(kernel: Kernel, output: string): Float64Array {
  const losses = new Float64Array(kernel.batch);
  const outputs = kernel.values(output);
  const size = outputs.length / (kernel.steps * kernel.batch);
  for (const [i, value] of outputs.entries())
    losses[Math.floor(i / size) % kernel.batch]! += kernel.readouts[i]! * value;
  return losses;
}
