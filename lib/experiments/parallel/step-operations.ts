// The operations of one step, as a machine would do them: every product of a matrix and a vector is one, and what is left of an equation, entry
// by entry, is another.

import { type Expression, keyOf } from '../../equations/expression.ts';
import { printExpression } from '../../equations/print.ts';
import { type Equation, type Shape, type Sizes, sizeOf } from '../../equations/program.ts';
import { isScalarShape, ShapeOf } from '../../equations/shape-of.ts';

export interface StepOperation {
  /** `W_h * h_prev`; for what is left of an equation, its name. */
  readonly name: string;
  /** Multiplications, additions and calls of functions: 2·rows·terms·columns for a product, one for each entry of anything else. */
  readonly flops: number;
  /** Whether it is a product with a matrix. */
  readonly isProduct: boolean;
  /** Operations of the same list that it reads. */
  readonly reads: readonly number[];
  /** Names that it reads and that no equation of the list assigns: `x`, `h_prev`, what another part has computed. Parameters too. */
  readonly outside: readonly string[];
}

interface StepOperations {
  readonly operations: readonly StepOperation[];
  /** Which of them gives a name its value; absent for a name that is another's, or a number. */
  readonly givenBy: ReadonlyMap<string, number>;
}

/** Takes the equations in their order. Equal products are one operation. */
export function stepOperations(
  equations: readonly Equation[],
  shapes: ReadonlyMap<string, Shape>,
  sizes: Sizes,
): StepOperations {
  const shapeOf = new ShapeOf(shapes);
  const entries = (e: Expression): number => {
    const { rows, columns } = shapeOf.of(e);
    return sizeOf(rows, sizes) * sizeOf(columns, sizes);
  };
  const operations: StepOperation[] = [];
  const givenBy = new Map<string, number>();
  const outsideOf = new Map<string, string>();
  const products = new Map<string, number>();

  /** One operation that is still open: what has been read into it so far. */
  class Open {
    flops = 0;
    readonly reads = new Set<number>();
    readonly outside = new Set<string>();

    read(e: Expression): void {
      if (e.kind === 'number') return;
      if (e.kind === 'name') {
        const own = givenBy.get(e.name);
        if (own !== undefined) this.reads.add(own);
        else this.outside.add(outsideOf.get(e.name) ?? e.name);
        return;
      }
      if (isMatrixProduct(e)) {
        this.reads.add(product(e));
        return;
      }
      for (const arg of e.args) this.read(arg);
      this.flops += e.op === 'transpose' ? 0 : Math.max(entries(e), ...e.args.map(entries));
    }

    close(name: string, isProduct = false): number {
      operations.push({ name, flops: this.flops, isProduct, reads: [...this.reads], outside: [...this.outside] });
      return operations.length - 1;
    }
  }

  const isMatrixProduct = (e: Expression): e is Expression & { kind: 'apply' } =>
    e.kind === 'apply' && e.op === 'product' && !e.args.some((arg) => isScalarShape(shapeOf.of(arg)));

  const product = (e: Expression & { kind: 'apply' }): number => {
    const key = keyOf(e);
    const existing = products.get(key);
    if (existing !== undefined) return existing;
    const open = new Open();
    for (const arg of e.args) {
      if (arg.kind !== 'apply' || isMatrixProduct(arg)) open.read(arg);
      else {
        const inner = new Open();
        inner.read(arg);
        if (inner.flops > 0) open.reads.add(inner.close(printExpression(arg)));
        else open.read(arg);
      }
    }
    const { rows, columns } = shapeOf.of(e.args[0]!);
    open.flops = 2 * sizeOf(rows, sizes) * sizeOf(columns, sizes) * sizeOf(shapeOf.of(e.args[1]!).columns, sizes);
    const index = open.close(printExpression(e), true);
    products.set(key, index);
    return index;
  };

  for (const { name, value } of equations) {
    if (isMatrixProduct(value)) givenBy.set(name, product(value));
    else if (value.kind === 'apply') {
      const open = new Open();
      open.read(value);
      givenBy.set(name, open.close(name));
    } else if (value.kind === 'name') {
      const own = givenBy.get(value.name);
      if (own !== undefined) givenBy.set(name, own);
      else outsideOf.set(name, outsideOf.get(value.name) ?? value.name);
    }
  }
  return { operations, givenBy };
}
