// The shapes of the expressions of a checked program, from the shapes of its names.

import type { Expression } from './expression.ts';
import { ops } from './ops.ts';
import type { Shape } from './program.ts';
import { termOfShape } from './shape-rules.ts';

const one: Shape = { rows: 1, columns: 1 };

export const isScalarShape = ({ rows, columns }: Shape): boolean => rows === 1 && columns === 1;

export class ShapeOf {
  readonly #ofName: Map<string, Shape>;
  readonly #ofApplication = new WeakMap<Expression, Shape>();

  constructor(shapes: ReadonlyMap<string, Shape>) {
    this.#ofName = new Map(shapes);
  }

  set(name: string, shape: Shape): void {
    this.#ofName.set(name, shape);
  }

  /** Takes every name in the expression to be known. */
  of(expression: Expression): Shape {
    if (expression.kind === 'number') return one;
    if (expression.kind === 'name') return this.#ofName.get(expression.name)!;
    const ready = this.#ofApplication.get(expression);
    if (ready !== undefined) return ready;
    const { rows, columns } = ops[expression.op].shape(expression.args.map((arg) => termOfShape(this.of(arg))));
    const shape = { rows: rows.known!, columns: columns.known! };
    this.#ofApplication.set(expression, shape);
    return shape;
  }
}
