// A model unrolled over time: compiled for so many steps and sequences, and run forward and backward through all its layers.
// Shapes: T steps, B sequences; dense arrays are [T][B][entries].

import type { Runner } from '../kernels/kernel.ts';
import type { Model } from './model.ts';
import type { Part } from './parts.ts';
import { compiled, type PartRunner, partRunner } from './runner.ts';

/** Every state of every layer at one step, [B][entries] each: what the past leaves to the future. */
export type States = readonly Float64Array[];

interface UnrolledForward {
  /** Steps of this run; by default those it was compiled for. */
  readonly steps?: number;
  /** Begin where the last run ended, or with these states; by default with zeros. */
  readonly from?: 'last run' | States | undefined;
  /** Parameters are what they were in the last run. */
  readonly sameParameters?: boolean;
}

export interface Unrolled {
  readonly model: Model;
  readonly steps: number;
  readonly batch: number;
  /** Write here: [T][B][D]. Empty when the first layer reads no input. */
  readonly inputs: Float64Array;
  /** [T][B][O], written by `forward`. */
  readonly outputs: Float64Array;
  /** Write here, before `backward`: ∂L/∂outputs, [T][B][O]. */
  readonly outputGradients: Float64Array;
  /** In the order of `model.parameters`, written by `backward`: summed over the steps and sequences. */
  readonly gradients: Float64Array;
  /** ∂L/∂inputs, [T][B][D], written by `backward`; empty unless it was made for this. */
  readonly inputGradients: Float64Array;
  /** Takes the parameters of the model as they are now. Throws RangeError where two directions are to begin `from` anything. */
  forward(options?: UnrolledForward): void;
  /** Back through the steps of the last forward run. */
  backward(): void;
  /** A copy of the states after step t of the last run, counted from 0. */
  statesAfter(t: number): States;
  /** What an equation of a part (`l0`, `l1_reverse`) assigned, [T][B][entries], copied; of a reverse part step 0 is still the first of time. */
  values(part: string, name: string): Float64Array;
}

interface LayerRunner extends PartRunner<Runner> {
  readonly reversed: boolean;
  /** Where its output begins in the row of the next layer's input. */
  readonly at: number;
}

/**
 * Compiles a model, in some milliseconds. Without `gradients`, forward only, in half the memory; with `all` of them, those of the
 * data too. Throws RangeError when a count is no whole number above 0, and for the gradients of the data in two directions.
 */
