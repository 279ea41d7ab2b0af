// How much there is to compute in one step of a cell, counted before it is trained: the same everywhere, as no clock is.

import type { Application, Expression, OpName } from '../../equations/expression.ts';
import { type Program, type Shape, type Sizes, sizeOf } from '../../equations/program.ts';
import { ShapeOf } from '../../equations/shape-of.ts';

export interface CellWork {
  /** Operators and calls in the text. */
  readonly operators: number;
  /** Multiplications of one step, or what takes as long. */
  readonly multiplications: number;
}

/** What costs one multiplication an entry; every other function costs about ten. */
const cheap: readonly OpName[] = ['add', 'subtract', 'negate', 'times', 'transpose', 'sum'];

export function workOf(program: Program, sizes: Sizes): CellWork {
  const applications = program.equations.flatMap(({ value }) => applicationsIn(value));
  const shapes = new ShapeOf(program.shapes);
  // The innermost first: no shape is asked for before those that it is made of are known.
  const each = applications.reverse().map((application) => multiplicationsOf(application, shapes, sizes));
  return { operators: applications.length, multiplications: each.reduce((sum, count) => sum + count, 0) };
}

/** Outer ones before inner ones. No recursion: a sum may have ten thousand terms. */
function applicationsIn(expression: Expression): Application[] {
  const found: Application[] = [];
  const waiting = [expression];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind !== 'apply') continue;
    found.push(next);
    waiting.push(...next.args);
  }
  return found;
}

function multiplicationsOf(application: Application, shapes: ShapeOf, sizes: Sizes): number {
  const { op, args } = application;
  const [first] = args as [Expression];
  const entries = Math.max(...[application, ...args].map((part) => entriesOf(shapes.of(part), sizes)));
  if (op !== 'product') return cheap.includes(op) ? entries : 10 * entries;
  const isScalar = args.some((part) => entriesOf(shapes.of(part), sizes) === 1);
  return isScalar ? entries : entriesOf(shapes.of(application), sizes) * sizeOf(shapes.of(first).columns, sizes);
}

const entriesOf = ({ rows, columns }: Shape, sizes: Sizes): number => sizeOf(rows, sizes) * sizeOf(columns, sizes);
