// An exercise by the name that was typed.

import type { Homework } from '../homework/check.ts';
import { exerciseText } from '../homework/exercise-text.ts';
import { exerciseNamed, exercises } from '../homework/exercises/catalogue.ts';
import { noSuchName } from './names.ts';

/** `rnn_step` and `rnnStep` are taken for rnn-step. Throws InputError. */
export async function exerciseArgument(typed: string): Promise<Homework> {
  const id = typed
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replace(/_/g, '-')
    .toLowerCase();
  const exercise = exerciseNamed(id);
  if (exercise !== undefined) return { exercise, text: await exerciseText(exercise.id) };
  const names = exercises.map((one) => one.id);
  const fix = 'choose one of these:  unroll homework list';
  throw noSuchName(typed, { where: typed, what: 'exercise', names, fix, meant: id });
}
