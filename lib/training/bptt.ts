// Backpropagation through time, whole or truncated: every `stride` steps, the losses of these steps go back `window` steps.
// BPTT(h; h') of Williams & Peng 1990 with h = window, h' = stride; the states flow on, only the gradient is cut.

import type { Batch, LossKind } from '../tasks/task.ts';
import { lossOf } from './loss.ts';
import type { Model } from './model.ts';
import { type States, type Unrolled, unroll } from './unroll.ts';

export interface Truncation {
  /** How many steps a gradient goes back, h. */
  readonly window: number;
  /** How many steps go by between two backward passes, h' ≤ h. */
  readonly stride: number;
}

/** What one backward pass has seen. */
interface Stretch {
  /** Mean loss over the weights of the stretch. */
  readonly loss: number;
  /** Σ of the weights of the stretch; the gradients are 0 where this is. */
  readonly weight: number;
}

interface Backpropagation {
  readonly unrolled: Unrolled;
  /** Of the last stretch's loss, in the order of `model.parameters`. */
  readonly gradients: Float64Array;
  /** `steps` of a batch, at most those it was made for, forward and back. */
  whole(batch: Batch, steps: number): Stretch;
  /**
   * Goes through a batch of any length in strides. After each, the gradients are those of the stride's own losses, and whoever
   * iterates may move the parameters. A window that reaches behind the stride is run again from the states as they were, with
   * the parameters as they are now. Throws RangeError for a window beyond the steps it was made for, a stride beyond the window,
   * or two directions.
   */
  truncated(batch: Batch, steps: number, truncation: Truncation): Iterable<Stretch>;
}

/** For batches of so many sequences, and so many steps at a time: memory grows with these, not with a batch's length. */
export function backpropagation(
  model: Model,
  kind: LossKind,
  { steps: most, batch: size }: { readonly steps: number; readonly batch: number },
): Backpropagation {
  const unrolled = unroll(model, { steps: most, batch: size });
  const { inputs: D, outputs: O } = model.design;
  const lossOfRows = lossOf(kind, O, {
    rows: most * size,
    gradients: true,
    runners: model.design.runners,
  });
  const targetWidth = kind === 'squared error' ? O : 1;

  const stretch = (batch: Batch, { from, lossFrom, to, states }: Bounds): Stretch => {
    const steps = to - from;
    unrolled.inputs.set(batch.inputs.subarray(from * size * D, to * size * D));
    unrolled.forward({ steps, from: states });
    const [earlier, end] = [(lossFrom - from) * size * O, steps * size * O];
    const weights = batch.weights.subarray(lossFrom * size, to * size);
    unrolled.outputGradients.fill(0, 0, earlier);
    const loss = lossOfRows(
      {
        outputs: unrolled.outputs.subarray(earlier, end),
        targets: batch.targets.subarray(lossFrom * size * targetWidth, to * size * targetWidth),
        weights,
      },
      unrolled.outputGradients.subarray(earlier, end),
    );
    const weight = weights.reduce((a, b) => a + b, 0);
    if (weight > 0) unrolled.backward();
    else unrolled.gradients.fill(0);
    return { loss, weight };
  };

  return {
    unrolled,
    gradients: unrolled.gradients,
    whole: (batch, steps) => stretch(batch, { from: 0, lossFrom: 0, to: steps }),
    *truncated(batch, steps, { window, stride }) {
      checkTruncation({ window, stride }, most);
      if (model.design.directions === 2)
        throw new RangeError('two directions read a whole sequence at once: no truncation');
      let from = 0;
      let states: States | undefined;
      for (let lossFrom = 0; lossFrom < steps; lossFrom += stride) {
        const to = Math.min(steps, lossFrom + stride);
        const found = stretch(batch, { from, lossFrom, to, states });
        // The next window begins within this one, or right behind it: the stride is no longer than the window.
        const next = Math.max(0, Math.min(steps, to + stride) - window);
        if (next > from) states = unrolled.statesAfter(next - from - 1);
        from = next;
        yield found;
      }
    },
  };
}

interface Bounds {
  readonly from: number;
  /** Losses before this step belong to an earlier stretch. */
  readonly lossFrom: number;
  readonly to: number;
  readonly states?: States | undefined;
}

function checkTruncation({ window, stride }: Truncation, most: number): void {
  if (!Number.isInteger(window) || window < 1 || window > most)
    throw new RangeError(`the window is ${window}: a whole number from 1 to ${most} is wanted`);
  if (!Number.isInteger(stride) || stride < 1 || stride > window)
    throw new RangeError(`the stride is ${stride}: a whole number from 1 to the window, ${window}, is wanted`);
}
