// From a program and its backward pass to a kernel: one graph, a schedule, a layout of memory, a module.
// A kernel is views of that memory, and the runs. Shapes: T steps, B sequences; dense arrays are [T][B][entries], entries row by row.
// Nothing is allocated by a run.

import type { Backward } from '../equations/derive.ts';
import type { Program, Sizes } from '../equations/program.ts';
import { Arena } from './addresses.ts';
import { type CellGraph, cellGraph } from './cell-graph.ts';
import type { Node } from './graph.ts';
import { type Layout, layout } from './layout.ts';
import { emitModule, type Runs } from './module.ts';
import { schedule } from './schedule.ts';

interface ForwardOptions {
  /** Steps of this run; by default, and at most, those that the kernel was compiled for. */
  readonly steps?: number;
  /** Begin with the states in which the last run ended, not with `initial`: a long sequence in windows. */
  readonly carry?: boolean;
  /** Parameters are what they were in the last run. Saves their preparation, which counts when a run is short. */
  readonly sameParameters?: boolean;
}

/** One cell over so many steps and sequences: what training needs of a kernel, or of another engine behind the same interface. */
export interface Runner {
  /** [rows][columns] */
  parameter(name: string): Float64Array;
  gradient(name: string): Float64Array;
  /** [T][B][D]; empty where the cell reads no input. */
  readonly inputs: Float64Array;
  /** ∂L/∂output from outside the recurrence, [T][B][entries]; zeros until written. */
  readonly readouts: Float64Array;
  /** ∂L/∂x, [T][B][D] */
  readonly inputGradients: Float64Array;
  /** A state before the first step, [B][entries]; zeros until written. */
  initial(state: string): Float64Array;
  forward(options?: ForwardOptions): void;
  /** Back through the steps of the last forward run. */
  backward(): void;
  /** What an equation assigned at step t, counted from 0, in sequence b. */
  value(name: string, t: number, b?: number): Float64Array;
  /** The same for all steps and sequences of the last run, copied: [T][B][entries]. */
  values(name: string, into?: Float64Array): Float64Array;
}

/** All arrays are views: writing to them sets, and reading them after a run gets. Unknown names throw RangeError. */
export interface Kernel extends Runner {
  readonly steps: number;
  readonly batch: number;
  /** What its numbers take of its memory, which comes in pages of 65,536 bytes. */
  readonly bytes: number;
  /** All parameters, in the order of this kernel's memory; `parameter(name)` is a part of it. */
  readonly parameters: Float64Array;
  /** Summed over sequences and steps, in the order of `parameters`; empty where they are not computed. */
  readonly gradients: Float64Array;
  /** What the steps behind the last one send back to a state, [B][entries]; zeros until written. */
  arriving(state: string): Float64Array;
  /** The total ∂L/∂ of a state or the output at step t. */
  total(name: string, t: number, b?: number): Float64Array;
  /** What step t sends back to a state, ∂L/∂s_{t-1} with every other state held fixed. */
  sentBack(state: string, t: number, b?: number): Float64Array;
  /** ∂L/∂ of a state before the first step: what step 0 sends back. */
  initialGradient(state: string, b?: number): Float64Array;
}

export interface CompileOptions {
  /** The most steps of a run. */
  readonly steps: number;
  /** Sequences side by side. */
  readonly batch: number;
  /** `parameters`: no gradients of inputs and no totals, which training has no use for. */
  readonly gradients?: 'all' | 'parameters';
}

/**
 * Compiles a program for given sizes; with `backward`, its gradients too. Takes a few milliseconds.
 * Throws RangeError when a dimension has no size, a count is no whole number above 0, or memory would pass 4 GB.
 */
export function compile(
  program: Program,
  backward: Backward | undefined,
  sizes: Sizes,
  { steps, batch, gradients = 'all' }: CompileOptions,
): Kernel {
  for (const [what, count] of Object.entries({ steps, batch, ...Object.fromEntries(sizes) }))
    if (!Number.isInteger(count) || count < 1)
      throw new RangeError(`${what} is ${count}: a whole number above 0 is wanted`);
  const cell = cellGraph(program, sizes, backward, gradients);
  const plan = schedule(cell);
  const room = new Arena();
  const lay = layout(program, sizes, cell, plan, { steps, batch }, room);

  const { code, fill } = emitModule(plan, (node) => lay.places.get(node), room.reserve, batch);

  const states = [...cell.states].map(([name, { size }]) => {
    const [initial, arriving] = [room.reserve(size * batch), room.reserve(size * batch)];
    return { name, size, initial, arriving };
  });
  const bytes = room.bytes;
  const pages = Math.ceil(bytes / 65536);
  if (pages > 65536) throw new RangeError(`${steps} steps of ${batch} sequences need ${bytes} bytes, more than 4 GB`);
  const memory = new WebAssembly.Memory({ initial: pages });
  fill(memory.buffer);
  const instance = new WebAssembly.Instance(new WebAssembly.Module(code), { host: { memory } });
  const runs = instance.exports as unknown as Runs;
  return kernelOf({ cell, lay, states, steps, batch, memory, runs, bytes });
}

