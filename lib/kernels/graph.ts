// The equations as one graph in which equal expressions are one node: what the forward and the backward pass share is computed once.
// A node is a run of doubles; rows and columns matter only to products, so a column and its transpose are the same node.

import type { Expression, OpName } from '../equations/expression.ts';

/** Where the numbers of a leaf come from. */
type Role = 'parameter' | 'input' | 'previous' | 'readout' | 'next';

export type Elementwise = Exclude<OpName, 'product' | 'transpose' | 'softmax' | 'sum'>;

export type NodeKind =
  | { readonly kind: 'number'; readonly value: number }
  /** A parameter; the input; a state one step before; the readout; what the next step sent back to a state. */
  | { readonly kind: 'leaf'; readonly role: Role; readonly name: string }
  | { readonly kind: 'elementwise'; readonly op: Elementwise }
  /** args[0] again in a place of its own; `varies` where that place is one a step. */
  | { readonly kind: 'copy'; readonly to: string; readonly varies: boolean }
  | { readonly kind: 'sum' }
  | { readonly kind: 'softmax' }
  /** args: a rows×columns matrix. */
  | { readonly kind: 'transpose'; readonly rows: number; readonly columns: number }
  /** args: a of rows×terms (of terms×rows where transposed), b of terms×columns. */
  | {
      readonly kind: 'product';
      readonly rows: number;
      readonly terms: number;
      readonly columns: number;
      readonly transposed: boolean;
    }
  /** Σ matrix · vector: args matrix, vector, matrix, vector, …; the matrices are the same for all sequences and steps. */
  | { readonly kind: 'matvec'; readonly transposed: readonly boolean[] }
  /** The sum of args[0] over all sequences and steps. */
  | { readonly kind: 'total' }
  /** The sum of a · b' over all sequences and steps. */
  | { readonly kind: 'outer total' };

export interface Node {
  readonly id: number;
  readonly what: NodeKind;
  readonly args: readonly Node[];
  readonly size: number;
  /** Whether it differs between sequences and steps. Parameters do not, and totals do not. */
  readonly varies: boolean;
  /** Whether a sum over sequences and steps is under it: known only when the backward pass is over. */
  readonly late: boolean;
}

/** A node seen as a matrix. */
export interface MatrixOperand {
  readonly node: Node;
  readonly rows: number;
  readonly columns: number;
}

export class Graph {
  readonly #nodes = new Map<string, Node>();

  /** The one node of its kind over these arguments. */
  make(what: NodeKind, args: readonly Node[], size: number): Node {
    const key = `${keyOfKind(what)} ${args.map((a) => a.id).join(' ')}`;
    const existing = this.#nodes.get(key);
    if (existing !== undefined) return existing;
    const isTotal = what.kind === 'total' || what.kind === 'outer total';
    const isLeafThatVaries = what.kind === 'leaf' && what.role !== 'parameter';
    const node: Node = {
      id: this.#nodes.size,
      what,
      args,
      size,
      varies: !isTotal && (isLeafThatVaries || args.some((a) => a.varies) || (what.kind === 'copy' && what.varies)),
      late: isTotal || args.some((a) => a.late),
    };
    this.#nodes.set(key, node);
    return node;
  }

  number = (value: number): Node => this.make({ kind: 'number', value }, [], 1);
  leaf = (role: Role, name: string, size: number): Node => this.make({ kind: 'leaf', role, name }, [], size);
  elementwise = (op: Elementwise, ...args: readonly Node[]): Node =>
    this.make({ kind: 'elementwise', op }, args, Math.max(...args.map((a) => a.size)));
  copy = (to: string, a: Node, varies: boolean): Node => this.make({ kind: 'copy', to, varies }, [a], a.size);
  sum = (a: Node): Node => (a.size === 1 ? a : this.make({ kind: 'sum' }, [a], 1));

  transpose({ node, rows, columns }: MatrixOperand): MatrixOperand {
    if (rows === 1 || columns === 1) return { node, rows: columns, columns: rows };
    // The transpose of a transpose.
    if (node.what.kind === 'transpose') return { node: node.args[0]!, rows: columns, columns: rows };
    return { node: this.make({ kind: 'transpose', rows, columns }, [node], node.size), rows: columns, columns: rows };
  }

  product(a: MatrixOperand, b: MatrixOperand): MatrixOperand {
    if (isScalar(a) || isScalar(b)) {
      const { rows, columns } = isScalar(a) ? b : a;
      return { node: this.elementwise('times', a.node, b.node), rows, columns };
    }
    const shape = { rows: a.rows, columns: b.columns };
    if (a.rows === 1 && b.columns === 1) return { node: this.sum(this.elementwise('times', a.node, b.node)), ...shape };
    if (b.columns === 1 && a.columns > 1 && !a.node.varies && b.node.varies && !a.node.late)
      return { node: this.#matvec(a.node, false, b.node, a.rows), ...shape };
    if (a.rows === 1 && b.rows > 1 && !b.node.varies && a.node.varies && !b.node.late)
      return { node: this.#matvec(b.node, true, a.node, b.columns), ...shape };
    // A transpose on the left is read through its strides.
    const transposed = a.node.what.kind === 'transpose';
    const what: NodeKind = { kind: 'product', rows: a.rows, terms: a.columns, columns: b.columns, transposed };
    return { node: this.make(what, [transposed ? a.node.args[0]! : a.node, b.node], a.rows * b.columns), ...shape };
  }

  #matvec(matrix: Node, transposed: boolean, vector: Node, size: number): Node {
    if (matrix.what.kind === 'transpose') return this.#matvec(matrix.args[0]!, !transposed, vector, size);
    return this.make({ kind: 'matvec', transposed: [transposed] }, [matrix, vector], size);
  }

  /** The value of an expression over names whose values are known. */
  build(expression: Expression, scope: ReadonlyMap<string, MatrixOperand>): MatrixOperand {
    if (expression.kind === 'number') return { node: this.number(expression.value), rows: 1, columns: 1 };
    if (expression.kind === 'name') {
      const value = scope.get(expression.name);
      if (value === undefined) throw new RangeError(`nothing gives \`${expression.name}\` a value`);
      return value;
    }
    const args = expression.args.map((arg) => this.build(arg, scope));
    const [a, b] = args as [MatrixOperand, MatrixOperand];
    const { op } = expression;
    switch (op) {
      case 'product':
        return this.product(a, b);
      case 'transpose':
        return this.transpose(a);
      case 'sum':
        return { node: this.sum(a.node), rows: 1, columns: 1 };
      case 'softmax':
        return { ...a, node: this.make({ kind: 'softmax' }, [a.node], a.node.size) };
      default: {
        const { rows, columns } = args.find((arg) => !isScalar(arg)) ?? a;
        return { node: this.elementwise(op, ...args.map((arg) => arg.node)), rows, columns };
      }
    }
  }
}

function keyOfKind(what: NodeKind): string {
  switch (what.kind) {
    case 'number':
      return Object.is(what.value, -0) ? '-0' : String(what.value);
    case 'leaf':
      return `leaf ${what.role} ${what.name}`;
    case 'elementwise':
      return what.op;
    case 'copy':
      return `copy ${what.to}`;
    case 'transpose':
      return `transpose ${what.rows}`;
    case 'product':
      return `product ${what.rows} ${what.terms} ${what.transposed}`;
    case 'matvec':
      return `matvec ${what.transposed.join(' ')}`;
    default:
      return what.kind;
  }
}

const isScalar = ({ rows, columns }: MatrixOperand): boolean => rows === 1 && columns === 1;
