// A checked text of equations. Whoever holds a Program knows that every name is resolved and every shape is known by name.

import { type Matrix, zeros } from '../numbers/matrix.ts';
import type { Expression } from './expression.ts';

/** A dimension by name (`H`, `D`, or one that a declaration introduced) or a fixed size (1 for the columns of a vector). */
export type Dimension = string | number;

export interface Shape {
  readonly rows: Dimension;
  readonly columns: Dimension;
}

export interface Equation {
  readonly name: string;
  readonly value: Expression;
  /** The comment that stands behind the equation. */
  readonly caption?: string | undefined;
  /** Counted from 1 in the text that was read. */
  readonly line: number;
}

export interface Initialiser {
  /** A parameter's name, or a prefix and a star: `W_*`. */
  readonly pattern: string;
  readonly kind: InitialiserKind;
  readonly args: readonly number[];
  /** The parameter whose start value this one mirrors (`b_i ~ minus(b_f)`). */
  readonly of?: string | undefined;
  readonly line: number;
}

export type InitialiserKind =
  | 'constant'
  | 'uniform'
  | 'normal'
  | 'xavier'
  | 'orthogonal'
  | 'identity'
  | 'chrono'
  | 'minus';

export interface Program {
  /** The comment lines above the first equation: what it is and its source. */
  readonly heading: readonly string[];
  /** In the order in which they are evaluated, which is the order of the text. */
  readonly equations: readonly Equation[];
  /** Every `s` whose `s_prev` is read and which an equation assigns, in order of assignment. */
  readonly states: readonly string[];
  /** What the cell gives to the world: `h` where it is assigned, else the last equation that gives no matrix. */
  readonly output: string;
  /** Whether the input `x` is read at all. */
  readonly readsInput: boolean;
  /** Every other name that is read and not assigned, in order of first appearance. */
  readonly parameters: readonly string[];
  /** The shape of every value, parameter, `s_prev` and `x`. */
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly initialisers: readonly Initialiser[];
  /** Declaration lines, so that a printed program reads back: `alpha : 1`. */
  readonly declarations: ReadonlyMap<string, Shape>;
  /** Things that are legal and look like a slip, a sentence each. */
  readonly warnings: readonly string[];
}

/** What a step is given: the parameters, the states before it, the input where it is read. */
export const givenNames = ({ parameters, states, readsInput }: Program): string[] => [
  ...parameters,
  ...states.map((state) => `${state}_prev`),
  ...(readsInput ? ['x'] : []),
];

/** Sizes for the dimensions of a program: `H`, `D`, and any that a declaration introduced. */
export type Sizes = ReadonlyMap<string, number>;

/** A dimension in numbers. Throws RangeError when `sizes` does not say it. */
export function sizeOf(dimension: Dimension, sizes: Sizes): number {
  if (typeof dimension === 'number') return dimension;
  const size = sizes.get(dimension);
  if (size === undefined) throw new RangeError(`no size is given for dimension ${dimension}`);
  return size;
}

/** The shape that the reader inferred for a name. Throws RangeError for a name that the program does not have. */
export function shapeOf(program: Program, name: string): Shape {
  const shape = program.shapes.get(name);
  if (shape === undefined) throw new RangeError(`the program has no value named ${name}`);
  return shape;
}

/** The same in numbers. Throws RangeError as both do. */
export function sizedShape(program: Program, name: string, sizes: Sizes): { rows: number; columns: number } {
  const { rows, columns } = shapeOf(program, name);
  return { rows: sizeOf(rows, sizes), columns: sizeOf(columns, sizes) };
}

/** H, D, and H for every dimension that a declaration introduced. */
export function sizesFor(program: Program, hidden: number, input: number): Map<string, number> {
  const sizes = new Map([
    ['H', hidden],
    ['D', input],
  ]);
  for (const { rows, columns } of program.shapes.values())
    for (const dimension of [rows, columns])
      if (typeof dimension === 'string' && !sizes.has(dimension)) sizes.set(dimension, hidden);
  return sizes;
}

/** States at zero: what a run begins with. They say what size each is, also where nothing else does. */
export function zeroStates(program: Program, sizes: Sizes): Map<string, Matrix> {
  return new Map(
    program.states.map((state) => {
      const { rows, columns } = sizedShape(program, state, sizes);
      return [state, zeros(rows, columns)];
    }),
  );
}
