// What a model needs of whoever runs its parts. A kernel has it, and so has the engine that anyone can follow: engine-runner.ts.

import type { Cell } from '../cells/catalogue.ts';
import type { Sizes } from '../equations/program.ts';
import { compile, type Kernel } from '../kernels/kernel.ts';
import type { Parameters, Part } from './parts.ts';

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

interface RunnerOptions {
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

/** One part of a model with its runner: its parameters go there, their gradients come back. */
export interface PartRunner<R extends Runner> {
  readonly part: Part;
  readonly kernel: R;
  /** The model's parameters as they are now, to the runner. */
  takeParameters(): void;
  /** The runner's gradients to those of the model; nothing where there are none. */
  giveGradients(): void;
}

interface PartRunnerOptions {
  readonly steps: number;
  readonly batch: number;
  /** Its input is data, whose gradient nobody asks for. */
  readonly readsData: boolean;
  /** As long as the model's parameters; forward only, where absent. */
  readonly gradients?: Float64Array;
}

export function partRunner<R extends Runner>(
  model: Parameters,
  part: Part,
  make: (cell: Cell, sizes: Sizes, options: RunnerOptions) => R,
  { steps, batch, readsData, gradients }: PartRunnerOptions,
): PartRunner<R> {
  const wanted = gradients === undefined ? 'none' : readsData ? 'parameters' : 'all';
  const kernel = make(part.cell, part.sizes, { steps, batch, gradients: wanted });
  const own = model.places.filter(({ name }) => name.startsWith(`${part.name}.`));
  const nameOf = (name: string) => name.slice(part.name.length + 1);
  const views = own.map(({ name }) => ({ own: kernel.parameter(nameOf(name)), model: model.parameter(name) }));
  const ways =
    gradients === undefined
      ? []
      : own.map(({ name, offset, rows, columns }) => ({
          own: kernel.gradient(nameOf(name)),
          into: gradients.subarray(offset, offset + rows * columns),
        }));
  return {
    part,
    kernel,
    takeParameters: () => {
      for (const { own, model: values } of views) own.set(values);
    },
    giveGradients: () => {
      for (const { own, into } of ways) into.set(own);
    },
  };
}