interface KernelParts {
  readonly cell: CellGraph;
  readonly lay: Layout;
  /** Byte addresses of what `initial` and `arriving` show. */
  readonly states: readonly { name: string; size: number; initial: number; arriving: number }[];
  readonly steps: number;
  readonly batch: number;
  readonly memory: WebAssembly.Memory;
  readonly runs: Runs;
  readonly bytes: number;
}

function kernelOf(parts: KernelParts): Kernel {
  const { cell, lay, steps, batch, memory, runs } = parts;
  const { regions } = lay;
  const doubles = new Float64Array(memory.buffer);
  const view = (address: number, length: number) => doubles.subarray(address / 8, address / 8 + length);
  /** Steps and sequences as one row. */
  const rowOf = (t: number, b: number): number => t * batch + b;
  const startOf = (node: Node, row: number): number => {
    const { region, offset, shift } = lay.places.get(node)!;
    return region.base / 8 + (row + shift) * region.stride + offset;
  };
  const at = (node: Node, row: number) => doubles.subarray(startOf(node, row), startOf(node, row) + node.size);
  const find = <T>(map: ReadonlyMap<string, T> | undefined, name: string, what: string): T => {
    const found = map?.get(name);
    if (found === undefined) throw new RangeError(`this kernel has no ${what} named ${name}`);
    return found;
  };
  const inRun = (t: number, b: number): void => {
    if (!(t >= 0 && t < steps && b >= 0 && b < batch)) throw new RangeError(`there is no step ${t} of sequence ${b}`);
  };

  const back = cell.backward;
  const states = new Map(parts.states.map((state) => [state.name, state]));
  const hasGradients = back !== undefined;
  const parameterAt = (base: number, name: string) => {
    const { offset, size } = find(lay.parameters, name, 'parameter');
    return view(base + offset * 8, size);
  };
  const sentBack = (name: string, t: number, b = 0) => {
    inRun(t, b);
    return at(find(back?.toPrevious, name, 'state'), rowOf(t, b));
  };
  const rows = steps * batch;
  const parameterCount = [...lay.parameters.values()].reduce((sum, { size }) => sum + size, 0);
  let ran = steps;

  return {
    steps,
    batch,
    bytes: parts.bytes,
    parameters: view(regions.parameters.base, parameterCount),
    gradients: view(regions.gradients.base, hasGradients ? parameterCount : 0),
    parameter: (name) => parameterAt(regions.parameters.base, name),
    gradient: (name) => {
      if (!hasGradients) throw new RangeError('this kernel has no gradients of parameters');
      return parameterAt(regions.gradients.base, name);
    },
    inputs: view(regions.input.base, rows * regions.input.stride),
    readouts: view(regions.readout.base, rows * regions.readout.stride),
    inputGradients: view(regions.toInput.base, rows * regions.toInput.stride),
    initial: (name) => {
      const { initial, size } = find(states, name, 'state');
      return view(initial, size * batch);
    },
    arriving: (name) => {
      const { arriving, size } = find(states, name, 'state');
      return view(arriving, size * batch);
    },
    forward({ steps: now = steps, carry = false, sameParameters = false } = {}) {
      if (!(now >= 1 && now <= steps)) throw new RangeError(`${now} steps: the kernel was compiled for 1 to ${steps}`);
      for (const { name, size, initial } of states.values()) {
        const node = cell.states.get(name)!;
        for (let b = 0; b < batch; b++) {
          const from = carry ? startOf(node, rowOf(ran - 1, b)) : initial / 8 + b * size;
          doubles.copyWithin(startOf(node, rowOf(-1, b)), from, from + size);
        }
      }
      ran = now;
      if (!sameParameters) runs.prepare(1);
      runs.forward(now);
    },
    backward() {
      if (back === undefined) throw new RangeError('this kernel has no backward pass');
      doubles.fill(0, lay.sums.from / 8, lay.sums.to / 8);
      for (const { name, size, arriving } of states.values())
        for (let b = 0; b < batch; b++) {
          const from = arriving / 8 + b * size;
          doubles.copyWithin(startOf(back.toPrevious.get(name)!, rowOf(ran, b)), from, from + size);
        }
      runs.backward(ran);
    },
    value: (name, t, b = 0) => {
      inRun(t, b);
      return at(find(cell.values, name, 'value'), rowOf(t, b));
    },
    values(name, into) {
      const node = find(cell.values, name, 'value');
      const { size } = node;
      const all = into ?? new Float64Array(ran * batch * size);
      for (let row = 0; row < ran * batch; row++) {
        const from = startOf(node, row);
        for (let j = 0; j < size; j++) all[row * size + j] = doubles[from + j]!;
      }
      return all;
    },
    total: (name, t, b = 0) => {
      inRun(t, b);
      return at(find(back?.totals, name, 'total'), rowOf(t, b));
    },
    sentBack,
    initialGradient: (name, b = 0) => sentBack(name, 0, b),
  };
}
