// Which nodes need memory, and side by side with which others: what the same product makes or reads lies together, so that several
// products can be one.

import type { CellGraph } from './cell-graph.ts';
import type { Node } from './graph.ts';
import { nodesOf, type Operation, readsOf, type Schedule, sourcesOf } from './schedule.ts';

/**
 * Sums over all rows; what no row changes; and frames of a row: of forward values, of backward values that somebody looks at, and
 * of backward values in passing.
 */
export type Frame = 'sums' | 'shared' | 'forward' | 'backward' | 'passing';

export interface Slots {
  readonly slots: ReadonlyMap<Node, { readonly frame: Frame; readonly offset: number }>;
  /** Doubles in each frame. */
  readonly sizes: Readonly<Record<Frame, number>>;
}

/** Slots for all nodes but those that have `elsewhere`. */
export function slotsOf(schedule: Schedule, elsewhere: ReadonlySet<Node>): Slots {
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

function readersOf(all: readonly Operation[], solid: ReadonlySet<Node>): Map<Node, Set<Operation>> {
  const readers = new Map<Node, Set<Operation>>();
  for (const operation of all)
    for (const node of readsOf(operation, solid)) {
      const set = readers.get(node) ?? new Set();
      readers.set(node, set.add(operation));
    }
  return readers;
}

/** A value takes the slot of the weighing that only its own loop reads: entry by entry it is read before it is overwritten. */
function heirsOf(
  all: readonly Operation[],
  { solid, forward, roots }: Schedule,
  readers: ReadonlyMap<Node, ReadonlySet<Operation>>,
  needed: ReadonlySet<Node>,
  elsewhere: ReadonlySet<Node>,
): Map<Node, Node> {
  const heirs = new Map<Node, Node>();
  for (const operation of all) {
    if (operation.kind !== 'elements') continue;
    for (const node of operation.nodes) {
      if (!needed.has(node) || elsewhere.has(node)) continue;
      const weighing = weighingsUnder(node, solid).find(
        (w) =>
          !roots.has(w) &&
          !heirs.has(w) &&
          w.size === node.size &&
          readers.get(w)!.size === 1 &&
          forward.has(w) === forward.has(node),
      );
      if (weighing !== undefined) heirs.set(weighing, node);
    }
  }
  return heirs;
}

function weighingsUnder(node: Node, solid: ReadonlySet<Node>): Node[] {
  return [...sourcesOf(node.args, (at) => solid.has(at))].filter((at) => at.what.kind === 'weigh');
}

/** Sorted by the products that make or read a node, else in the order in which they are computed. */
function inClusters(nodes: readonly Node[], all: readonly Operation[]): Node[] {
  const marks = new Map<Node, string[]>();
  const note = (node: Node, mark: string) => {
    const list = marks.get(node);
    if (list === undefined) marks.set(node, [mark]);
    else list.push(mark);
  };
  for (const operation of all) {
    if (operation.kind === 'weigh')
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
export function parameterOrder(parameters: readonly string[], cell: CellGraph, { slots }: Slots): string[] {
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
