// Where an exercise's words, starters and solutions are: a folder of lessons/exercises, shipped with the package.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../cells/shipped.ts';

/** `lessons/exercises`, where it was installed. */
export const exercisesFolder = (): string => join(packageFolder(), 'lessons', 'exercises');

export const exerciseFolder = (id: string): string => join(exercisesFolder(), id);

/** A file of an exercise. */
export const fileOf = (id: string, file: string): string => join(exerciseFolder(id), file);

/** The names of all files of an exercise, in the order of the alphabet. Throws an error of node:fs where there is no such folder. */
export const exerciseFiles = (id: string): string[] => readdirSync(exerciseFolder(id)).sort();
