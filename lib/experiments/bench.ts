// How fast is a step? What was measured, as a Result; the clock itself is read in lib/cli.

import type { EngineName } from './engine.ts';
import type { Result } from './result.ts';

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
}

/** GFLOP/s of a training step: the products of `flops` forward, twice that backward, for each sequence. */
export const gflopsOf = (flops: number, batch: number, trainMicrosecondsPerStep: number): number =>
  (3 * flops * batch) / (trainMicrosecondsPerStep * 1000);

export function benchResult(rows: readonly BenchRow[], repeats: number): Result {
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
          { title: 'cell', align: 'left' },
          { title: 'H', align: 'right' },
          { title: 'D', align: 'right' },
          { title: 'T', align: 'right' },
          { title: 'batch', align: 'right' },
          { title: 'engine', align: 'left' },
          { title: 'forward', unit: 'µs', align: 'right' },
          { title: 'training', unit: 'µs', align: 'right' },
          { title: 'GFLOP/s', align: 'right' },
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
    ],
    claims: [],
    notes: [
      `Medians of ${repeats} measurements after a warm-up, on one thread, in doubles. Compiling the cell is not in them.`,
      'A training step is forward, backward and all gradients (of every parameter, the first states and the inputs), the whole sequence divided by T; a step takes all sequences of the batch.',
      'GFLOP/s are those of training: 2 · rows · columns for each product of a matrix and a vector forward, twice that again backward, for each sequence. Elementwise work is not counted.',
    ],
    next: rows.some(({ engine }) => engine === 'mathjs')
      ? { says: 'What a batch gains', command: 'unroll bench --hidden 32,128 --batch 1,16' }
      : { says: 'Beside the engine that anyone can follow', command: 'unroll bench --engine both' },
  };
}
