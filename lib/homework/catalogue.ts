// The exercises, in the order in which they are best done: the default exports of the files in exercises/, and the folders of
// lessons/exercises that have equations for a reference and no such file. Nothing else lists them.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { defaultExports } from '../default-exports.ts';
import type { Exercise } from './exercise.ts';
import { stepOfText } from './exercise-kit/step.ts';
import { exercisesFolder, fileOf } from './exercise-text.ts';

const written = await defaultExports<Exercise>(import.meta.url, 'exercises');
const folders = readdirSync(exercisesFolder()).filter((id) => written.every((one) => one.id !== id));

export const exercises: readonly Exercise[] = [...written, ...folders.flatMap((id) => exerciseOfFolder(id) ?? [])].sort(
  (a, b) => (a.order ?? Number.POSITIVE_INFINITY) - (b.order ?? Number.POSITIVE_INFINITY),
);

/** The exercise of that id. */
export const exerciseNamed = (id: string): Exercise | undefined => exercises.find((exercise) => exercise.id === id);

/** An exercise that is nothing but a folder with `reference.cell`; undefined where there is none. Throws CellError. */
function exerciseOfFolder(id: string, folder?: string): Exercise | undefined {
  const file = fileOf({ id, folder }, 'reference.cell');
  return existsSync(file) ? stepOfText(id, readFileSync(file, 'utf8'), folder) : undefined;
}

/** The same in a folder of one's own, which has the exercise's name. */
export const exerciseAt = (path: string): Exercise | undefined =>
  exerciseOfFolder(basename(resolve(path)), resolve(path));
