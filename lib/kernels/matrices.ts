// Products and transposes of whatever is no parameter times a vector, row by row.

import type { Code } from './assembler.ts';
import type { Where } from './entries.ts';
import type { Kind, Node } from './graph.ts';
import { emitProduct } from './product.ts';
import { forEachRow, operationCode, Pointers } from './rows.ts';

/** node = a · b, row by row; what all rows share stays where it is. */
export function emitMatrixProduct(node: Node, where: Where): Code {
  const { rows, terms, columns, transposed } = node.what as Kind & { kind: 'product' };
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
  const { rows, columns } = node.what as Kind & { kind: 'transpose' };
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

interface At {
  readonly local: number;
  readonly offset: number;
}
