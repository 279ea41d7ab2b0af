// What takes all entries of a value together: their sum, and softmax. Even and odd entries are folded apart, then together, then
// with the last of an odd number: always in this order.

import type { Code } from './assembler.ts';
import { type Entry, EntryLoop, type Where } from './entries.ts';
import type { Node } from './graph.ts';
import type { Shared, Value } from './lanes.ts';

/** node = the sum of all entries of args[0]. */
export function emitSum(node: Node, where: Where, shared: Shared): Code {
  const a = node.args[0]!;
  const loop = new EntryLoop(a.size, [a], [node], where, shared);
  const { add, number } = loop.lanes;
  return loop.run(() =>
    loop.storeFirst(
      node,
      fold(loop, number(0), add, ({ values }) => values.of(a)),
    ),
  );
}

/** node = exp(a - max a) / Σ exp(a - max a), over all entries of args[0]. */
export function emitSoftmax(node: Node, where: Where, shared: Shared): Code {
  const a = node.args[0]!;
  const loop = new EntryLoop(node.size, [a], [node], where, shared);
  const { keep, call, add, subtract, divide, max, number } = loop.lanes;
  const inBothLanes = (value: Value): Value =>
    keep(() => {
      value();
      loop.code.spreadLow();
    });
  return loop.run(() => {
    const largest = inBothLanes(fold(loop, number(Number.NEGATIVE_INFINITY), max, ({ values }) => values.of(a)));
    const raised = ({ values, store }: Entry): Value => {
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
function fold(loop: EntryLoop, start: Value, join: (a: Value, b: Value) => Value, entry: (at: Entry) => Value): Value {
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
