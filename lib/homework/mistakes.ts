// What can be wrong with an exercise, as far as is known: one edit of its equations, or a slip beside them.

import { mutantsOf } from '../equations/mutants.ts';
import { random } from '../numbers/random.ts';
import type { ByValues, Mistake } from './exercise.ts';
import { type Answer, agrees, type Value } from './value.ts';

export interface AnsweredCall {
  readonly given: readonly Value[];
  /** What came back, in the shape that was expected. */
  readonly got: Answer;
}

interface Known {
  readonly shown: readonly Mistake[];
  readonly hidden: readonly Mistake[];
}

const known = new WeakMap<ByValues, Known>();

/** Every mistake that some call of the exercise shows. Where a slip and an edit come to the same, the slip, in the exercise's words, is first. */
export const mistakesOf = (exercise: ByValues): readonly Mistake[] => knownOf(exercise).shown;

/** Edits that change nothing that is returned: those of an LSTM's `h`, where only gradients are asked. */
export const hiddenMistakes = (exercise: ByValues): readonly Mistake[] => knownOf(exercise).hidden;

function knownOf(exercise: ByValues): Known {
  const ready = known.get(exercise);
  if (ready !== undefined) return ready;
  const slips = exercise.slips().map((slip): Mistake => ({ kind: 'slip', slip }));
  const edits = mutantsOf(exercise.reference(), exercise.returns).map((mutant): Mistake => ({ kind: 'edit', mutant }));
  const hidden = new Set(hiddenOf(exercise, edits));
  const found = { shown: [...slips, ...edits.filter((edit) => !hidden.has(edit))], hidden: [...hidden] };
  known.set(exercise, found);
  return found;
}

/** So many calls, small ones and large ones, have to agree with the reference to its last digits. */
const calls = 40;

function hiddenOf(exercise: ByValues, mistakes: readonly Mistake[]): readonly Mistake[] {
  const rng = random(1).fork(`hidden mistakes of ${exercise.id}`);
  let left = mistakes;
  for (let i = 0; i < calls && left.length > 0; i++) {
    const given = exercise.draw(rng.fork(`${i}`), i % 2 === 0 ? 'small' : 'large');
    const expected = exercise.answer(exercise.reference(), given);
    left = left.filter((mistake) => agrees(answerOf(exercise, mistake, given), expected, 1e-9));
  }
  return left;
}

export const mistakeId = (mistake: Mistake): string => (mistake.kind === 'edit' ? mistake.mutant.id : mistake.slip.id);

/** What somebody who makes this mistake returns. */
export const answerOf = (exercise: ByValues, mistake: Mistake, given: readonly Value[]): Answer =>
  mistake.kind === 'edit'
    ? exercise.answer(mistake.mutant.program, given)
    : mistake.slip.answer(exercise.reference(), given);
