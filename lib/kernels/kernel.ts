// From a program and its backward pass to a kernel: one graph, a schedule, a layout of memory, a module.

import type { Backward } from '../equations/derive.ts';
import type { Program, Sizes } from '../equations/program.ts';
import { Room } from './addresses.ts';
import { cellGraph } from './cell-graph.ts';
import { layout } from './layout.ts';
import { emitModule, type Runs } from './module.ts';
import { type Kernel, kernelOf } from './running.ts';
import { schedule } from './schedule.ts';

export type { ForwardOptions, Kernel } from './running.ts';

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
  const room = new Room();
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
  const output = cell.values.get(program.output)!;
  return kernelOf({ cell, lay, states, output, steps, batch, memory, runs, bytes });
}
