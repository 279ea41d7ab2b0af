// Where everything lies in the one memory: parameters and gradients as they are given, inputs and readouts step by step, and for
// each sequence and step a frame of the forward values and a frame of the backward ones.

import type { Program, Sizes } from '../equations/program.ts';
import { shapeOf, sizeOf } from '../equations/program.ts';
import type { CellGraph } from './cell-graph.ts';
import type { Node } from './graph.ts';
import { nodesOf, type Operation, type Phase, readsOf, type Schedule } from './schedule.ts';

/** A run of rows, one a sequence and step (step by step, sequences within); a stride of 0: the same for all. */
export interface Region {
  /** In bytes; row 0 is the first sequence at the first step. */
  base: number;
  /** In doubles. */
  stride: number;
  /** So many rows in succession are all this region's same row; 1 but for what several readouts share. */
  readonly shared: number;
}

/** Bytes from one row of an operation to the next. */
export const rowStep = ({ stride, shared }: Region): number => (shared > 1 ? 0 : stride * 8);

/** A node's numbers: at base + 8 · ((row + shift) · stride + offset). */
export interface Place {
  readonly region: Region;
  readonly offset: number;
  readonly shift: number;
}

/** The byte address of row 0. */
export const addressOf = ({ region, offset, shift }: Place): number =>
  region.base + 8 * (shift * region.stride + offset);

export const samePlace = (a: Place, b: Place): boolean =>
  a.region === b.region && a.shift === b.shift && a.offset === b.offset;
/** Whether b lies right behind the `size` entries of a. */
export const follows = (a: Place, size: number, b: Place): boolean =>
  a.region === b.region && a.shift === b.shift && a.offset + size === b.offset;

export interface Layout {
  readonly bytes: number;
  readonly places: ReadonlyMap<Node, Place>;
  /** Parameters in their order, with the offset in doubles into `parameters` and, alike, into `gradients`. */
  readonly parameters: ReadonlyMap<string, { readonly offset: number; readonly size: number }>;
  readonly regions: Readonly<Record<RegionName, Region>>;
  /** Doubles in the parameters; gradients have as many. */
  readonly parameterCount: number;
  /** What is added up over sequences and steps, from the gradients on, in bytes. */
  readonly sums: { readonly from: number; readonly to: number };
}

export type RegionName =
  | 'parameters'
  | 'gradients'
  | 'sums'
  | 'shared'
  | 'input'
  | 'readout'
  | 'toInput'
  | 'forward'
  | 'backward';

/** Room for `doubles` more in memory that nobody has yet; its byte address. */
export type Reserve = (doubles: number) => number;

