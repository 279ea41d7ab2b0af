// A trained model talks: it hears a beginning, and then every word it says itself. Graves 2013, section 3.

import type { Random } from '../numbers/random.ts';
import type { Task } from '../tasks/task.ts';
import { drawn } from './feedback.ts';
import type { Model } from './model.ts';
import { unroll } from './unrolled.ts';

export interface SayOptions {
  /** Classes that the model hears first, at least one. */
  readonly beginning: readonly number[];
  readonly count: number;
  /** Classes are drawn from softmax(y / temperature); near 0, always the likeliest. */
  readonly temperature: number;
  readonly rng: Random;
}

/**
 * `count` classes that follow the beginning, fewer where an output is not finite, for a task whose whole input is the class of the step before. Memory does not grow
 * with the count. Throws RangeError for any other task, two directions, no beginning, or a temperature that is not above 0.
 */
export function* say(
  model: Model,
  task: Task,
  { beginning, count, temperature, rng }: SayOptions,
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
    const word = drawn(unrolled.outputs, { rng, temperature });
    if (word < 0) return;
    yield word;
    if (i < count - 1) hear(word);
  }
}
