// A series that somebody gives, such as a column of a CSV file: learned on its first four fifths, held out is the rest.

import { continuing, lastAgain } from './continuing.ts';
import type { Task } from './task.ts';

const learned = 0.8;
const fewest = 10;

export interface GivenSeries extends Task {
  readonly heldOut: Task;
  /** value · deviation + mean is in the units that were given; both are of the learned part. */
  readonly scale: { readonly mean: number; readonly deviation: number };
}

/** Scaled to mean 0 and deviation 1 of the learned part. Throws RangeError for fewer than ten numbers, or one that is not finite. */
export function givenSeries(name: string, numbers: readonly number[]): GivenSeries {
  if (numbers.length < fewest) throw new RangeError(`${numbers.length} numbers are too few: at least ${fewest}`);
  const bad = numbers.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`number ${bad + 1} is ${numbers[bad]}`);
  const cut = Math.floor(learned * numbers.length);
  const first = numbers.slice(0, cut);
  const mean = first.reduce((a, b) => a + b, 0) / cut;
  const deviation = Math.sqrt(first.reduce((sum, v) => sum + (v - mean) * (v - mean), 0) / cut) || 1;
  const scaled = Float64Array.from(numbers, (value) => (value - mean) / deviation);
  const about = { name, says: 'continue a given series', source: name };
  const heldOut = windows({ ...about, name: `${name}, held out` }, scaled.subarray(cut));
  return Object.assign(windows({ ...about, heldOut }, scaled.subarray(0, cut)), {
    heldOut,
    scale: { mean, deviation },
  });
}

/** Sequences are stretches of the series that begin anywhere in it. */
function windows(about: Parameters<typeof continuing>[0], values: Float64Array): Task {
  const longest = values.length - 1;
  return continuing(
    { ...about, usual: { steps: Math.min(50, longest), hidden: 16, batch: 16, updates: 400, rate: 0.01 } },
    (rng, count) => {
      if (count > values.length)
        throw new RangeError(
          `${about.name} has ${values.length} numbers, so at most ${longest} steps, not ${count - 1}`,
        );
      const from = rng.below(values.length - count + 1);
      return values.subarray(from, from + count);
    },
    () => lastAgain(values),
  );
}
