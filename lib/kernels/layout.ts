// Lays out the one memory of a kernel: parameters and gradients as they are given, inputs and readouts step by step, and for each
// sequence and step a frame of forward values and one of backward values.

import { type Program, type Sizes, sizedShape } from '../equations/program.ts';
import { type Address, type Arena, type Region, stepsTogether } from './addresses.ts';
import { type CellGraph, under } from './cell-graph.ts';
import type { Node } from './graph.ts';
import { type KernelOperation, type KernelSchedule, nodesOf, readsOf, sourcesOf } from './schedule.ts';

export interface Layout {
  readonly places: ReadonlyMap<Node, Address>;
  /** In the order of memory: offsets in doubles into the parameters and, alike, into their gradients. */
  readonly parameters: ReadonlyMap<string, { readonly offset: number; readonly size: number }>;
  readonly regions: Readonly<Record<'parameters' | 'gradients' | 'input' | 'readout' | 'toInput' | 'forward', Region>>;
  /** What is summed over rows, gradients included: the bytes to clear. */
  readonly sums: { readonly from: number; readonly to: number };
}

interface Counts {
  readonly steps: number;
  readonly batch: number;
}

export function layout(
  program: Program,
  sizes: Sizes,
  cell: CellGraph,
  schedule: KernelSchedule,
  { steps, batch }: Counts,
  room: Arena,
): Layout {
  const sizeOfName = (name: string): number => {
    const { rows, columns } = sizedShape(program, name, sizes);
    return rows * columns;
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
    return { base: start + before * stride * 8, stride, ring };
  };
  const common = (size: number): Region => ({ ...region(size, 1), stride: 0 });
  const rows = steps * batch;
  const backwardRows = back === undefined ? 0 : rows;
  const ring = stepsTogether(batch) * batch;
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
    backward: region(frameStride(frames.backward), backwardRows + batch),
    passing: region(frameStride(frames.passing), ring, 0, ring),
  };
  const sums = { from: regions.gradients.base, to: regions.shared.base };

  const places = new Map<Node, Address>();
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
    else places.set(leaf, { ...places.get(back!.toPrevious.get(name)!)!, shift: batch });
  }
  return { places, parameters, regions, sums };
}

/** Whole vectors; from 512 bytes on no multiple of 256, so that a value's rows do not all fall into the same few cache sets. */
function frameStride(size: number): number {
  if (size < 64) return size + (size % 2);
  const lines = Math.ceil(size / 8);
  return 8 * (lines % 4 === 0 ? lines + 1 : lines);
}

// Which nodes need memory, and side by side with which others: what the same product makes or reads lies together, so that several
// products can be one.

/**
 * Sums over all rows; what no row changes; and frames of a row: of forward values, of backward values that somebody looks at, and
 * of backward values in passing.
 */
type Frame = 'sums' | 'shared' | 'forward' | 'backward' | 'passing';

interface Slots {
  readonly slots: ReadonlyMap<Node, { readonly frame: Frame; readonly offset: number }>;
  /** Doubles in each frame. */
  readonly sizes: Readonly<Record<Frame, number>>;
}

/** Slots for all nodes but those that have `elsewhere`. */
function slotsOf(schedule: KernelSchedule, elsewhere: ReadonlySet<Node>): Slots {
  const { operations, solid, forward, roots } = schedule;
  const all = [...operations.values()].flat();
  const readers = readersOf(all, solid);
  const needed = [...new Set(all.flatMap(nodesOf))].filter(
    (node) => roots.has(node) || readers.has(node) || !isElement(node),
  );
  const heirs = heirsOf(all, schedule, readers, new Set(needed), elsewhere);
  const inheriting = new Set(heirs.values());
  const slots = new Map<Node, { frame: Frame; offset: number }>();
  const sizes = { sums: 0, shared: 0, forward: 0, backward: 0, passing: 0 };
  const frameOf = (node: Node, heir: Node | undefined): Frame => {
    if (node.what.kind === 'total' || node.what.kind === 'outer total') return 'sums';
    if (!node.varies) return 'shared';
    if (forward.has(node)) return 'forward';
    return roots.has(node) || (heir !== undefined && roots.has(heir)) ? 'backward' : 'passing';
  };
  for (const node of inClusters(needed, all)) {
    if (elsewhere.has(node) || inheriting.has(node)) continue;
    const heir = heirs.get(node);
    const frame = frameOf(node, heir);
    const slot = { frame, offset: sizes[frame] };
    sizes[frame] += node.size;
    slots.set(node, slot);
    if (heir !== undefined) slots.set(heir, slot);
  }
  return { slots, sizes };
}

