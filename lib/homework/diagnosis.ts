// Which known mistake gives exactly these numbers. Every mistake answers the same calls; one is named only when all of its answers are
// what came back and no mistake that is another function answers the same. Better no name than a wrong one.

import { random } from '../numbers/random.ts';
import { compoundMistake } from './compound-mistakes.ts';
import { agrees, answerEntries } from './difference.ts';
import type { ByValues, Mistake } from './exercise.ts';
import { type Answered, answerOf, mistakeId, mistakesOf } from './mistakes.ts';
import type { Diagnosis } from './report.ts';

/** Rounding in another order moves numbers by less than this; another mistake by more. */
const tolerance = 1e-9;
/** Where several mistakes give what came back, so many more calls tell them apart. */
const moreCalls = 24;
/** Fewer wrong numbers than this could be another mistake's by chance. */
const fewestWrong = 2;

/** Names the mistake whose answers these are; nothing when none is known to give them, or more than one. */
export function diagnose(exercise: ByValues, cases: readonly Answered[]): Diagnosis {
  const wrong = wrongIn(exercise, cases);
  if (wrong < fewestWrong || isConstant(cases)) return {};
  const [first, ...others] = mistakesOf(exercise).filter((mistake) =>
    cases.every(({ given, got }) => agrees(answerOf(exercise, mistake, given), got, tolerance)),
  );
  if (first === undefined) {
    const compound = compoundMistake(exercise, cases, wordsOf);
    return compound === undefined ? {} : { mistake: compound };
  }
  if (!others.every((other) => isSame(exercise, first, other))) return {};
  return { mistake: { id: mistakeId(first), ...wordsOf(first) } };
}

/** Zeros, or ones, whatever is asked: many mistakes come to that, and most often nothing was computed. */
const isConstant = (cases: readonly Answered[]): boolean =>
  new Set(cases.flatMap(({ got }) => [...answerEntries(got)].map(({ value }) => value))).size === 1;

/** How many numbers are not the reference's. */
function wrongIn(exercise: ByValues, cases: readonly Answered[]): number {
  let count = 0;
  for (const { given, got } of cases) {
    const right = answerEntries(exercise.answer(exercise.reference(), given));
    for (const { value } of answerEntries(got)) {
      const expected = right.next().value;
      // Where there are more numbers than there should be, those are wrong, too.
      if (expected === undefined || !isNear(value, expected.value)) count++;
    }
  }
  return count;
}

const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));

/** Whether two mistakes answer alike whatever is asked, as far as many calls tell. */
function isSame(exercise: ByValues, a: Mistake, b: Mistake): boolean {
  const rng = random(1).fork('which mistake');
  return Array.from({ length: moreCalls }, (_, i) => i).every((i) => {
    const given = exercise.draw(rng.fork(`${i}`), i % 2 === 0 ? 'small' : 'large');
    return agrees(answerOf(exercise, b, given), answerOf(exercise, a, given), tolerance);
  });
}

function wordsOf(mistake: Mistake): Omit<NonNullable<Diagnosis['mistake']>, 'id'> {
  if (mistake.kind === 'slip') {
    const { says, wrong, right } = mistake.slip;
    return { says, wrong: [wrong], right: [right] };
  }
  const { says, before, after } = mistake.mutant;
  return { says, wrong: after, right: before };
}