export function unroll(
  model: Model,
  {
    steps,
    batch,
    gradients: wanted = true,
  }: { readonly steps: number; readonly batch: number; readonly gradients?: boolean | 'all' },
): Unrolled {
  if (wanted === 'all' && model.design.directions === 2)
    throw new RangeError('the gradients of the data are there for one direction only');
  const gradients = new Float64Array(wanted !== false ? model.parameters.length : 0);
  const runnerOf = (part: Part, readsData: boolean, reversed: boolean, at: number): LayerRunner => ({
    ...partRunner(model, part, model.design.runners ?? compiled, {
      steps,
      batch,
      // Hardly anybody asks for the gradient of the data.
      readsData: readsData && wanted !== 'all',
      gradients: wanted === false ? undefined : gradients,
    }),
    reversed,
    at,
  });
  const layers = model.layers.map((parts, l) => {
    let at = 0;
    return parts.map((part, direction) => {
      const runner = runnerOf(part, l === 0, direction === 1, at);
      at += part.size;
      return runner;
    });
  });
  const head = runnerOf(model.readout, false, false, 0);
  const runners = [...layers.flat(), head];
  const states = layers
    .flat()
    .flatMap(({ part, kernel }) => part.cell.program.states.map((name) => ({ name, kernel })));
  const hasTwo = model.design.directions === 2;
  const first = layers[0]!;
  const inputs = hasTwo ? new Float64Array(first[0]!.kernel.inputs.length) : first[0]!.kernel.inputs;
  const outputs = new Float64Array(steps * batch * model.readout.size);
  const widthOf = (layer: readonly LayerRunner[]): number => layer.reduce((sum, { part }) => sum + part.size, 0);
  const scratch = new Float64Array(steps * batch * Math.max(...layers.map(widthOf), model.design.inputs));
  let ran = steps;

  /** What a layer gives, side by side, to the inputs of the next one. */
  const handOn = (layer: readonly LayerRunner[], next: readonly LayerRunner[]): void => {
    if (!hasTwo) {
      layer[0]!.kernel.values(layer[0]!.part.cell.program.output, next[0]!.kernel.inputs);
      return;
    }
    const width = widthOf(layer);
    const joined = scratch.subarray(0, ran * batch * width);
    for (const { kernel, part, reversed, at } of layer) {
      const own = kernel.values(part.cell.program.output);
      moveColumns(own, part.size, 0, joined, width, at, part.size, reversed ? ran : 0, batch);
    }
    for (const runner of next) takeInputs(runner, joined, width);
  };
  const takeInputs = ({ kernel, reversed }: LayerRunner, from: Float64Array, width: number): void => {
    if (kernel.inputs.length === 0) return;
    if (reversed) moveColumns(from, width, 0, kernel.inputs, width, 0, width, ran, batch);
    else kernel.inputs.set(from);
  };
  /** What the next layer wants of this one, to its readouts. */
  const handBack = (layer: readonly LayerRunner[], next: readonly LayerRunner[]): void => {
    const width = widthOf(layer);
    const length = ran * batch * width;
    if (!hasTwo) {
      layer[0]!.kernel.readouts.set(next[0]!.kernel.inputGradients.subarray(0, length));
      return;
    }
    const sum = scratch.subarray(0, length).fill(0);
    for (const { kernel, reversed } of next) addRows(kernel.inputGradients, sum, width * batch, ran, reversed);
    for (const { kernel, part, reversed, at } of layer)
      moveColumns(sum, width, at, kernel.readouts, part.size, 0, part.size, reversed ? ran : 0, batch);
  };

  return {
    model,
    steps,
    batch,
    inputs,
    outputs,
    outputGradients: head.kernel.readouts,
    gradients,
    inputGradients: wanted === 'all' ? first[0]!.kernel.inputGradients : new Float64Array(0),
    forward({ steps: now = steps, from, sameParameters = false } = {}) {
      if (hasTwo && from !== undefined)
        throw new RangeError('a model of two directions reads a whole sequence at once');
      ran = now;
      const carry = from === 'last run';
      if (!carry)
        for (const [i, { name, kernel }] of states.entries()) {
          const initial = kernel.initial(name);
          if (from === undefined) initial.fill(0);
          else initial.set(from[i]!);
        }
      if (!sameParameters) for (const { takeParameters } of runners) takeParameters();
      if (hasTwo) {
        const width = model.design.inputs;
        for (const runner of first) takeInputs(runner, inputs.subarray(0, ran * batch * width), width);
      }
      for (const [l, layer] of layers.entries()) {
        for (const { kernel } of layer) kernel.forward({ steps: ran, carry, sameParameters });
        handOn(layer, layers[l + 1] ?? [head]);
      }
      head.kernel.forward({ steps: ran, sameParameters });
      head.kernel.values(model.readout.cell.program.output, outputs);
    },
    backward() {
      head.kernel.backward();
      for (const [l, layer] of [...layers.entries()].reverse()) {
        handBack(layer, layers[l + 1] ?? [head]);
        for (const { kernel } of layer) kernel.backward();
      }
      for (const { giveGradients } of runners) giveGradients();
    },
    statesAfter: (t) =>
      states.map(({ name, kernel }) => {
        const size = kernel.value(name, t).length;
        const copy = new Float64Array(batch * size);
        for (let b = 0; b < batch; b++) copy.set(kernel.value(name, t, b), b * size);
        return copy;
      }),
    values(name, of) {
      const runner = runners.find(({ part }) => part.name === name);
      if (runner === undefined) throw new RangeError(`the model has no part named ${name}`);
      const found = runner.kernel.values(of);
      if (!runner.reversed) return found;
      const size = found.length / (ran * batch);
      const turned = new Float64Array(found.length);
      moveColumns(found, size, 0, turned, size, 0, size, ran, batch);
      return turned;
    },
  };
}

/** Copies `count` columns of every row from one dense array to another; with `turned` steps, the last step first. */
function moveColumns(
  from: Float64Array,
  fromWidth: number,
  fromAt: number,
  to: Float64Array,
  toWidth: number,
  toAt: number,
  count: number,
  turned: number,
  batch: number,
): void {
  const rows = turned > 0 ? turned * batch : from.length / fromWidth;
  for (let row = 0; row < rows; row++) {
    const target = turned > 0 ? (turned - 1 - Math.floor(row / batch)) * batch + (row % batch) : row;
    for (let j = 0; j < count; j++) to[target * toWidth + toAt + j] = from[row * fromWidth + fromAt + j]!;
  }
}

/** sum += rows, step by step; reversed: the last step first. */
function addRows(rows: Float64Array, sum: Float64Array, width: number, steps: number, reversed: boolean): void {
  for (let t = 0; t < steps; t++) {
    const at = (reversed ? steps - 1 - t : t) * width;
    for (let j = 0; j < width; j++) sum[at + j]! += rows[t * width + j]!;
  }
}
