// Which known mistakes would pass: every one is asked what a check asks, on many seeds.

import type { Answer, ByValues } from '../../../lib/course/homework/exercise.ts';
import { gives, mistakeId, mistakesOf } from '../../../lib/course/homework/mistakes.ts';
import type { Value } from '../../../lib/course/homework/value.ts';
import { random } from '../../../lib/numbers/random.ts';

/** As many as a check asks. */
const asked = { small: 5, large: 3 } as const;

/** For each mistake that passes on some seed: its id and on how many. */
export function acceptedMistakes(
  exercise: ByValues,
  tolerance: number,
  seeds: readonly number[],
): ReadonlyMap<string, number> {
  const accepted = new Map<string, number>();
  const mistakes = mistakesOf(exercise);
  for (const seed of seeds) {
    let left = mistakes;
    // The first case rejects nearly all of them; what is left is asked the next one.
    for (const { given, expected } of casesOf(exercise, seed)) {
      left = left.filter((mistake) => gives(exercise, mistake, { given, answer: expected, tolerance }));
      if (left.length === 0) break;
    }
    for (const id of left.map(mistakeId)) accepted.set(id, (accepted.get(id) ?? 0) + 1);
  }
  return accepted;
}

/** The cases of the check of that seed. */
function* casesOf(exercise: ByValues, seed: number): Generator<{ given: readonly Value[]; expected: Answer }> {
  const rng = random(seed).fork(exercise.id);
  for (const size of ['small', 'large'] as const)
    for (let i = 0; i < asked[size]; i++) {
      const given = exercise.draw(rng.fork(`${size} ${i}`), size);
      yield { given, expected: exercise.answer(exercise.reference(), given) };
    }
}