const isElement = ({ what }: Node): boolean => what.kind === 'elementwise' || what.kind === 'copy';

function readersOf(all: readonly KernelOperation[], solid: ReadonlySet<Node>): Map<Node, Set<KernelOperation>> {
  const readers = new Map<Node, Set<KernelOperation>>();
  for (const operation of all)
    for (const node of readsOf(operation, solid)) {
      const set = readers.get(node) ?? new Set();
      readers.set(node, set.add(operation));
    }
  return readers;
}

/** A value takes the slot of the matvec that only its own loop reads: entry by entry it is read before it is overwritten. */
function heirsOf(
  all: readonly KernelOperation[],
  { solid, forward, roots }: KernelSchedule,
  readers: ReadonlyMap<Node, ReadonlySet<KernelOperation>>,
  needed: ReadonlySet<Node>,
  elsewhere: ReadonlySet<Node>,
): Map<Node, Node> {
  const heirs = new Map<Node, Node>();
  for (const operation of all) {
    if (operation.kind !== 'elements') continue;
    for (const node of operation.nodes) {
      if (!needed.has(node) || elsewhere.has(node)) continue;
      const matvec = matvecsUnder(node, solid).find(
        (w) =>
          !roots.has(w) &&
          !heirs.has(w) &&
          w.size === node.size &&
          readers.get(w)!.size === 1 &&
          forward.has(w) === forward.has(node),
      );
      if (matvec !== undefined) heirs.set(matvec, node);
    }
  }
  return heirs;
}

function matvecsUnder(node: Node, solid: ReadonlySet<Node>): Node[] {
  return [...sourcesOf(node.args, (at) => solid.has(at))].filter((at) => at.what.kind === 'matvec');
}

/** Sorted by the products that make or read a node, else in the order in which they are computed. */
function inClusters(nodes: readonly Node[], all: readonly KernelOperation[]): Node[] {
  const marks = new Map<Node, string[]>();
  const note = (node: Node, mark: string) => {
    const list = marks.get(node);
    if (list === undefined) marks.set(node, [mark]);
    else list.push(mark);
  };
  for (const operation of all) {
    if (operation.kind === 'matvec')
      for (const { node, vector } of operation.terms) {
        note(node, `from ${vector.id}`);
        note(vector, `to ${node.id}`);
      }
    if (operation.kind === 'outer total') for (const { args } of operation.nodes) note(args[0]!, `with ${args[1]!.id}`);
  }
  const keyed = nodes.map((node, i) => ({ node, i, key: marks.get(node)?.sort().join(', ') ?? '~' }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.i - b.i)).map(({ node }) => node);
}

/** Parameters in the order of the slots from which their gradients are gathered: then these products, too, can be one. */
function parameterOrder(parameters: readonly string[], cell: CellGraph, { slots }: Slots): string[] {
  const ranks = new Map(
    parameters.map((name): [string, readonly [number, number]] => {
      const node = cell.backward?.toParameters.get(name);
      if (node?.what.kind !== 'outer total') return [name, [-1, 0]];
      const [a, b] = node.args as [Node, Node];
      return [name, [b.id, slots.get(a)?.offset ?? 0]];
    }),
  );
  const rank = (name: string) => ranks.get(name)!;
  return [...parameters].sort((a, b) => rank(a)[0] - rank(b)[0] || rank(a)[1] - rank(b)[1]);
}
