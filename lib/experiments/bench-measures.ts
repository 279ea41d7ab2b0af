// How fast is a step? What was measured, as a Result; the clock itself is read in lib/cli.

import type { Expression } from '../equations/expression.ts';
import { type Program, type Sizes, sizeOf } from '../equations/program.ts';
import { isScalarShape, ShapeOf } from '../equations/shape-of.ts';
import { powerOf } from '../numbers/statistics.ts';
import type { EngineName } from '../options/engine.ts';
import type { Figure, Result } from '../render/result.ts';
import { left, right, rightColumn } from './table-columns.ts';

/** One row of `unroll bench --format json`. */
export interface BenchRow {
  readonly cell: string;
  readonly hidden: number;
  readonly input: number;
  readonly steps: number;
  readonly batch: number;
  readonly engine: EngineName;
  readonly forwardMicrosecondsPerStep: number;
  /** Forward, backward and all gradients, ∂L/∂x included. */
  readonly trainMicrosecondsPerStep: number;
  /** Of the training step, matrix products only. */
  readonly gflops: number;
  /** Whether all outputs were finite; else the times are of arithmetic with infinities and NaN. */
  readonly finite: boolean;
}

/**
 * Of the matrix products of one step of one sequence: 2 · rows · terms · columns each, as the equations are written.
 * Elementwise work is not counted, nor is a scalar factor. The backward step needs twice this: each product has two gradients.
 */
export function productFlops(program: Program, sizes: Sizes): number {
  const shapes = new ShapeOf(program.shapes);
  const count = (expression: Expression): number => {
    if (expression.kind !== 'apply') return 0;
    const within = expression.args.reduce((sum, arg) => sum + count(arg), 0);
    if (expression.op !== 'product') return within;
    const [left, right] = [shapes.of(expression.args[0]!), shapes.of(expression.args[1]!)];
    if (isScalarShape(left) || isScalarShape(right)) return within;
    return within + 2 * sizeOf(left.rows, sizes) * sizeOf(left.columns, sizes) * sizeOf(right.columns, sizes);
  };
  return program.equations.reduce((sum, { value }) => sum + count(value), 0);
}

/** GFLOP/s of a training step: the products of `flops` forward, twice that backward, for each sequence. */
export const gflopsOf = (flops: number, batch: number, trainMicrosecondsPerStep: number): number =>
  (3 * flops * batch) / (trainMicrosecondsPerStep * 1000);

export function benchResult(rows: readonly BenchRow[], repeats: number): Result {
  const growth = growthFigures(rows);
  const distinct = <K extends keyof BenchRow>(key: K): BenchRow[K][] => [...new Set(rows.map((row) => row[key]))];
  return {
    unroll: 1,
    experiment: 'bench',
    question: 'How long does a step take?',
    options: {
      cells: distinct('cell'),
      hidden: distinct('hidden'),
      input: distinct('input'),
      steps: distinct('steps'),
      batch: distinct('batch'),
      engine: distinct('engine'),
      repeats,
    },
    seed: 1,
    figures: [
      {
        kind: 'table',
        title: 'How long does a step take?',
        columns: [
          ...left('cell'),
          ...right('H', 'D', 'T', 'batch'),
          ...left('engine'),
          rightColumn('forward', 'µs'),
          rightColumn('training', 'µs'),
          ...right('GFLOP/s'),
        ],
        rows: rows.map((row) => [
          row.cell,
          row.hidden,
          row.input,
          row.steps,
          row.batch,
          row.engine,
          row.forwardMicrosecondsPerStep,
          row.trainMicrosecondsPerStep,
          row.gflops,
        ]),
      },
      ...growth,
    ],
    claims: [],
    notes: [
      ...[...new Set(rows.filter(({ finite }) => !finite).map(({ cell, steps }) => `${cell} at T = ${steps}`))].map(
        (which) => `${which} is not finite: its times are those of arithmetic with infinities and NaN.`,
      ),
      `${repeats === 1 ? 'One measurement' : `Medians of ${repeats} measurements`} after a warm-up, on one thread, in doubles. Compiling the cell is not in them.`,
      'A training step is forward, backward and all gradients (of every parameter, the first states and the inputs), the whole sequence divided by T; a step takes all sequences of the batch.',
      'GFLOP/s are those of training: 2 · rows · columns for each product of a matrix and a vector forward, twice that again backward, for each sequence. Elementwise work is not counted.',
      ...(growth.length === 0
        ? []
        : [
            'T^1 is time in proportion to the length. The exponent is the slope of the least-squares line through the logarithms of T and of the time that the whole sequence takes.',
          ]),
    ],
    next: rows.some(({ engine }) => engine === 'mathjs')
      ? { says: 'What a batch gains', command: 'unroll bench --hidden 32,128 --batch 1,16' }
      : { says: 'Beside the engine that anyone can follow', command: 'unroll bench --engine both' },
  };
}

/** Of whatever was measured at three lengths or more, a factor of ten between the ends: the exponent of T in the time of a whole sequence. */
function growthFigures(rows: readonly BenchRow[]): Figure[] {
  const alike = new Map<string, BenchRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.cell, row.hidden, row.input, row.batch, row.engine]);
    alike.set(key, [...(alike.get(key) ?? []), row]);
  }
  const fitted = [...alike.values()].flatMap((group) => {
    const lengths = group.map(({ steps }) => steps);
    const [least, most] = [Math.min(...lengths), Math.max(...lengths)];
    if (new Set(lengths).size < 3 || most < 10 * least) return [];
    const exponent = (key: 'forwardMicrosecondsPerStep' | 'trainMicrosecondsPerStep') =>
      `T^${powerOf(
        lengths,
        group.map((row) => row[key] * row.steps),
      ).toFixed(2)}`;
    const { cell, hidden, input, batch, engine } = group[0]!;
    const time = [exponent('forwardMicrosecondsPerStep'), exponent('trainMicrosecondsPerStep')];
    return [[cell, hidden, input, batch, engine, `${least} to ${most}`, ...time]];
  });
  if (fitted.length === 0) return [];
  return [
    {
      kind: 'table',
      title: 'How the time of a sequence grows with its length',
      columns: [...left('cell'), ...right('H', 'D', 'batch'), ...left('engine', 'T'), ...right('forward', 'training')],
      rows: fitted,
    },
  ];
}
