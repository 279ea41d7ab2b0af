// Products and transposes of whatever is no parameter times a vector, row by row.

import { type Address, follows, forEachRow, operationCode, Pointers, rowCount, samePlace } from './addresses.ts';
import type { Code } from './assembler.ts';
import type { Where } from './entry-loop.ts';
import type { Node, NodeKind } from './graph.ts';
import { emitProduct } from './product.ts';

/** node = a · b, row by row; what all rows share stays where it is. */
export function emitMatrixProduct(node: Node, where: Where): Code {
  const { rows, terms, columns, transposed } = node.what as NodeKind & { kind: 'product' };
  const code = operationCode();
  const pointers = new Pointers(code);
  const [a, b] = node.args.map((arg) => pointers.at(where(arg)!)) as [At, At];
  const result = pointers.at(where(node)!);
  forEachRow(code, () => {
    emitProduct(code, {
      rows,
      columns,
      terms,
      left: {
        address: a.local,
        offset: a.offset,
        rowStep: transposed ? 8 : terms * 8,
        step: transposed ? rows * 8 : 8,
      },
      right: { address: b.local, offset: b.offset, step: columns * 8 },
      result: { address: result.local, offset: result.offset, rowStep: columns * 8 },
      onTop: false,
    });
    pointers.next();
  });
  return code;
}

/** node = a', row by row. */
export function emitTranspose(node: Node, where: Where): Code {
  const { rows, columns } = node.what as NodeKind & { kind: 'transpose' };
  const code = operationCode();
  const pointers = new Pointers(code);
  const a = pointers.at(where(node.args[0]!)!);
  const result = pointers.at(where(node)!);
  const [from, to, column, row] = [code.local('i32'), code.local('i32'), code.local('i32'), code.local('i32')];
  forEachRow(code, () => {
    code.get(result.local).set(to).int(0).set(column);
    const copy = () => {
      code.get(to).get(from).memory('v128.load64_zero', a.offset).storeLow(result.offset);
      code
        .advance(to, 8)
        .advance(from, columns * 8)
        .advance(row, 1);
    };
    const copyColumn = () => {
      code.get(a.local).get(column).do('i32.add').set(from).int(0).set(row);
      code.loop(copy, () => code.get(row).int(rows).do('i32.lt_u'));
      code.advance(column, 8);
    };
    code.loop(copyColumn, () =>
      code
        .get(column)
        .int(columns * 8)
        .do('i32.lt_u'),
    );
    pointers.next();
  });
  return code;
}

// Gradients of matrices: Σ a·b' over all sequences and steps, as one product in which the rows are the terms. Those that share b
// and have neighbouring a and neighbouring results become one.

interface OuterTotal {
  readonly a: Address;
  readonly b: Address;
  readonly result: Address;
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
