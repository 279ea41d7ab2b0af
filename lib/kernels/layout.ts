// Lays out the one memory of a kernel: parameters and gradients as they are given, inputs and readouts step by step, and for each
// sequence and step a frame of forward values and one of backward values.

import type { Program, Sizes } from '../equations/program.ts';
import { shapeOf, sizeOf } from '../equations/program.ts';
import { type CellGraph, under } from './cell-graph.ts';
import type { Node } from './graph.ts';
import { type Place, type Region, type Room, stepsTogether } from './places.ts';
import type { Schedule } from './schedule.ts';
import { parameterOrder, slotsOf } from './slots.ts';

export interface Layout {
  readonly places: ReadonlyMap<Node, Place>;
  /** In the order of memory: offsets in doubles into the parameters and, alike, into their gradients. */
  readonly parameters: ReadonlyMap<string, { readonly offset: number; readonly size: number }>;
  readonly regions: Readonly<Record<'parameters' | 'gradients' | 'input' | 'readout' | 'toInput' | 'forward', Region>>;
  /** What is summed over rows, gradients included: the bytes to clear. */
  readonly sums: { readonly from: number; readonly to: number };
}

export interface Counts {
  readonly steps: number;
  readonly batch: number;
  /** Readouts that are followed back through each sequence. */
  readonly seeds: number;
}

export function layout(
  program: Program,
  sizes: Sizes,
  cell: CellGraph,
  schedule: Schedule,
  { steps, batch, seeds }: Counts,
  room: Room,
): Layout {
  const sizeOfName = (name: string): number => {
    const { rows, columns } = shapeOf(program, name);
    return sizeOf(rows, sizes) * sizeOf(columns, sizes);
  };
  const back = cell.backward;
  const elsewhere = new Set(back === undefined ? [] : back.toParameters.values());
  if (back?.toInput !== undefined) elsewhere.add(back.toInput);
  const made = slotsOf(schedule, elsewhere);
  const { slots, sizes: frames } = made;

  const parameters = new Map<string, { offset: number; size: number }>();
  let count = 0;
  for (const name of parameterOrder(program.parameters, cell, made)) {
    parameters.set(name, { offset: count, size: sizeOfName(name) });
    count += sizeOfName(name);
  }

  const region = (stride: number, rows: number, before = 0, ring = 0): Region => {
    const start = room.reserve((rows + before) * stride);
    return { base: start + before * stride * 8, stride, shared: 1, ring };
  };
  const common = (size: number): Region => ({ ...region(size, 1), stride: 0 });
  const rows = steps * batch;
  const backwardRows = back === undefined ? 0 : rows * seeds;
  const ring = stepsTogether(batch) * batch * seeds;
  const regions = {
    parameters: common(count),
    gradients: common(back === undefined ? 0 : count),
    sums: common(frames.sums),
    shared: common(frames.shared),
    input: region(program.readsInput ? sizeOfName('x') : 0, rows),
    readout: region(sizeOfName(program.output), backwardRows),
    toInput: region(back?.toInput?.size ?? 0, backwardRows),
    // The states before the first step are the rows before row 0; what arrives from behind the last step is in the rows after it.
    forward: region(frameStride(frames.forward), rows, batch),
    backward: region(frameStride(frames.backward), backwardRows + batch * seeds),
    passing: region(frameStride(frames.passing), ring, 0, ring),
  };
  const sums = { from: regions.gradients.base, to: regions.shared.base };

  const places = new Map<Node, Place>();
  const put = (node: Node, region: Region, offset = 0, shift = 0) => places.set(node, { region, offset, shift });
  for (const [node, { frame, offset }] of slots) put(node, regions[frame], offset);
  if (back?.toInput !== undefined) put(back.toInput, regions.toInput);
  for (const [name, node] of back?.toParameters ?? []) put(node, regions.gradients, parameters.get(name)!.offset);
  for (const leaf of under([...schedule.roots])) {
    if (leaf.what.kind !== 'leaf') continue;
    const { role, name } = leaf.what;
    if (role === 'parameter') put(leaf, regions.parameters, parameters.get(name)!.offset);
    else if (role === 'input' || role === 'readout') put(leaf, regions[role]);
    else if (role === 'previous') places.set(leaf, { ...places.get(cell.states.get(name)!)!, shift: -batch });
    else places.set(leaf, { ...places.get(back!.toPrevious.get(name)!)!, shift: batch * seeds });
  }
  return { places, parameters, regions, sums };
}

/** Whole vectors; from 512 bytes on no multiple of 256, so that a value's rows do not all fall into the same few cache sets. */
function frameStride(size: number): number {
  if (size < 64) return size + (size % 2);
  const lines = Math.ceil(size / 8);
  return 8 * (lines % 4 === 0 ? lines + 1 : lines);
}
