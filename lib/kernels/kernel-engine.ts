// The fast engine: compiled kernels behind the interface that the mathjs engine has too. One sequence at a time.

import type { Backward } from '../equations/derive.ts';
import { type Program, type Sizes, shapeOf, sizedShape } from '../equations/program.ts';
import type { Engine, EngineInputs, Gradients, Trace } from '../equations/trace.ts';
import { type Matrix, zeros } from '../numbers/matrix.ts';
import { compile, type Kernel } from './kernel.ts';

/** An engine that compiles the cell for the sizes it is given, and keeps what it compiled. */
export function fastEngine(program: Program, backward: Backward): Engine {
  const forwardKernels = new Kernels(program, undefined);
  const gradientKernels = new Kernels(program, backward);
  return {
    name: 'fast',
    forward(given) {
      const { kernel, sizes } = forwardKernels.fitting(given);
      if (kernel !== undefined) forward(kernel, program, given);
      return traceOf(program, sizes, given, kernel);
    },
    gradients(given) {
      const { kernel, sizes } = gradientKernels.fitting(given);
      if (kernel !== undefined) {
        forward(kernel, program, given);
        kernel.readouts.fill(0);
        const width = kernel.readouts.length / kernel.steps;
        for (const [t, { data }] of given.readout.entries()) kernel.readouts.set(data, t * width);
        kernel.backward();
      }
      return { ...traceOf(program, sizes, given, kernel), ...gradientsOf(backward, sizes, given, kernel) };
    },
  };
}

/** The kernels of a program, one for each set of sizes, each for as many steps as were ever asked for. */
class Kernels {
  readonly #program: Program;
  readonly #backward: Backward | undefined;
  readonly #kernels = new Map<string, Kernel>();

  constructor(program: Program, backward: Backward | undefined) {
    this.#program = program;
    this.#backward = backward;
  }

  fitting(given: EngineInputs): { kernel?: Kernel; sizes: Map<string, number> } {
    const sizes = sizesOf(this.#program, given);
    const steps = given.inputs.length;
    if (steps === 0) return { sizes };
    const key = [...sizes].flat().join(' ');
    let kernel = this.#kernels.get(key);
    if (kernel === undefined || kernel.steps < steps) {
      kernel = compile(this.#program, this.#backward, sizes, { steps, batch: 1 });
      this.#kernels.set(key, kernel);
    }
    return { kernel, sizes };
  }
}

/** The sizes that the numbers imply. */
function sizesOf(program: Program, given: EngineInputs): Map<string, number> {
  const sizes = new Map<string, number>();
  const note = (name: string, value: Matrix | undefined): void => {
    const shape = program.shapes.get(name);
    if (value === undefined || shape === undefined) return;
    if (typeof shape.rows === 'string') sizes.set(shape.rows, value.rows);
    if (typeof shape.columns === 'string') sizes.set(shape.columns, value.columns);
  };
  for (const [name, value] of [...given.params, ...given.initial]) note(name, value);
  if (program.readsInput) note('x', given.inputs[0]);
  if (!sizes.has(String(shapeOf(program, program.output).rows))) note(program.output, given.readout[0]);
  return sizes;
}

function forward(kernel: Kernel, program: Program, given: EngineInputs): void {
  for (const name of program.parameters) kernel.parameter(name).set(given.params.get(name)!.data);
  for (const state of program.states) {
    const start = given.initial.get(state);
    if (start === undefined) kernel.initial(state).fill(0);
    else kernel.initial(state).set(start.data);
  }
  const width = kernel.inputs.length / kernel.steps;
  if (width > 0) for (const [t, { data }] of given.inputs.entries()) kernel.inputs.set(data, t * width);
  kernel.forward({ steps: given.inputs.length });
}

/** Copies numbers out of a kernel as matrices of a name's shape. */
function reader(program: Program, sizes: Sizes) {
  const shapeIn = (name: string) => sizedShape(program, name, sizes);
  return {
    copy: (name: string, data: Float64Array): Matrix => ({ ...shapeIn(name), data: data.slice() }),
    zeros: (name: string): Matrix => zeros(shapeIn(name).rows, shapeIn(name).columns),
  };
}

function traceOf(program: Program, sizes: Sizes, given: EngineInputs, kernel: Kernel | undefined): Trace {
  const { copy } = reader(program, sizes);
  const values = new Map(
    program.equations.map(({ name }) => [name, given.inputs.map((_, t) => copy(name, kernel!.value(name, t)))]),
  );
  const outputs = values.get(program.output)!;
  let loss = 0;
  for (const [t, { data }] of given.readout.entries())
    for (const [j, weight] of data.entries()) loss += weight * outputs[t]!.data[j]!;
  return { values, loss };
}

function gradientsOf(backward: Backward, sizes: Sizes, given: EngineInputs, kernel: Kernel | undefined): Gradients {
  const program = backward.forward;
  const { copy, zeros } = reader(program, sizes);
  const width = kernel === undefined ? 0 : kernel.inputs.length / kernel.steps;
  return {
    params: new Map(
      program.parameters.map((name) => [name, kernel === undefined ? zeros(name) : copy(name, kernel.gradient(name))]),
    ),
    inputs:
      backward.toInput === undefined
        ? undefined
        : given.inputs.map((_, t) => copy('x', kernel!.inputGradients.subarray(t * width, (t + 1) * width))),
    initial: new Map(
      program.states.map((name) => [
        name,
        kernel === undefined ? zeros(name) : copy(name, kernel.initialGradient(name)),
      ]),
    ),
    sentBack: new Map(
      program.states.map((name) => [name, given.inputs.map((_, t) => copy(name, kernel!.sentBack(name, t)))]),
    ),
    totals: new Map(
      [...backward.totals.keys()].map((name) => [name, given.inputs.map((_, t) => copy(name, kernel!.total(name, t)))]),
    ),
  };
}
