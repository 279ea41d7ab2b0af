// What can be wrong with an exercise, as far as is known: one edit of its equations, or a slip beside them.

import { mutantsOf } from '../../equations/mutants.ts';
import type { Answer, ByValues, Mistake } from './exercise.ts';
import type { Value } from './value.ts';

const known = new WeakMap<ByValues, readonly Mistake[]>();

export function mistakesOf(exercise: ByValues): readonly Mistake[] {
  const ready = known.get(exercise);
  if (ready !== undefined) return ready;
  const unseen = new Set(exercise.unseen);
  const mistakes: Mistake[] = [
    ...mutantsOf(exercise.reference())
      .filter(({ before }) => !before.every((line) => unseen.has(line.slice(0, line.indexOf(' ')))))
      .map((mutant): Mistake => ({ kind: 'edit', mutant })),
    ...exercise.slips.map((slip): Mistake => ({ kind: 'slip', slip })),
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
