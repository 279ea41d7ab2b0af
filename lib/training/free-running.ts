// A model that hears its own last word: the prediction of step t becomes the input of step t+1. No gradient flows through what is
// said (Bengio et al. 2015, section 2.4), so training may first write these inputs and then run as ever.

import { exp } from '../numbers/elementary.ts';
import type { Random } from '../numbers/random.ts';
import type { Feedback, Task } from '../tasks/task.ts';
import type { Model } from './model.ts';
import { type Unrolled, unroll } from './unroll.ts';

interface FreeRunning {
  readonly feedback: Feedback;
  /** [T][B][D]: the truth, overwritten with the model's own words wherever `isOwn`. */
  readonly inputs: Float64Array;
  readonly steps: number;
  /** Whether the input of step t (from 0) in sequence b is to be the model's own; step 0 has nothing before it. */
  readonly isOwn: (t: number, b: number) => boolean;
  /** Draws a class by its probability at this temperature; the likeliest one where absent. */
  readonly sample?: { readonly rng: Random; readonly temperature: number } | undefined;
}

/** Runs the model step by step and writes what it says into `inputs`. Throws RangeError for a model of two directions. */
export function feedPredictionsBack(unrolled: Unrolled, { feedback, inputs, steps, isOwn, sample }: FreeRunning): void {
  const { model, batch, outputs } = unrolled;
  if (model.design.directions === 2) throw new RangeError('a model of two directions cannot hear its own words');
  const [D, O] = [model.design.inputs, model.design.outputs];
  const row = batch * D;
  for (let t = 0; t < steps - 1; t++) {
    unrolled.inputs.set(inputs.subarray(t * row, (t + 1) * row));
    unrolled.forward({ steps: 1, ...(t === 0 ? {} : { from: 'last run', sameParameters: true }) });
    for (let b = 0; b < batch; b++) {
      if (!isOwn(t + 1, b)) continue;
      const at = (t + 1) * row + b * D + feedback.at;
      const y = outputs.subarray(b * O, (b + 1) * O);
      if (feedback.kind === 'value') inputs.set(y, at);
      else {
        const word = sample === undefined ? argmax(y) : sampleClass(y, sample);
        // Without a prediction there is nothing to feed back, and what follows is not finite either.
        inputs.fill(word < 0 ? Number.NaN : 0, at, at + feedback.size);
        if (word >= 0) inputs[at + word] = 1;
      }
    }
  }
}

/** The class with the largest output; the first of equals; -1, which is none, where an output is not finite. */
export function argmax(y: ArrayLike<number>): number {
  let best = 0;
  for (let j = 0; j < y.length; j++) {
    if (!Number.isFinite(y[j]!)) return -1;
    if (y[j]! > y[best]!) best = j;
  }
  return best;
}

/** A class drawn from softmax(y / temperature); -1 where an output is not finite. */
export function sampleClass(
  y: ArrayLike<number>,
  { rng, temperature }: { readonly rng: Random; readonly temperature: number },
): number {
  const first = argmax(y);
  if (first < 0) return first;
  const largest = y[first]!;
  const weights = Array.from(y, (value) => exp((value - largest) / temperature));
  let left = rng.uniform() * weights.reduce((a, b) => a + b, 0);
  for (const [j, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return j;
  }
  return first;
}

interface GenerateOptions {
  /** Classes that the model hears first, at least one. */
  readonly beginning: readonly number[];
  readonly count: number;
  /** Classes are drawn from softmax(y / temperature); near 0, always the likeliest. */
  readonly temperature: number;
  readonly rng: Random;
}

/**
 * Text from a trained model (Graves 2013, section 3): `count` classes that follow the beginning, fewer where an output is not finite, for
 * a task whose whole input is the class of the step before. Memory does not grow with the count. Throws RangeError for any other task, two directions, no beginning, or a temperature that is not above 0.
 */
export function* generate(
  model: Model,
  task: Task,
  { beginning, count, temperature, rng }: GenerateOptions,
): Generator<number, void, undefined> {
  const { feedback, inputs, name } = task;
  if (feedback?.kind !== 'one-hot' || feedback.size !== inputs)
    throw new RangeError(`${name} needs more than its last word to say the next one`);
  if (model.design.directions === 2) throw new RangeError('a model of two directions cannot hear its own words');
  if (beginning.length === 0) throw new RangeError('the model has to hear something before it speaks');
  if (!(temperature > 0)) throw new RangeError(`the temperature is ${temperature}: a number above 0 is wanted`);
  const unrolled = unroll(model, { steps: 1, batch: 1, gradients: false });
  let isFirst = true;
  const hear = (word: number): void => {
    if (!(word >= 0 && word < inputs)) throw new RangeError(`${name} has no class ${word}`);
    unrolled.inputs.fill(0)[word] = 1;
    unrolled.forward(isFirst ? {} : { from: 'last run', sameParameters: true });
    isFirst = false;
  };
  for (const word of beginning) hear(word);
  for (let i = 0; i < count; i++) {
    const word = sampleClass(unrolled.outputs, { rng, temperature });
    if (word < 0) return;
    yield word;
    if (i < count - 1) hear(word);
  }
}
