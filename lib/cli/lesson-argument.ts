// A lesson by the name that was typed, from the folder and in the language that were asked for.

import { createHash } from 'node:crypto';
import { realpathSync, statSync } from 'node:fs';
import { InputError } from '../equations/input-error.ts';
import { type LessonPlace, lessonAt, lessonPlaces, lessonsFolder } from '../lessons/course.ts';
import type { Lesson } from '../lessons/lesson.ts';
import type { RunCommand } from '../lessons/measured.ts';
import { ProgressStore } from '../lessons/store.ts';
import { noSuchName, oneOf } from '../options/names.ts';
import { type Given, textOption } from '../options/option.ts';
import { once } from '../options/typed.ts';
import type { CommandReader } from './command.ts';
import { wordsOf } from './command-words.ts';
import { message, type OutputArguments } from './output.ts';
import { hasResult, resultOf } from './run-seeds.ts';

export const lessonOptions = {
  lessons: textOption('Lesson', 'a folder of lessons of your own', 'those that come with unroll'),
  language: textOption('Lesson', 'the language of the text, where it is there: en, de', 'that of the terminal'),
};

export type LessonArguments = OutputArguments &
  Given<typeof lessonOptions> & { readonly name?: string; readonly all?: boolean };

/** The lessons to choose from. Throws InputError. */
export function placesFrom(args: Pick<LessonArguments, 'lessons'>, where = '--lessons'): LessonPlace[] {
  const folder = once('--lessons', args.lessons);
  if (folder !== undefined && !statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new InputError(where, `There is no folder ${folder}.`, {
      expected: 'a folder of folders 01-name, each with a lesson.md',
      got: folder,
      fix: 'begin one:  unroll lesson new NAME',
    });
  const places = lessonPlaces(folder ?? lessonsFolder());
  if (places.length > 0) return places;
  throw new InputError(where, `There is no lesson in ${folder === undefined ? 'the package' : `\`${folder}\``}.`, {
    expected: 'a folder 01-name with a lesson.md',
    got: 'none',
    fix: 'begin one:  unroll lesson new NAME',
  });
}

/** Throws InputError for a language that none of these lessons is in. */
export function checkLanguage({ language }: Pick<LessonArguments, 'language'>, places: readonly LessonPlace[]): void {
  const typed = once('--language', language)?.toLowerCase();
  if (typed === undefined) return;
  const names = ['en', ...new Set(places.flatMap(({ languages }) => languages))];
  oneOf(typed, { where: '--language', what: 'lesson in', names });
}

/** The lesson of that name or number. Throws InputError. */
export async function lessonArgument(
  args: LessonArguments,
): Promise<{ readonly lesson: Lesson; readonly place: LessonPlace; readonly places: readonly LessonPlace[] }> {
  const places = placesFrom(args);
  const name = args.name ?? places[0]!.id;
  const typed = name.toLowerCase().replace(/^\d+-(?=[a-z])/, '');
  const place = places.find(({ id, number }) => id === typed || String(number) === typed.replace(/^0+(?=\d)/, ''));
  if (place === undefined) {
    const names = places.map(({ id }) => id);
    const fix = 'choose one of these:  unroll lesson list';
    throw noSuchName(name, { where: name, what: 'lesson', names, fix, meant: typed });
  }
  checkLanguage(args, places);
  const language = once('--language', args.language)?.toLowerCase();
  if (language !== undefined && language !== 'en' && !place.languages.includes(language))
    message(`${place.id} is not translated into \`${language}\`: this is the English text.`);
  return { lesson: await lessonAt(place, lessonLanguage(args)), place, places };
}

/** --language, else that of the terminal. */
export function lessonLanguage({ language }: Pick<LessonArguments, 'language'>, env = process.env): string | undefined {
  const typed = once('--language', language);
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG;
  return typed?.toLowerCase() ?? locale?.slice(0, 2).toLowerCase();
}

/** Where progress is kept: that of a folder of one's own apart from that of the course. */
export function storeFor({ lessons }: Pick<LessonArguments, 'lessons'>): ProgressStore {
  const folder = once('--lessons', lessons);
  if (folder === undefined || !statSync(folder, { throwIfNoEntry: false })) return new ProgressStore();
  const name = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 16);
  return new ProgressStore(undefined, `lessons-${name}`);
}

/** Runs the command lines of a lesson, for whoever reads or checks it. */
export function running(reader: CommandReader, quiet: boolean): RunCommand {
  return async (command, cell) => {
    const words = wordsOf(command, 'lesson').map((word) => (word === '{cell}' && cell !== undefined ? cell : word));
    const chosen = await reader.read(words);
    if (chosen === undefined || (!hasResult(chosen) && chosen.command.combined === undefined))
      throw new InputError(command, `\`unroll ${command}\` has no result that a lesson could show.`, {
        expected: 'a command that measures or draws',
        fix: 'see them all:  unroll --help',
      });
    const { command: what, args } = chosen;
    const found = await (what.combined?.(args, reader, { quiet }) ?? resultOf(chosen, { quiet }));
    if (found === undefined) throw new InputError(command, 'It was interrupted.', { fix: 'run it again' });
    return found.result;
  };
}
