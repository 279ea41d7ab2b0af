// Sums over all sequences and steps, pushed as far down as they go: Σ a·b' becomes one matrix product over everything at once,
// and what is the same at every step is multiplied in once, after the sum.

import type { Graph, MatrixOperand, Node } from './graph.ts';

type Sides = Omit<MatrixOperand, 'node'>;

export class SumsOverTime {
  readonly #graph: Graph;
  /** An expression may be read many times; its total is made once. */
  readonly #known = new Map<string, Node>();

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** Σ over sequences and steps of a value. Sums are linear, and that is all this uses. */
  of(value: MatrixOperand): Node {
    const key = `${value.node.id} ${value.rows} ${value.columns}`;
    const existing = this.#known.get(key);
    if (existing !== undefined) return existing;
    const made = (value.node.varies ? this.#pushed(value) : undefined) ?? this.#plain(value.node);
    this.#known.set(key, made);
    return made;
  }

  #plain(node: Node): Node {
    return this.#graph.make({ kind: 'total' }, [node], node.size);
  }

  #outer(a: Node, b: Node): Node {
    return this.#graph.make({ kind: 'outer total' }, [a, b], a.size * b.size);
  }

  /** Undefined where a sum cannot go further down. */
  #pushed({ node, ...sides }: MatrixOperand): Node | undefined {
    const { what, args } = node;
    const [a, b] = args as [Node, Node];
    switch (what.kind) {
      case 'elementwise':
        if (what.op === 'negate') return this.#graph.elementwise('negate', this.of({ node: a, ...sides }));
        if (what.op === 'times') return this.#timesEither(node, sides);
        if (what.op !== 'add' && what.op !== 'subtract') return undefined;
        // A scalar that is spread over a vector counts once an entry: that sum stays as it is.
        if (a.size !== b.size || !a.varies || !b.varies) return undefined;
        return this.#graph.elementwise(what.op, this.of({ node: a, ...sides }), this.of({ node: b, ...sides }));
      case 'sum':
        return this.#graph.sum(this.of({ node: a, rows: 1, columns: a.size }));
      case 'transpose': {
        const { rows, columns } = what;
        return this.#graph.transpose({ node: this.of({ node: a, rows, columns }), rows, columns }).node;
      }
      case 'product': {
        const { rows, terms, columns, transposed } = what;
        const left = transposed
          ? this.#graph.transpose({ node: a, rows: terms, columns: rows })
          : { node: a, rows, columns: terms };
        const right = { node: b, rows: terms, columns };
        if (!b.varies) return this.#graph.product({ ...left, node: this.of(left) }, right).node;
        if (!a.varies) return this.#graph.product(left, { ...right, node: this.of(right) }).node;
        return isOuter(node) ? this.#outer(a, b) : undefined;
      }
      default:
        return undefined;
    }
  }

  #timesEither(node: Node, sides: Sides): Node | undefined {
    const [a, b] = node.args as [Node, Node];
    return this.#times(a, b, node, sides) ?? this.#times(b, a, node, sides);
  }

  #times(factor: Node, other: Node, whole: Node, sides: Sides): Node | undefined {
    // A shared factor comes out of the sum.
    if (!factor.varies && !factor.late) {
      const shape = other.size === whole.size ? sides : { rows: 1, columns: 1 };
      return this.#graph.elementwise('times', factor, this.of({ node: other, ...shape }));
    }
    if (factor.size > 1 || other.size === 1) return undefined;
    // An outer product times a number stays one, and a vector times a number is one with a single column.
    if (isOuter(other)) {
      const [u, v] = other.args as [Node, Node];
      return this.#outer(this.#graph.elementwise('times', factor, u), v);
    }
    return sides.rows === 1 || sides.columns === 1 ? this.#outer(other, factor) : undefined;
  }
}

/** A product with a single term in each sum: a column times a row. */
const isOuter = ({ what }: Node): boolean => what.kind === 'product' && what.terms === 1;
