// A batch of zeros, and the places in it. What every task begins with.

import type { Batch, LossKind } from './task.ts';

export interface Blank {
  readonly batch: Batch;
  /** Index of (t, b), both from 0, in arrays of [T][B]. */
  readonly row: (t: number, b: number) => number;
  /** Sets entry j of x_t. */
  readonly put: (t: number, b: number, j: number, value: number) => void;
  /** Wants a class, or the number at output 0, at step t. */
  readonly want: (t: number, b: number, target: number) => void;
}

/** Throws RangeError when there are fewer steps than the task needs. */
export function blank(
  {
    name,
    inputs: D,
    outputs: O,
    loss,
    shortest,
  }: { name: string; inputs: number; outputs: number; loss: LossKind; shortest: number },
  steps: number,
  size: number,
): Blank {
  if (!(steps >= shortest)) throw new RangeError(`${name} needs at least ${shortest} steps, not ${steps}`);
  const rows = steps * size;
  const inputs = new Float64Array(rows * D);
  const width = loss === 'squared error' ? O : 1;
  const targets = new Float64Array(rows * width);
  const weights = new Float64Array(rows);
  const row = (t: number, b: number): number => t * size + b;
  return {
    batch: { inputs, targets, weights },
    row,
    put: (t, b, j, value) => {
      inputs[row(t, b) * D + j] = value;
    },
    want: (t, b, target) => {
      targets[row(t, b) * width] = target;
      weights[row(t, b)] = 1;
    },
  };
}
