// Shape inference by name: H and D are names, never sizes, so a mistake is found even when H = D = 8.
// Dimensions are terms that unify; a term that is still open stands for a vector's or a matrix's side and is never 1.

import type { Dimension, Shape } from './program.ts';

/** A dimension that is known by name, or open and perhaps the same as another. */
interface DimensionTerm {
  known?: Dimension;
  same?: DimensionTerm;
}

export interface ShapeTerm {
  readonly rows: DimensionTerm;
  readonly columns: DimensionTerm;
}

/** Why shapes do not fit. The reader adds the place and the wording. */
export type ShapeClash =
  | { readonly code: 'elementwise-shapes'; readonly left: string; readonly right: string }
  | { readonly code: 'two-columns'; readonly left: string; readonly right: string }
  | {
      readonly code: 'product-shapes';
      readonly left: string;
      readonly right: string;
      readonly inner: readonly [string, string];
    };

export class ShapeClashError extends Error {
  readonly clash: ShapeClash;
  constructor(clash: ShapeClash) {
    super(clash.code);
    this.clash = clash;
  }
}

export type ShapeRule = (args: readonly ShapeTerm[]) => ShapeTerm;

export const open = (): DimensionTerm => ({});
export const known = (dimension: Dimension): DimensionTerm => ({ known: dimension });
export const scalarTerm = (): ShapeTerm => ({ rows: known(1), columns: known(1) });
export const termOfShape = (shape: Shape): ShapeTerm => ({ rows: known(shape.rows), columns: known(shape.columns) });

export function resolve(term: DimensionTerm): DimensionTerm {
  let at = term;
  while (at.same !== undefined) at = at.same;
  return at;
}

/** Makes two dimensions one; false when they are known to differ. */
export function unify(a: DimensionTerm, b: DimensionTerm): boolean {
  const [left, right] = [resolve(a), resolve(b)];
  if (left === right) return true;
  if (left.known !== undefined && right.known !== undefined) return left.known === right.known;
  if (left.known === 1 || right.known === 1) return false;
  if (left.known === undefined) left.same = right;
  else right.same = left;
  return true;
}

const isOne = (term: DimensionTerm): boolean => resolve(term).known === 1;
const isScalar = (shape: ShapeTerm): boolean => isOne(shape.rows) && isOne(shape.columns);
const isColumn = (shape: ShapeTerm): boolean => isOne(shape.columns) && !isOne(shape.rows);
const isRow = (shape: ShapeTerm): boolean => isOne(shape.rows) && !isOne(shape.columns);

const sideText = (term: DimensionTerm): string => String(resolve(term).known ?? '?');

/** A shape in words: `a column of H`, `a matrix H×D`, `a scalar`. */
export function describe(shape: ShapeTerm): string {
  if (isScalar(shape)) return 'a scalar';
  const [rows, columns] = [sideText(shape.rows), sideText(shape.columns)];
  if (isColumn(shape)) return rows === '?' ? 'a column' : `a column of ${rows}`;
  if (isRow(shape)) return columns === '?' ? 'a row' : `a row of ${columns}`;
  return rows === '?' && columns === '?' ? 'a matrix' : `a matrix ${rows}×${columns}`;
}

/** Both alike, or one of them a scalar that spreads over the other. */
export const elementwise: ShapeRule = ([a, b]) => {
  if (isScalar(a!)) return b!;
  if (isScalar(b!)) return a!;
  const [left, right] = [describe(a!), describe(b!)];
  if (!unify(a!.rows, b!.rows) || !unify(a!.columns, b!.columns))
    throw new ShapeClashError({ code: 'elementwise-shapes', left, right });
  return a!;
};

export const elementwiseOne: ShapeRule = ([a]) => a!;

export const matrixProduct: ShapeRule = ([a, b]) => {
  if (isScalar(a!)) return b!;
  if (isScalar(b!)) return a!;
  if ((isColumn(a!) && isColumn(b!)) || (isRow(a!) && isRow(b!))) {
    // An open side was most likely meant to be the other's; saying so reads better than "a column".
    unify(a!.rows, b!.rows);
    unify(a!.columns, b!.columns);
    throw new ShapeClashError({ code: 'two-columns', left: describe(a!), right: describe(b!) });
  }
  const [left, right] = [describe(a!), describe(b!)];
  if (!unify(a!.columns, b!.rows)) {
    const inner = [sideText(a!.columns), sideText(b!.rows)] as const;
    throw new ShapeClashError({ code: 'product-shapes', left, right, inner });
  }
  return { rows: a!.rows, columns: b!.columns };
};

export const transposed: ShapeRule = ([a]) => ({ rows: a!.columns, columns: a!.rows });

export const reduced: ShapeRule = () => scalarTerm();
