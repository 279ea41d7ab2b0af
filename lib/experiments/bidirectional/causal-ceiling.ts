// What the best model could do that hears a sequence in order and has to speak at once: counted, not learned. A task whose data are fair
// coins and nothing else gives every sequence once when its coins are dealt instead of tossed.

import { log } from '../../numbers/elementary.ts';
import type { Random } from '../../numbers/random.ts';
import type { Task } from '../../tasks/task.ts';

export interface Ceiling {
  /** Of the scored steps: the share that is right when the likelier class is said. */
  readonly accuracy: number;
  /** Nats a scored step, when each class is said with its probability: the conditional entropy H(y_t | x_1 … x_t). */
  readonly loss: number;
  /** Of so many steps, and therefore of 2 to the power of it sequences. */
  readonly steps: number;
}

const mostSteps = 12;

/** Over every sequence of `steps` steps, at most 12. Undefined for a task that draws anything but coins, or wants a number. */
export function causalCeiling(task: Task, steps: number): Ceiling | undefined {
  const length = Math.min(steps, mostSteps);
  const count = 1 << length;
  const all = task.loss === 'cross-entropy' ? dealt(task, count, length) : undefined;
  if (all === undefined) return undefined;
  let [right, nats, scored] = [0, 0, 0];
  const heard = Array.from({ length: count }, () => '');
  for (let t = 0; t < length; t++) {
    const seen = new Map<string, number[]>();
    for (let b = 0; b < count; b++) {
      const row = t * count + b;
      heard[b] += `${all.inputs.subarray(row * task.inputs, (row + 1) * task.inputs).join()};`;
      if (all.weights[row] === 0) continue;
      const classes = seen.get(heard[b]!) ?? new Array<number>(task.outputs).fill(0);
      classes[all.targets[row]!]!++;
      seen.set(heard[b]!, classes);
    }
    for (const classes of seen.values()) {
      const total = classes.reduce((a, b) => a + b, 0);
      scored += total;
      right += Math.max(...classes);
      for (const n of classes) if (n > 0) nats -= n * log(n / total);
    }
  }
  return { accuracy: right / scored, loss: nats / scored, steps: length };
}

/** Thrown where a task asks for more than a coin. */
class NoCoin extends Error {}

function dealt(task: Task, count: number, length: number) {
  let coin = 0;
  const other = (): never => {
    throw new NoCoin(`${task.name} draws more than coins`);
  };
  // Coin i of sequence b is bit i of b.
  const deal: Random = {
    below: (n) => (n === 2 ? (Math.floor(coin / length) >> (coin++ % length)) & 1 : other()),
    uniform: other,
    normal: other,
    fork: other,
  };
  try {
    const batch = task.batch(deal, count, length);
    return coin === count * length ? batch : undefined;
  } catch (error) {
    if (error instanceof NoCoin) return undefined;
    throw error;
  }
}
