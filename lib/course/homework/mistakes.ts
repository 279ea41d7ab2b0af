// What can be wrong with an exercise, as far as is known: one edit of its equations, or a slip beside them.

import { mutantsOf } from '../../equations/mutants.ts';
import { agrees, fit } from './difference.ts';
import type { Answer, ByValues, Mistake } from './exercise.ts';
import type { Value } from './value.ts';

const known = new WeakMap<ByValues, readonly Mistake[]>();

export function mistakesOf(exercise: ByValues): readonly Mistake[] {
  const ready = known.get(exercise);
  if (ready !== undefined) return ready;
  // Where a slip and an edit come to the same, the exercise has the better words.
  const mistakes: Mistake[] = [
    ...exercise.slips.map((slip): Mistake => ({ kind: 'slip', slip })),
    ...mutantsOf(exercise.reference(), exercise.returns).map((mutant): Mistake => ({ kind: 'edit', mutant })),
  ];
  known.set(exercise, mistakes);
  return mistakes;
}

export const mistakeId = (mistake: Mistake): string => (mistake.kind === 'edit' ? mistake.mutant.id : mistake.slip.id);

/** What somebody who makes this mistake returns. */
export const answerOf = (exercise: ByValues, mistake: Mistake, given: readonly Value[]): Answer =>
  mistake.kind === 'edit'
    ? exercise.answer(mistake.mutant.program, given)
    : mistake.slip.answer(exercise.reference(), given);

/** Whether somebody who makes this mistake returns these numbers. */
export function gives(
  exercise: ByValues,
  mistake: Mistake,
  {
    given,
    answer,
    tolerance,
  }: { readonly given: readonly Value[]; readonly answer: Answer; readonly tolerance: number },
): boolean {
  const own = answerOf(exercise, mistake, given);
  // A slip may return another shape: a step too many.
  const fits = (name: string): boolean => fit(answer[name]!, own[name], name).misfit === undefined;
  if (mistake.kind === 'slip' && !Object.keys(answer).every(fits)) return false;
  return agrees(own, answer, tolerance);
}
