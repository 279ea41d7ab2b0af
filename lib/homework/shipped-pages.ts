// Every page that is shipped, read once: what the build keeps beside the program (lib/lessons/prebuilt-pages.ts).

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lessonPlaces } from '../lessons/course.ts';
import { prebuiltName } from '../lessons/prebuilt-pages.ts';
import { readLesson } from '../lessons/read-lesson.ts';
import { exercises } from './catalogue.ts';
import { fileOf, readExerciseText } from './exercise-text.ts';

/** Names of files, and what is to stand in them. Throws InputError where a page is not what it has to be. */
export async function shippedPages(): Promise<ReadonlyMap<string, string>> {
  const pages = new Map<string, string>();
  for (const place of lessonPlaces())
    for (const file of ['lesson.md', ...place.languages.map((language) => `lesson.${language}.md`)]) {
      const text = readFileSync(join(place.folder, file), 'utf8');
      pages.set(prebuiltName('lesson', text), JSON.stringify(await readLesson(text, place.source, place)));
    }
  for (const exercise of exercises) {
    const text = readFileSync(fileOf(exercise, 'exercise.md'), 'utf8');
    pages.set(prebuiltName('exercise', text), JSON.stringify(await readExerciseText(text, exercise.id)));
  }
  return pages;
}
