// Elementwise equations of one size as a single loop, with every intermediate in a register; and what is summed up over rows.

import type { Code } from './assembler.ts';
import { EntryLoop, type Where } from './entries.ts';
import type { Node } from './graph.ts';
import type { Shared } from './lanes.ts';

/** Computes `nodes`, all of one size, and stores those that have a place. */
export function emitElements(nodes: readonly Node[], where: Where, shared: Shared): Code {
  const loop = new EntryLoop(nodes[0]!.size, nodes, nodes, where, shared);
  return loop.run(() =>
    loop.pass(({ values, store }) => {
      for (const node of nodes) {
        const value = values.of(node);
        if (where(node) !== undefined) store(node, value);
      }
    }),
  );
}

/** Adds args[0] of each node to the node's place, row after row. */
export function emitTotals(nodes: readonly Node[], where: Where, shared: Shared): Code {
  const sources = nodes.map((node) => node.args[0]!);
  const loop = new EntryLoop(nodes[0]!.size, sources, nodes, where, shared);
  return loop.run(() =>
    loop.pass(({ values, load, store }) => {
      for (const node of nodes) {
        const value = values.of(node.args[0]!);
        store(
          node,
          loop.lanes.add(() => load(node), value),
        );
      }
    }),
  );
}
