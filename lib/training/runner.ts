// What a model needs of whoever runs its parts. A kernel has it, and so has, by an adapter, the engine that anyone can follow.

import type { Cell } from '../cells/catalogue.ts';
import type { Backward } from '../equations/derive.ts';
import { type Sizes, sizedShape } from '../equations/program.ts';
import type { Engine, EngineInputs } from '../equations/trace.ts';
import { compile, type Kernel, type Runner } from '../kernels/kernel.ts';
import type { Matrix } from '../numbers/matrix.ts';
import type { Parameters, Part } from './parts.ts';

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
  readonly gradients?: Float64Array | undefined;
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

/**
 * By an engine that takes one sequence at a time and evaluates the text: slow, and every number can be followed. Forward, then forward
 * again and back, one sequence after the other.
 */
export const engineRunner =
  (engineOf: (backward: Backward) => Engine): MakeRunner =>
  ({ program, backward }, sizes, { steps, batch, gradients: wanted }) => {
    const engine = engineOf(backward);
    const shapeIn = (name: string) => sizedShape(program, name, sizes);
    const sizeIn = (name: string): number => shapeIn(name).rows * shapeIn(name).columns;
    const matrix = (name: string, data: Float64Array): Matrix => ({ ...shapeIn(name), data: data.slice() });
    const arraysOf = (names: readonly string[], count: number) =>
      new Map(names.map((name) => [name, new Float64Array(count * sizeIn(name))]));
    const values = arraysOf(
      program.equations.map(({ name }) => name),
      steps * batch,
    );
    const parameters = arraysOf(program.parameters, 1);
    const gradients = arraysOf(program.parameters, 1);
    const initial = arraysOf(program.states, batch);
    const [D, O] = [program.readsInput ? sizeIn('x') : 0, sizeIn(program.output)];
    const inputs = new Float64Array(steps * batch * D);
    const readouts = new Float64Array(steps * batch * O);
    const inputGradients = new Float64Array(wanted === 'all' ? inputs.length : 0);
    const find = (map: ReadonlyMap<string, Float64Array>, name: string): Float64Array => {
      const found = map.get(name);
      if (found === undefined) throw new RangeError(`${name} is no name of this cell`);
      return found;
    };
    const row = (array: Float64Array, size: number, t: number, b: number): Float64Array =>
      array.subarray((t * batch + b) * size, (t * batch + b + 1) * size);
    const valueAt = (name: string, t: number, b = 0) => row(find(values, name), sizeIn(name), t, b);
    let ran = steps;
    /** Where the last run began, for the way back. */
    let began = new Map<string, Float64Array>();

    const givenTo = (b: number): EngineInputs => ({
      params: new Map([...parameters].map(([name, data]) => [name, matrix(name, data)])),
      initial: new Map([...began].map(([name, data]) => [name, matrix(name, row(data, sizeIn(name), 0, b))])),
      inputs: Array.from({ length: ran }, (_, t) => ({ rows: D, columns: 1, data: row(inputs, D, t, b).slice() })),
      readout: Array.from({ length: ran }, (_, t) => matrix(program.output, row(readouts, O, t, b))),
    });

    return {
      inputs,
      readouts,
      inputGradients,
      parameter: (name) => find(parameters, name),
      gradient: (name) => find(gradients, name),
      initial: (name) => find(initial, name),
      value: valueAt,
      values(name, into) {
        const found = find(values, name).subarray(0, ran * batch * sizeIn(name));
        if (into === undefined) return found.slice();
        into.set(found);
        return into;
      },
      forward({ steps: now = steps, carry = false } = {}) {
        if (!(now >= 1 && now <= steps)) throw new RangeError(`${now} steps: there are 1 to ${steps}`);
        const start = (name: string): Float64Array =>
          carry ? find(values, name).slice((ran - 1) * batch * sizeIn(name)) : find(initial, name).slice();
        began = new Map(program.states.map((name) => [name, start(name)]));
        ran = now;
        for (let b = 0; b < batch; b++) {
          const trace = engine.forward(givenTo(b));
          for (const [name, found] of trace.values)
            for (const [t, { data }] of found.entries()) valueAt(name, t, b).set(data);
        }
      },
      backward() {
        for (const sum of gradients.values()) sum.fill(0);
        for (let b = 0; b < batch; b++) {
          const found = engine.gradients(givenTo(b));
          for (const [name, { data }] of found.params) {
            const sum = find(gradients, name);
            for (let i = 0; i < sum.length; i++) sum[i]! += data[i]!;
          }
          if (wanted === 'all')
            for (const [t, { data }] of (found.inputs ?? []).entries()) row(inputGradients, D, t, b).set(data);
        }
      },
    };
  };
