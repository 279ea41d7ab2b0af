// Sums over all sequences and steps, pushed as far down as they go: Σ a·b' becomes one matrix product over everything at once,
// and what is the same at every step is multiplied in once, after the sum.

import type { Graph, Node, Operand } from './graph.ts';

/** Σ over sequences and steps of a value. Sums are linear, and that is all this uses. */
export function total(graph: Graph, value: Operand): Node {
  const { node, rows, columns } = value;
  const { what, args } = node;
  const inner = (arg: Node, shape: { rows: number; columns: number } = { rows, columns }) =>
    total(graph, { node: arg, ...shape });
  if (node.varies && what.kind === 'elementwise') {
    const [a, b] = args as [Node, Node];
    const sameSize = args.every((arg) => arg.size === node.size);
    if ((what.op === 'add' || what.op === 'subtract') && sameSize && a.varies && b.varies)
      return graph.elementwise(what.op, inner(a), inner(b));
    if (what.op === 'negate') return graph.elementwise('negate', inner(a));
    if (what.op === 'times') {
      for (const [f, g] of [
        [a, b],
        [b, a],
      ] as const) {
        // A shared factor comes out of the sum.
        if (!f.varies && !f.late) {
          const shape = g.size === node.size ? { rows, columns } : { rows: 1, columns: 1 };
          return graph.elementwise('times', f, inner(g, shape));
        }
        // A column times a number is an outer product with one column; an outer product times a number stays one.
        if (f.size === 1 && g.size > 1) {
          if (isOuter(g)) {
            const [u, v] = g.args as [Node, Node];
            return outerTotal(graph, graph.elementwise('times', f, u), v);
          }
          if (rows === 1 || columns === 1) return outerTotal(graph, g, f);
        }
      }
    }
  }
  if (node.varies && what.kind === 'sum') return graph.sum(inner(args[0]!, { rows: 1, columns: args[0]!.size }));
  if (node.varies && what.kind === 'transpose') {
    const { rows: r, columns: c } = what;
    return graph.transpose({ node: inner(args[0]!, { rows: r, columns: c }), rows: r, columns: c }).node;
  }
  if (node.varies && what.kind === 'product') {
    const [a, b] = args as [Node, Node];
    const left = what.transposed
      ? graph.transpose({ node: a, rows: what.terms, columns: what.rows })
      : { node: a, rows: what.rows, columns: what.terms };
    const right = { node: b, rows: what.terms, columns: what.columns };
    if (!b.varies) return graph.product({ ...left, node: total(graph, left) }, right).node;
    if (!a.varies) return graph.product(left, { ...right, node: total(graph, right) }).node;
    if (isOuter(node)) return outerTotal(graph, a, b);
  }
  return graph.make({ kind: 'total' }, [node], node.size);
}

/** A product with a single term in each sum: a column times a row. */
const isOuter = ({ what }: Node): boolean => what.kind === 'product' && what.terms === 1;

function outerTotal(graph: Graph, a: Node, b: Node): Node {
  return graph.make({ kind: 'outer total' }, [a, b], a.size * b.size);
}
