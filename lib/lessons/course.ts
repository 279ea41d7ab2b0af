// Which lessons are there: every folder NN-name with a lesson.md, in the package or in a folder that somebody names.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../cells/package-folder.ts';
import { kept } from './kept.ts';
import type { Lesson } from './lesson.ts';
import { readLesson } from './read-lesson.ts';
import { translated } from './translated.ts';

export interface Place {
  readonly id: string;
  readonly number: number;
  /** The folder. */
  readonly folder: string;
  /** As it is named in messages: `04-vanishing/lesson.md`. */
  readonly source: string;
  /** Languages that it is there in besides English: `de` for lesson.de.md. */
  readonly languages: readonly string[];
}

/** `lessons`, where the package was installed. */
export const lessonsFolder = (): string => join(packageFolder(), 'lessons');

/** The lessons of a folder, by number. Throws an error of node:fs for a folder that cannot be read. */
export function lessonPlaces(folder = lessonsFolder()): Place[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const [, number, id] = /^(\d+)-([a-z][a-z0-9-]*)$/.exec(name) ?? [];
      const path = join(folder, name);
      if (id === undefined || !existsSync(join(path, 'lesson.md'))) return [];
      const languages = readdirSync(path).flatMap((file) => /^lesson\.([a-z]{2})\.md$/.exec(file)?.[1] ?? []);
      return [{ id, number: Number(number), folder: path, source: `${name}/lesson.md`, languages: languages.sort() }];
    })
    .sort((a, b) => a.number - b.number || (a.id < b.id ? -1 : 1));
}

/** Reads a lesson; in another language what that language has of it. Throws InputError. */
export async function lessonAt(place: Place, language?: string): Promise<Lesson> {
  const english = await lessonIn(place, 'lesson.md', place.source);
  if (language === undefined || !place.languages.includes(language)) return english;
  const source = place.source.replace(/md$/, `${language}.md`);
  return translated(english, await lessonIn(place, `lesson.${language}.md`, source), source);
}

async function lessonIn(place: Place, file: string, source: string): Promise<Lesson> {
  const text = readFileSync(join(place.folder, file), 'utf8');
  const found = kept<Lesson>('lesson', text);
  // Whatever the folder was called then.
  return found === undefined ? readLesson(text, source, place) : { ...found, id: place.id, number: place.number };
}
