// A series that somebody gives, such as a column of a CSV file: learned on its first four fifths, held out is the rest.

import { counted } from '../numbers/counted.ts';
import { type Standardised, standardised } from '../numbers/statistics.ts';
import { continuing, lastAgain } from './continuing.ts';
import type { Task } from './task.ts';

const learned = 0.8;
const fewest = 10;
/** Deviations: the square of more, summed over a series, would overflow. */
const farthest = 1e140;

export interface GivenSeries extends Task {
  readonly heldOut: Task;
  /** value · deviation + mean is in the units that were given; all of the learned part. */
  readonly scale: Standardised;
}

/**
 * Standardised by the learned part. Throws RangeError for fewer than ten numbers, one that is not finite, and one so many deviations
 * away that its square overflows.
 */
export function givenSeries(name: string, numbers: readonly number[]): GivenSeries {
  if (numbers.length < fewest) throw new RangeError(`${numbers.length} numbers are too few: at least ${fewest}`);
  const bad = numbers.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`number ${bad + 1} is ${numbers[bad]}`);
  const cut = Math.floor(learned * numbers.length);
  const scale = standardised(numbers, cut);
  const far = scale.values.findIndex((value) => !(Math.abs(value) < farthest));
  if (far >= 0) throw new RangeError(`number ${far + 1}, ${numbers[far]}, is too far from the training part`);
  const about = { name, says: 'continue a given series', source: name };
  const heldOut = windows({ ...about, name: `${name}, held out` }, scale.values.subarray(cut));
  return Object.assign(windows({ ...about, heldOut }, scale.values.subarray(0, cut)), {
    heldOut,
    scale,
  });
}

/** Sequences are stretches of the series that begin anywhere in it. */
function windows(about: Parameters<typeof continuing>[0], values: Float64Array): Task {
  const longest = values.length - 1;
  return continuing(
    {
      ...about,
      drawnFrom: counted(values.length, 'value'),
      usual: { steps: Math.min(50, longest), hidden: 16, batch: 16, updates: 400, rate: 0.01 },
    },
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
