// What an exercise says: lessons/exercises/ID/exercise.md. Front matter with the keys below, the statement, then `## Hint 1`, `## Hint 2`, …
// Authors write these, so everything that is off is refused with its file, its line and what to do.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../cells/package-folder.ts';
import { type Advice, InputError } from '../equations/input-error.ts';
import { kept } from '../lessons/kept.ts';
import { type Level, levels } from '../lessons/lesson.ts';
import type { Entry, Page } from '../lessons/page.ts';
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
  readonly level: Level;
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
  return kept<ExerciseText>('exercise', text) ?? readExerciseText(text, `${of.id}/exercise.md`);
}

/** `file` names the text in errors. Throws InputError. */
export async function readExerciseText(text: string, file: string): Promise<ExerciseText> {
  const { readPage } = await import('../lessons/page.ts');
  const { page, problem } = readPage(text);
  if (problem !== undefined) throw wrong(file, problem.line, problem.says, { fix: problem.fix });
  return { ...frontOf(page.front, file), ...bodyOf(page, file) };
}

type Front = Pick<ExerciseText, 'id' | 'title' | 'level' | 'points' | 'requires' | 'tolerance'>;

/** What each key of the front matter has to be: the value when it is that, else undefined. */
const keys: {
  readonly [K in keyof Front]: { readonly wants: string; readonly read: (value: unknown) => Front[K] | undefined };
} = {
  id: {
    wants: "the folder's name, such as rnn-step",
    read: (value) => (typeof value === 'string' && /^[a-z]+(-[a-z]+)*$/.test(value) ? value : undefined),
  },
  title: {
    wants: 'a line of text',
    read: (value) => (typeof value === 'string' && /^\S.{0,70}$/.test(value) ? value : undefined),
  },
  level: { wants: levels.join(', '), read: (value) => levels.find((level) => level === value) },
  points: {
    wants: 'a whole number from 1 to 100',
    read: (value) =>
      Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 100 ? (value as number) : undefined,
  },
  requires: {
    wants: 'a list of ids, such as [rnn-step], or []',
    read: (value) => (Array.isArray(value) && value.every((id) => typeof id === 'string') ? value : undefined),
  },
  tolerance: {
    wants: 'a number above 0, at most 1e-3',
    read: (value) => (typeof value === 'number' && value > 0 && value <= 1e-3 ? value : undefined),
  },
};

function frontOf(front: ReadonlyMap<string, Entry>, file: string): Front {
  const names = Object.keys(keys) as (keyof Front)[];
  for (const [name, { line }] of front)
    if (!names.includes(name as keyof Front))
      throw wrong(file, line, `The front matter has a key \`${name}\`, which means nothing.`, {
        expected: names.join(', '),
        got: name,
        fix: 'remove it, or mend its spelling',
      });
  const read = <K extends keyof Front>(name: K, otherwise?: Front[K]): Front[K] => {
    const entry = front.get(name);
    if (entry === undefined && otherwise !== undefined) return otherwise;
    const value = entry === undefined ? undefined : keys[name].read(entry.value);
    if (value !== undefined) return value;
    throw wrong(
      file,
      entry?.line ?? 1,
      entry === undefined ? `The front matter has no \`${name}\`.` : `\`${name}\` is not what it has to be.`,
      { expected: keys[name].wants, got: entry && JSON.stringify(entry.value), fix: `write  ${name}: …` },
    );
  };
  return {
    id: read('id'),
    title: read('title'),
    level: read('level'),
    points: read('points'),
    requires: read('requires'),
    tolerance: read('tolerance', 1e-9),
  };
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

const wrong = (file: string, line: number, says: string, advice: Advice): InputError =>
  new InputError(`${file}:${line}`, says, advice);
