// What tests of the diagnosis share: student code that runs in this process, the calls that are made of it, and whether a name is right.

import type { Program } from '../../lib/equations/program.ts';
import { exerciseNamed } from '../../lib/homework/catalogue.ts';
import { diagnose } from '../../lib/homework/diagnosis.ts';
import type { ByValues, Mistake } from '../../lib/homework/exercise.ts';
import type { AnsweredCall } from '../../lib/homework/mistakes.ts';
import { answerOf, mistakeId, mistakesOf } from '../../lib/homework/mistakes.ts';
import { type Answer, agrees, type Value } from '../../lib/homework/value.ts';
import { random } from '../../lib/numbers/random.ts';
import { asJavaScript, jsPrelude, type Signature } from './student-code.ts';
import { signatures } from './written-exercises.ts';

type Written = (...given: readonly Value[]) => Answer | Value;

export interface WrittenExercise {
  readonly exercise: ByValues;
  readonly signature: Signature;
}

export const writtenExercises: readonly WrittenExercise[] = [...signatures].map(([id, signature]) => ({
  exercise: exerciseNamed(id) as ByValues,
  signature,
}));

/** The programs as a student's functions: a module that is nothing but text here. */
export async function functionsOf(
  { exercise, signature }: WrittenExercise,
  programs: readonly Program[],
): Promise<readonly ((given: readonly Value[]) => Answer)[]> {
  const sources = programs.map((program) => asJavaScript(program, signature));
  const text = `${jsPrelude}\nexport default [\n${sources.join(',\n')}\n];`;
  const module = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  return (module.default as readonly Written[]).map((run) => answering(exercise, run));
}

/** As many calls as a check hands over. */
export const casesOf = (
  exercise: ByValues,
  answer: (given: readonly Value[]) => Answer,
  seed: number,
): AnsweredCall[] =>
  Array.from({ length: 8 }, (_, i) => {
    const given = exercise.draw(random(seed).fork(`case ${i}`), i < 5 ? 'small' : 'large');
    return { given, got: answer(given) };
  });

const answering =
  ({ returns }: ByValues, run: Written) =>
  (given: readonly Value[]): Answer => {
    const returned = run(...structuredClone(given));
    return returns.length === 1 ? { [returns[0]!]: returned as Value } : (returned as Answer);
  };

export const mistakeNamed = (exercise: ByValues, id: string): Mistake =>
  mistakesOf(exercise).find((mistake) => mistakeId(mistake) === id)!;

/** Whether two functions answer alike, on calls that no diagnosis has seen. */
export const isAlike = (
  exercise: ByValues,
  a: (given: readonly Value[]) => Answer,
  b: (given: readonly Value[]) => Answer,
) =>
  Array.from({ length: 12 }, (_, i) => exercise.draw(random(99).fork(`${i}`), i % 2 === 0 ? 'small' : 'large')).every(
    (given) => agrees(a(given), b(given), 1e-8),
  );

/** `right`: the name is that of a mistake with the very same answers. */
export function judged(
  exercise: ByValues,
  answer: (given: readonly Value[]) => Answer,
  seed: number,
): 'right' | 'none' | 'wrong' {
  const { mistake } = diagnose(exercise, casesOf(exercise, answer, seed));
  if (mistake === undefined) return 'none';
  const named = mistakeNamed(exercise, mistake.id);
  return isAlike(exercise, answer, (given) => answerOf(exercise, named, given)) ? 'right' : 'wrong';
}
