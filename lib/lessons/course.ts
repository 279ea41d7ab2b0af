// Which lessons are there: every folder NN-name with a lesson.md, in the package or in a folder that somebody names; and as a table, how far
// the learner is.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../cells/package-folder.ts';
import { left, right } from '../experiments/table-columns.ts';
import type { Result } from '../render/result.ts';
import { courseLevels, type Lesson } from './lesson.ts';
import { prebuiltPage } from './prebuilt-pages.ts';
import { type LearnerProgress, shareOf } from './progress.ts';
import { readLesson, translated } from './read-lesson.ts';

export interface LessonPlace {
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
export function lessonPlaces(folder = lessonsFolder()): LessonPlace[] {
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
export async function lessonAt(place: LessonPlace, language?: string): Promise<Lesson> {
  const english = await lessonIn(place, 'lesson.md', place.source);
  if (language === undefined || !place.languages.includes(language)) return english;
  const source = place.source.replace(/md$/, `${language}.md`);
  return translated(english, await lessonIn(place, `lesson.${language}.md`, source), source);
}

async function lessonIn(place: LessonPlace, file: string, source: string): Promise<Lesson> {
  const text = readFileSync(join(place.folder, file), 'utf8');
  const found = prebuiltPage<Lesson>('lesson', text);
  // Whatever the folder was called then.
  return found === undefined ? readLesson(text, source, place) : { ...found, id: place.id, number: place.number };
}

const barCells = 10;

/** `█████░░░░░`, in ten steps; a lesson that has been begun shows at least one, and only a finished one all. */
function bar(share: number, finished: boolean): string {
  const full = finished
    ? barCells
    : share === 0
      ? 0
      : Math.min(barCells - 1, Math.max(1, Math.round(share * barCells)));
  return '█'.repeat(full) + '·'.repeat(barCells - full);
}

/** `folder`: what a command needs behind it to find these lessons. */
export function courseList(
  read: readonly { readonly lesson: Lesson; readonly progress: LearnerProgress }[],
  folder = '',
): Result {
  const next = read.find(({ progress }) => !progress.finished)?.lesson;
  return {
    unroll: 1,
    experiment: 'lesson list',
    question: 'Which lessons are there?',
    options: {},
    seed: 0,
    figures: [
      {
        kind: 'table',
        title: 'The course',
        columns: [...right(''), ...left('lesson', 'title'), ...right('min'), ...left('read')],
        rows: read.map(({ lesson, progress }) => [
          String(lesson.number),
          lesson.id,
          lesson.title,
          lesson.minutes,
          bar(shareOf(lesson, progress), progress.finished),
        ]),
      },
      {
        kind: 'text',
        title: 'Tracks',
        language: 'plain',
        lines: courseLevels.map((track) => {
          const own = read.filter(({ lesson }) => lesson.tracks.includes(track));
          return `${track}: ${own.map(({ lesson }) => lesson.id).join(', ') || 'none'}`;
        }),
      },
    ],
    claims: [],
    notes: [],
    ...(next && { next: { says: 'Read on', command: `unroll lesson ${next.id}${folder}` } }),
  };
}
