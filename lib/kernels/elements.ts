// Elementwise equations of one size as a single loop, with every intermediate in a register; and what is summed up over rows.

import type { Code } from './assembler.ts';
import { type EntryCursor, EntryLoop, type Where } from './entry-loop.ts';
import type { Node } from './graph.ts';
import type { LaneValue, Library } from './simd-functions.ts';

/** Computes `nodes`, all of one size, and stores those that have a place. */
export function emitElements(nodes: readonly Node[], where: Where, library: Library): Code {
  const loop = new EntryLoop(nodes[0]!.size, nodes, nodes, where, library);
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
export function emitTotals(nodes: readonly Node[], where: Where, library: Library): Code {
  const sources = nodes.map((node) => node.args[0]!);
  const loop = new EntryLoop(nodes[0]!.size, sources, nodes, where, library);
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

// What takes all entries of a value together: their sum, and softmax. Even and odd entries are folded apart, then together, then
// with the last of an odd number: always in this order.

/** node = the sum of all entries of args[0]. */
export function emitSum(node: Node, where: Where, library: Library): Code {
  const a = node.args[0]!;
  const loop = new EntryLoop(a.size, [a], [node], where, library);
  const { add, number } = loop.lanes;
  return loop.run(() =>
    loop.storeFirst(
      node,
      fold(loop, number(0), add, ({ values }) => values.of(a)),
    ),
  );
}

/** node = exp(a - max a) / Σ exp(a - max a), over all entries of args[0]. */
export function emitSoftmax(node: Node, where: Where, library: Library): Code {
  const a = node.args[0]!;
  const loop = new EntryLoop(node.size, [a], [node], where, library);
  const { keep, call, add, subtract, divide, max, number } = loop.lanes;
  const inBothLanes = (value: LaneValue): LaneValue =>
    keep(() => {
      value();
      loop.code.spreadLow();
    });
  return loop.run(() => {
    const largest = inBothLanes(fold(loop, number(Number.NEGATIVE_INFINITY), max, ({ values }) => values.of(a)));
    const raised = ({ values, store }: EntryCursor): LaneValue => {
      const value = keep(call('exp', subtract(values.of(a), largest)));
      store(node, value);
      return value;
    };
    const sum = inBothLanes(fold(loop, number(0), add, raised));
    loop.pass(({ load, store }) => {
      const raisedBefore = () => load(node);
      store(node, divide(raisedBefore, sum));
    });
  });
}

/** All entries joined, in the lower lane. */
function fold(
  loop: EntryLoop,
  start: LaneValue,
  join: (a: LaneValue, b: LaneValue) => LaneValue,
  entry: (at: EntryCursor) => LaneValue,
): LaneValue {
  const { code } = loop;
  const local = code.local('v128');
  start();
  code.set(local);
  const joined = () => void code.get(local);
  let last = start;
  loop.pass((at) => {
    const value = entry(at);
    if (at.isLast) last = value;
    else {
      join(joined, value)();
      code.set(local);
    }
  });
  const swapped = () => void code.swapLanes(local);
  return join(join(joined, swapped), last);
}
