// Gradients of matrices: Σ a·b' over all sequences and steps, as one product in which the rows are the terms. Those that share b
// and have neighbouring a and neighbouring results become one.

import type { Code } from './assembler.ts';
import type { Where } from './entries.ts';
import type { Node } from './graph.ts';
import { follows, type Place, samePlace } from './places.ts';
import { emitProduct } from './product.ts';
import { operationCode, Pointers, rowCount } from './rows.ts';

interface OuterTotal {
  readonly a: Place;
  readonly b: Place;
  readonly result: Place;
  readonly rows: number;
  readonly columns: number;
}

/** Rows of a and b at a time: few enough to stay in the second cache while every pair of entries is met. */
const rowsAtATime = 64;

/** Adds Σ a·b' to the place of each node. */
export function emitOuterTotals(nodes: readonly Node[], where: Where): Code[] {
  const totals = nodes.map((node): OuterTotal => {
    const [a, b] = node.args as [Node, Node];
    return { a: where(a)!, b: where(b)!, result: where(node)!, rows: a.size, columns: b.size };
  });
  const joined: OuterTotal[] = [];
  for (const total of totals.sort((x, y) => x.result.offset - y.result.offset)) {
    const at = joined.findIndex(
      ({ a, b, result, rows, columns }) =>
        samePlace(b, total.b) &&
        columns === total.columns &&
        follows(a, rows, total.a) &&
        follows(result, rows * columns, total.result),
    );
    if (at < 0) joined.push(total);
    else joined[at] = { ...joined[at]!, rows: joined[at]!.rows + total.rows };
  }
  return joined.map(emitOuterTotal);
}

function emitOuterTotal(total: OuterTotal): Code {
  const code = operationCode();
  const pointers = new Pointers(code);
  const [a, b, result] = [total.a, total.b, total.result].map((place) => pointers.at(place)) as [At, At, At];
  const [left, terms] = [code.local('i32'), code.local('i32')];
  code.get(rowCount).set(left);
  const block = () => {
    // terms = min(left, rowsAtATime)
    code.get(left).int(rowsAtATime).get(left).int(rowsAtATime).do('i32.lt_u', 'select').set(terms);
    emitProduct(code, {
      rows: total.rows,
      columns: total.columns,
      terms: { local: terms },
      left: { address: a.local, offset: a.offset, rowStep: 8, step: total.a.region.stride * 8 },
      right: { address: b.local, offset: b.offset, step: total.b.region.stride * 8 },
      result: { address: result.local, offset: result.offset, rowStep: total.columns * 8 },
      onTop: true,
    });
    pointers.next(rowsAtATime);
  };
  code.loop(block, () => code.get(left).get(terms).do('i32.sub').tee(left));
  return code;
}

interface At {
  readonly local: number;
  readonly offset: number;
}
