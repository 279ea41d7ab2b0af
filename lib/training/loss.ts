// Losses, as equations of the language: derived and compiled like any cell. A program has one input, and a loss reads two things;
// so the model's word y becomes the input x, the target a state's value before the first step, and every row of a batch a
// sequence of one step. Measured on 600 rows beside a loop with softmax and its gradient by hand: as fast for 4 classes, twice
// as fast for 60.

import { cellOf } from '../cells/catalogue.ts';
import type { Runner } from '../kernels/kernel.ts';
import type { LossKind } from '../tasks/task.ts';
import { compiled, type MakeRunner } from './runner.ts';

/** The loss of one step, in squared units or nats; `target` is 1 at the right class and 0 elsewhere, for cross-entropy. */
const lossTexts: Readonly<Record<LossKind, string>> = {
  'squared error': `
e = y - target
loss = sum(e .* e)
`.trim(),
  // -log softmax(y) at the right class, without the quotient.
  'cross-entropy': `
loss = log(sum(exp(y))) - sum(target .* y)   # surprise at the right class
`.trim(),
};

/** A row is a step of a sequence; all arrays hold as many rows. */
interface Rows {
  /** [rows][O]: what the model says. */
  readonly outputs: Float64Array;
  /** Squared error: [rows][O]; cross-entropy: the class, [rows]. */
  readonly targets: Float64Array;
  /** [rows] */
  readonly weights: Float64Array;
}

/**
 * Σ w·loss / Σ w over the rows; for O = 1 that is PyTorch's MSELoss, and for classes its CrossEntropyLoss. Writes ∂L/∂outputs
 * into `gradients`, [rows][O], where given. 0, and zeros, where all weights are 0; Infinity for outputs beyond 709.
 */
type Loss = (rows: Rows, gradients?: Float64Array) => number;

/** Compiles a loss for outputs of `size` numbers and at most so many rows; with `gradients`, its gradient too. */
export function lossOf(
  kind: LossKind,
  size: number,
  {
    rows: most,
    gradients: wanted,
    runners = compiled,
  }: { readonly rows: number; readonly gradients: boolean; readonly runners?: MakeRunner | undefined },
): Loss {
  const cell = cellOf('loss', runningText(lossTexts[kind]));
  const gradients = wanted ? 'all' : 'none';
  const kernel = runners(cell, new Map([['H', size]]), { steps: 1, batch: most, gradients });
  const values = new Float64Array(most);
  return ({ outputs, targets, weights }, gradients) => {
    const rows = weights.length;
    let weight = 0;
    for (const w of weights) weight += w;
    if (weight === 0) {
      gradients?.fill(0);
      return 0;
    }
    kernel.inputs.set(outputs);
    takeTargets(kernel, kind, targets, size);
    kernel.forward();
    kernel.values('loss', values);
    let sum = 0;
    for (let row = 0; row < rows; row++) if (weights[row]! !== 0) sum += weights[row]! * values[row]!;
    if (gradients !== undefined) {
      kernel.readouts.fill(0, rows);
      for (let row = 0; row < rows; row++) kernel.readouts[row] = weights[row]! / weight;
      kernel.backward();
      gradients.set(kernel.inputGradients.subarray(0, rows * size));
    }
    return sum / weight;
  };
}

const runningText = (text: string): string =>
  `target = target_prev\n${text.replace(/\btarget\b/g, 'target_prev').replace(/\by\b/g, 'x')}\nx : H`;

function takeTargets(kernel: Runner, kind: LossKind, targets: Float64Array, size: number): void {
  const into = kernel.initial('target');
  if (kind === 'squared error') {
    into.set(targets);
    return;
  }
  into.fill(0);
  for (let row = 0; row < targets.length; row++) into[row * size + targets[row]!] = 1;
}
