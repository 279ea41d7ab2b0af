// What a model needs of whoever runs its parts. A kernel has it, and so has the engine that anyone can follow: followed.ts.

import type { Cell } from '../cells/catalogue.ts';
import type { Sizes } from '../equations/program.ts';
import { compile, type Kernel } from '../kernels/kernel.ts';

/** One cell over so many steps and sequences; arrays are [T][B][entries], as a kernel's. */
export type Runner = Pick<
  Kernel,
  | 'inputs'
  | 'readouts'
  | 'inputGradients'
  | 'parameter'
  | 'gradient'
  | 'initial'
  | 'forward'
  | 'backward'
  | 'value'
  | 'values'
>;

export interface RunnerOptions {
  readonly steps: number;
  readonly batch: number;
  /** Of which the gradient is wanted: nothing, the parameters, or the inputs too. */
  readonly gradients: 'none' | 'parameters' | 'all';
}

export type MakeRunner = (cell: Cell, sizes: Sizes, options: RunnerOptions) => Runner;

/** The compiled kernel. Throws RangeError as `compile` does. */
export function compiled(
  { program, backward }: Cell,
  sizes: Sizes,
  { steps, batch, gradients }: RunnerOptions,
): Kernel {
  const { toInput: _, ...withoutInput } = backward;
  const back = gradients === 'none' ? undefined : gradients === 'all' ? backward : withoutInput;
  return compile(program, back, sizes, { steps, batch });
}