export function layout(
  program: Program,
  sizes: Sizes,
  cell: CellGraph,
  { operations, solid, forward, roots }: Schedule,
  leaves: Iterable<Node>,
  { steps, batch, seeds }: { readonly steps: number; readonly batch: number; readonly seeds: number },
): Layout & { readonly reserve: Reserve; readonly end: () => number } {
  const places = new Map<Node, Place>();
  const regions = {} as Record<RegionName, Region>;
  const names: RegionName[] = [
    'parameters',
    'gradients',
    'sums',
    'shared',
    'input',
    'readout',
    'toInput',
    'forward',
    'backward',
  ];
  for (const name of names) regions[name] = { base: 0, stride: 0, shared: 1 };
  const sizeOfName = (name: string) => {
    const { rows, columns } = shapeOf(program, name);
    return sizeOf(rows, sizes) * sizeOf(columns, sizes);
  };

  // Parameters, and their gradients in the same order: those whose gradients are gathered together stay together.
  const parameters = new Map<string, { offset: number; size: number }>();
  let parameterCount = 0;
  for (const name of parameterOrder(program, cell)) {
    parameters.set(name, { offset: parameterCount, size: sizeOfName(name) });
    parameterCount += sizeOfName(name);
  }
  for (const [name, node] of cell.backward?.toParameters ?? [])
    places.set(node, { region: regions.gradients, offset: parameters.get(name)!.offset, shift: 0 });

  // Which nodes have memory, who reads them, and in what order they are met.
  const readers = new Map<Node, Set<Operation>>();
  const order: Node[] = [];
  for (const list of operations.values())
    for (const operation of list) {
      for (const node of nodesOf(operation)) if (!order.includes(node)) order.push(node);
      for (const node of readsOf(operation, solid)) {
        const set = readers.get(node) ?? new Set();
        readers.set(node, set.add(operation));
      }
    }
  const stored = order.filter((node) => roots.has(node) || readers.has(node) || !isElement(node));

  // A value may take the place of the weighing that only its own group reads.
  const heir = new Map<Node, Node>();
  const inherits = new Set<Node>();
  for (const list of operations.values())
    for (const operation of list) {
      if (operation.kind !== 'elements') continue;
      for (const node of operation.nodes) {
        if (!stored.includes(node) || places.has(node) || node === cell.backward?.toInput) continue;
        const weighing = weighingsUnder(node, solid).find(
          (w) =>
            !roots.has(w) &&
            !heir.has(w) &&
            w.size === node.size &&
            readers.get(w)!.size === 1 &&
            forward.has(w) === forward.has(node),
        );
        if (weighing === undefined) continue;
        heir.set(weighing, node);
        inherits.add(node);
      }
    }

  if (cell.backward?.toInput !== undefined)
    places.set(cell.backward.toInput, { region: regions.toInput, offset: 0, shift: 0 });
  const fill = { sums: 0, shared: 0, forward: 0, backward: 0 };
  for (const node of clustered(stored, operations)) {
    if (places.has(node) || inherits.has(node)) continue;
    const isSum = node.what.kind === 'total' || node.what.kind === 'outer total';
    const name = isSum ? 'sums' : !node.varies ? 'shared' : forward.has(node) ? 'forward' : 'backward';
    const place: Place = { region: regions[name], offset: fill[name], shift: 0 };
    fill[name] += node.size;
    places.set(node, place);
    const follower = heir.get(node);
    if (follower !== undefined) places.set(follower, place);
  }

  const outputSize = sizeOfName(program.output);
  const inputSize = program.readsInput ? sizeOfName('x') : 0;
  for (const leaf of leaves) {
    if (leaf.what.kind !== 'leaf') continue;
    const { role, name } = leaf.what;
    if (role === 'parameter')
      places.set(leaf, { region: regions.parameters, offset: parameters.get(name)!.offset, shift: 0 });
    if (role === 'input') places.set(leaf, { region: regions.input, offset: 0, shift: 0 });
    if (role === 'readout') places.set(leaf, { region: regions.readout, offset: 0, shift: 0 });
    if (role === 'previous') places.set(leaf, { ...places.get(cell.states.get(name)!)!, shift: -batch });
    if (role === 'next')
      places.set(leaf, { ...places.get(cell.backward!.toPrevious.get(name)!)!, shift: batch * seeds });
  }

  let end = 64;
  const reserve: Reserve = (doubles) => {
    const at = end;
    // Whole cache lines, so that no two regions share one.
    end += Math.ceil((doubles * 8 + 16) / 64) * 64;
    return at;
  };
  const rows = steps * batch;
  regions.parameters.base = reserve(parameterCount);
  const hasBackward = cell.backward !== undefined;
  regions.gradients.base = reserve(hasBackward ? parameterCount : 0);
  regions.sums.base = reserve(fill.sums);
  const sums = { from: regions.gradients.base, to: end };
  regions.shared.base = reserve(fill.shared);
  regions.input.stride = inputSize;
  regions.input.base = reserve(rows * inputSize);
  if (hasBackward) {
    regions.readout.stride = outputSize;
    regions.readout.base = reserve(rows * seeds * outputSize);
    regions.toInput.stride = cell.backward?.toInput?.size ?? 0;
    regions.toInput.base = reserve(rows * seeds * regions.toInput.stride);
  }
  regions.forward.stride = frameStride(fill.forward);
  regions.forward.base = reserve((rows + batch) * regions.forward.stride) + batch * regions.forward.stride * 8;
  if (hasBackward) {
    regions.backward.stride = frameStride(fill.backward);
    regions.backward.base = reserve((rows + batch) * seeds * regions.backward.stride);
  }
  return { bytes: end, places, parameters, regions, parameterCount, sums, reserve, end: () => end + 64 };
}

const isElement = ({ what }: Node): boolean => what.kind === 'elementwise' || what.kind === 'copy';

/** An odd number of cache lines, so that the same value at successive steps does not fall into the same few cache sets. */
function frameStride(size: number): number {
  if (size < 32) return Math.max(2, 2 * Math.ceil(size / 2));
  const lines = Math.ceil(size / 8);
  return 8 * (lines % 2 === 0 ? lines + 1 : lines);
}

function weighingsUnder(node: Node, solid: ReadonlySet<Node>): Node[] {
  const found: Node[] = [];
  const visit = (at: Node): void => {
    if (at.what.kind === 'weigh') found.push(at);
    else if (at === node || !solid.has(at)) for (const arg of at.args) visit(arg);
  };
  visit(node);
  return found;
}

/** Parameters by what their gradients' outer products share, so that these can be one product. */
function parameterOrder(program: Program, cell: CellGraph): string[] {
  const rank = (name: string): number => {
    const node = cell.backward?.toParameters.get(name);
    return node?.what.kind === 'outer total' ? node.args[1]!.id : -1;
  };
  const second = (name: string): number => cell.backward?.toParameters.get(name)?.args[0]?.id ?? 0;
  return [...program.parameters].sort((a, b) => rank(a) - rank(b) || second(a) - second(b));
}

/** What is produced by, or fed to, the same products lies side by side, so that these products can be one. */
function clustered(stored: readonly Node[], operations: ReadonlyMap<Phase, readonly Operation[]>): Node[] {
  const signature = new Map<Node, string[]>();
  const note = (node: Node, mark: string) => signature.set(node, [...(signature.get(node) ?? []), mark]);
  for (const list of operations.values())
    for (const operation of list) {
      if (operation.kind === 'weigh')
        for (const { node, vector } of operation.terms) {
          note(node, `from ${vector.id}`);
          note(vector, `to ${node.id}`);
        }
      if (operation.kind === 'outer total')
        for (const node of operation.nodes) note(node.args[0]!, `with ${node.args[1]!.id}`);
    }
  const position = new Map(stored.map((node, i) => [node, i]));
  const key = (node: Node): string => (signature.get(node) ?? ['~']).sort().join(', ');
  return [...stored].sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    return left < right ? -1 : left > right ? 1 : position.get(a)! - position.get(b)!;
  });
}
