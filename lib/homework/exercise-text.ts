// What an exercise says: lessons/exercises/ID/exercise.md. Front matter with the keys below, the statement, then `## Hint 1`, `## Hint 2`, …
// Authors write these, so everything that is off is refused with its file, its line and what to do.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../cells/package-folder.ts';
import { type ErrorAdvice, InputError } from '../equations/input-error.ts';
import { Entries } from '../lessons/entries.ts';
import { type CourseLevel, courseLevels } from '../lessons/lesson.ts';
import type { Page, YamlEntry } from '../lessons/markdown-page.ts';
import { prebuiltPage } from '../lessons/prebuilt-pages.ts';
import type { Exercise } from './exercise.ts';
import { type Language, languages } from './language.ts';

/** `lessons/exercises`, where it was installed. */
export const exercisesFolder = (): string => join(packageFolder(), 'lessons', 'exercises');

type Placed = Pick<Exercise, 'id' | 'folder'>;

/** A file of an exercise. */
export const fileOf = ({ id, folder }: Placed, file = ''): string => join(folder ?? join(exercisesFolder(), id), file);

/** The names of all files of an exercise, in the order of the alphabet. Throws an error of node:fs where there is no such folder. */
export const exerciseFiles = (of: Placed): string[] => readdirSync(fileOf(of)).sort();

/** The languages in which an exercise has a starter, in the order of the table of languages. */
export function startedIn(of: Placed): Language[] {
  const files = new Set(exerciseFiles(of));
  return (Object.keys(languages) as Language[]).filter(
    (language) => language !== 'program' && files.has(`starter${languages[language].ending}`),
  );
}

export interface ExerciseText {
  readonly id: string;
  readonly title: string;
  readonly level: CourseLevel;
  readonly points: number;
  /** Ids of the exercises that come before it. */
  readonly requires: readonly string[];
  /** What max |got − expected| / max(1, |expected|) may be; 1e-9 where nothing is said. */
  readonly tolerance: number;
  /** Markdown. */
  readonly statement: string;
  /** Calls worked out in the statement's blocks ```` ```example ````: what is given and what comes back, to the digits that are shown. */
  readonly examples: readonly Readonly<Record<string, unknown>>[];
  /** Markdown, in order of help. */
  readonly hints: readonly string[];
}

/** Reads what an exercise says. Throws InputError, or an error of node:fs where there is none. */
export async function exerciseText(of: Placed): Promise<ExerciseText> {
  const text = readFileSync(fileOf(of, 'exercise.md'), 'utf8');
  return prebuiltPage<ExerciseText>('exercise', text) ?? readExerciseText(text, `${of.id}/exercise.md`);
}

/** `file` names the text in errors. Throws InputError. */
export async function readExerciseText(text: string, file: string): Promise<ExerciseText> {
  const { readPage } = await import('../lessons/markdown-page.ts');
  const { page, problem } = readPage(text);
  if (problem !== undefined) throw wrong(file, problem.line, problem.says, { fix: problem.fix });
  return { ...frontOf(page.front, file), ...bodyOf(page, file) };
}

function frontOf(
  front: ReadonlyMap<string, YamlEntry>,
  file: string,
): Omit<ExerciseText, 'statement' | 'examples' | 'hints'> {
  const entries = new Entries(front, file, 1);
  const textLike = (form: RegExp) => (value: unknown) =>
    typeof value === 'string' && form.test(value) ? value : undefined;
  const isNumber = (value: unknown): value is number => typeof value === 'number';
  const read = {
    id: entries.value('id', "the folder's name, such as rnn-step", textLike(/^[a-z]+(-[a-z]+)*$/)),
    title: entries.value('title', 'a line of text', textLike(/^\S.{0,70}$/)),
    level: entries.wordOf('level', courseLevels),
    points: entries.value('points', 'a whole number from 1 to 100', (value) =>
      isNumber(value) && Number.isInteger(value) && value >= 1 && value <= 100 ? value : undefined,
    ),
    requires: entries.value('requires', 'a list of ids, such as [rnn-step], or []', (value) =>
      Array.isArray(value) && value.every((id) => typeof id === 'string') ? value : undefined,
    ),
    tolerance: entries.value(
      'tolerance',
      'a number above 0, at most 1e-3',
      (value) => (isNumber(value) && value > 0 && value <= 1e-3 ? value : undefined),
      1e-9,
    ),
  };
  entries.done();
  return read;
}

function bodyOf({ sections }: Page, file: string): Pick<ExerciseText, 'statement' | 'examples' | 'hints'> {
  const [statement, ...hints] = sections;
  if (statement!.text === '')
    throw wrong(file, statement!.line, 'There is no statement.', {
      fix: 'say what is given and what to return, before the first hint',
    });
  for (const [k, { heading, text, line }] of hints.entries()) {
    if (heading !== `Hint ${k + 1}`)
      throw wrong(file, line, 'Behind the statement come hints, numbered in order, and nothing else.', {
        expected: `## Hint ${k + 1}`,
        got: `## ${heading}`,
        fix: 'give the heading that name, or make it a part of the statement with `###`',
      });
    if (text === '') throw wrong(file, line, `Hint ${k + 1} is empty.`, { fix: 'write it, or remove its heading' });
  }
  if (hints.length === 0)
    throw wrong(file, statement!.line, 'There is no hint.', { fix: 'write a section `## Hint 1`' });
  return {
    statement: statement!.text,
    examples: statement!.blocks.filter(({ language }) => language === 'example').map((block) => exampleOf(block, file)),
    hints: hints.map(({ text }) => text),
  };
}

/** `name = value` lines, a value as JSON has it; a value may go on over the lines behind it. */
function exampleOf({ text, line }: { readonly text: string; readonly line: number }, file: string) {
  const example = new Map<string, unknown>();
  let last = '';
  for (const [k, written] of text.split('\n').entries()) {
    const found = /^(\w+) *= *(.*)$/.exec(written);
    last = found === null ? `${last}\n${written}` : written;
    const [, name, value] = /^(\w+) *= *([\s\S]*)$/.exec(last) ?? [];
    if (name === undefined)
      throw wrong(file, line + 1 + k, 'A line of the example gives no name a value.', {
        got: written,
        fix: 'write  name = [1, 2]',
      });
    example.set(name, parsed(value!));
  }
  for (const [name, value] of example)
    if (value === undefined)
      throw wrong(file, line, `\`${name}\` of the example is no number or list.`, {
        fix: 'write it as JSON: [[1, 2], [3, 4]]',
      });
  return Object.fromEntries(example);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const wrong = (file: string, line: number, says: string, advice: ErrorAdvice): InputError =>
  new InputError(`${file}:${line}`, says, advice);
