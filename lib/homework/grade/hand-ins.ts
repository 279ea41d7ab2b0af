// What lies in the folder of a class: whose file is which exercise, and which part of the work is a shard's.

import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { closeSync, constants, type Dirent, fstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { nearest } from '../../equations/nearest.ts';
import { type Language, languageOf } from '../language.ts';

// Which exercise the name of a file or a folder names, and what stands before it: `alice_lstm-step` is lstm-step, of alice.

interface NamedExercise {
  readonly exercise: string;
  /** What stands before the exercise, without the separator: a student, or nothing. */
  readonly before: string;
}

/**
 * `lstm-step`, `lstm_step`, `lstmStep`, `LSTM step`, each with a number behind it where a browser or a course site has numbered copies:
 * `lstm_step (1)`, `lstm_step-2`. Undefined where no exercise is named.
 */
export function exerciseIn(stem: string, exercises: readonly string[]): NamedExercise | undefined {
  let best: NamedExercise | undefined;
  for (const exercise of exercises) {
    const found = patternOf(exercise).exec(stem);
    // Of two that end alike the longer one is meant.
    if (found !== null && exercise.length > (best?.exercise.length ?? 0)) best = { exercise, before: found[1] ?? '' };
  }
  return best;
}

/** What browsers and course sites append to the name of a copy. */
const numbered = '(?:[-_ ]*(?:(\\d{1,3})|\\((\\d{1,3})\\)))?';

/** A name, and the number of the copy after it: `lstm_step (2)` is `lstm_step` and 2, `lstm_step` alone has 0. */
function copyIn(stem: string): { readonly name: string; readonly copy: number } {
  const [, name, plain, bracketed] = new RegExp(`^(.*?)${numbered}$`, 's').exec(stem)!;
  return { name: name!, copy: Number(plain ?? bracketed ?? 0) };
}

const patterns = new Map<string, RegExp>();

function patternOf(exercise: string): RegExp {
  const known = patterns.get(exercise);
  if (known !== undefined) return known;
  const words = exercise.split('-').join('[-_ ]?');
  const pattern = new RegExp(`^(?:(.*?)[-_ .]+)?${words}${numbered}$`, 'is');
  patterns.set(exercise, pattern);
  return pattern;
}

/** Whether two names differ in case and separators only. */
export const alike = (a: string, b: string): boolean => bare(a) === bare(b);

const bare = (name: string): string => name.toLowerCase().replace(/[-_ .]/g, '');

// What lies in the folder of a class. Names are data: nothing here interprets them but `.` at the beginning.

/** What there is under a path, its parts from the folder of the class on. */
export interface FolderEntry {
  readonly path: readonly string[];
  readonly kind: EntryKind;
  /** What it is written in, where its ending says that; `program` for another file that can be executed. */
  readonly language?: Language;
}

/**
 * `folder` only directly in the folder of the class, where it is a student's. `link` (to whatever) and `other` (a pipe, a device) are not
 * followed nor opened: whoever takes a submission in refuses them. Nor is looked into `foreign`, what tools leave; `deep`, folders below
 * folders below folders; `closed`, what may not be read; and `nameless`, what has a name that is no text.
 */
type EntryKind = 'file' | 'folder' | 'link' | 'other' | 'foreign' | 'deep' | 'closed' | 'nameless';

/** What tools, archives and editors leave behind. */
const foreign = /^(\..*|__pycache__|__MACOSX|node_modules|venv)$/;
const deepest = 8;

/** Sorted by their parts. Throws what node:fs throws when the folder itself cannot be read. */
export function listFiles(folder: string): FolderEntry[] {
  const entries: FolderEntry[] = [];
  const visit = (path: readonly string[]): void => {
    for (const found of readdirSync(join(folder, ...path), { withFileTypes: true, encoding: 'buffer' })) {
      const at = [...path, found.name.toString('utf8')];
      const kind = kindOf(found, at);
      if (kind !== 'folder') entries.push(entryOf(folder, at, kind));
      if (kind === 'folder' && at.length === 1) entries.push({ path: at, kind });
      if (kind === 'folder') enter(at);
    }
  };
  const enter = (path: readonly string[]): void => {
    try {
      visit(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      entries.push({ path, kind: 'closed' });
    }
  };
  visit([]);
  return entries.sort((a, b) => compareParts(a.path, b.path));
}

function entryOf(folder: string, path: readonly string[], kind: EntryKind): FolderEntry {
  const language = kind === 'nameless' ? undefined : languageOf(join(folder, ...path));
  return { path, kind, ...(language && { language }) };
}

function kindOf(found: Dirent<Buffer>, path: readonly string[]): EntryKind {
  if (!isUtf8(found.name)) return 'nameless';
  if (found.isFile()) return foreign.test(path.at(-1)!) ? 'foreign' : 'file';
  if (!found.isDirectory()) return found.isSymbolicLink() ? 'link' : 'other';
  if (foreign.test(path.at(-1)!)) return 'foreign';
  return path.length > deepest ? 'deep' : 'folder';
}

/** By code units, so that no locale has a say. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function compareParts(a: readonly string[], b: readonly string[]): number {
  for (const [i, part] of a.entries()) {
    const other = b[i];
    if (other === undefined) return 1;
    if (part !== other) return compareText(part, other);
  }
  return a.length - b.length;
}

// Whose file is which exercise. What cannot be told is said, never left out in silence.

/** What one student handed in for one exercise. */
export interface Work {
  readonly student: string;
  readonly exercise: string;
  /** Below the folder of the class, parts joined by `/`. */
  readonly file: string;
  /** The student's other files for this exercise, which are not run: a second attempt is not a second chance at the same seed. */
  readonly beside: readonly string[];
}

export interface LeftOut {
  readonly file: string;
  readonly why: Why;
}

export type Why =
  | 'no-exercise'
  | 'several'
  | 'no-student'
  | 'not-asked'
  | 'ending'
  | Exclude<EntryKind, 'file' | 'folder' | 'other'>;

export interface ClassifiedFiles {
  readonly students: readonly string[];
  /** Those that were asked for, or else those that anybody handed in, in the order of `known`. */
  readonly exercises: readonly string[];
  /** By student, then in the order of the exercises. */
  readonly work: readonly Work[];
  readonly leftOut: readonly LeftOut[];
}

export interface ClassScope {
  /** The ids of all exercises there are. */
  readonly known: readonly string[];
  /** Only these; with one alone, a file whose name names no exercise is for that one. */
  readonly only?: readonly string[];
  /** All files are this one's. */
  readonly student?: string;
}

/** A file that may count. */
interface Candidate {
  readonly student: string;
  readonly exercise: string;
  readonly file: string;
  /** What says which exercise it is: its own name, the name of a folder, or only --exercise. */
  readonly by: 'name' | 'folder' | 'option';
}

export function classifyFiles(entries: readonly FolderEntry[], scope: ClassScope): ClassifiedFiles {
  const found = entries.filter(({ kind }) => kind !== 'folder').map((entry) => attributed(entry, scope));
  const candidates = found.filter(isCandidate);
  const folders = entries.filter(({ kind }) => kind === 'folder').map(({ path }) => path[0]!);
  const owners = scope.student === undefined ? folders : [scope.student];
  const students = [...new Set([...owners, ...candidates.map(({ student }) => student)])].sort(compareText);
  const handedIn = new Set(candidates.map(({ exercise }) => exercise));
  const exercises = scope.known.filter((id) => scope.only?.includes(id) ?? handedIn.has(id));
  const pairs = new Map<string, Candidate[]>();
  for (const one of candidates) pairs.set(pairOf(one), [...(pairs.get(pairOf(one)) ?? []), one]);
  const chosen = students.flatMap((student) =>
    exercises.flatMap((exercise) => chosenFrom(pairs.get(pairOf({ student, exercise })) ?? [])),
  );
  const left = new Map([...found, ...chosen].flatMap((one) => ('why' in one ? [[one.file, one] as const] : [])));
  return {
    students,
    exercises,
    work: chosen.filter((one): one is Work => 'beside' in one),
    // In the order of the folder.
    leftOut: found.flatMap(({ file }) => left.get(file) ?? []),
  };
}

const isCandidate = (one: Candidate | LeftOut): one is Candidate => 'student' in one;
const pairOf = ({ student, exercise }: Pick<Candidate, 'student' | 'exercise'>): string => `${exercise}/${student}`;

/**
 * Of a student's files for one exercise the one that counts: the highest number in the name, then the last by name. Files that do not name
 * the exercise themselves, and differ in more than their number, cannot be told apart: none of them counts.
 */
function chosenFrom(candidates: readonly Candidate[]): (Work | LeftOut)[] {
  const by = (['name', 'folder', 'option'] as const).find((by) => candidates.some((one) => one.by === by));
  const best = candidates.filter((one) => one.by === by).sort((a, b) => compareText(orderOf(a.file), orderOf(b.file)));
  const last = best.at(-1);
  if (last === undefined) return [];
  const { student, exercise, file } = last;
  const isClear = by === 'name' || best.every((one) => alike(copyOf(one.file).name, copyOf(file).name));
  if (!isClear) return candidates.map((one): LeftOut => ({ file: one.file, why: 'several' }));
  return [{ student, exercise, file, beside: candidates.flatMap((one) => (one === last ? [] : [one.file])) }];
}

const copyOf = (file: string) => copyIn(parse(file).name);

/** Sorts by the number of the copy, then by name, in which `10` comes after `9`. */
const orderOf = (file: string): string =>
  `${padded(String(copyOf(file).copy))} ${file.replace(/\d+/g, padded)} ${file}`;
const padded = (digits: string): string => digits.padStart(20, '0');

function attributed({ path, kind, language }: FolderEntry, scope: ClassScope): Candidate | LeftOut {
  const file = path.join('/');
  const isWritten = kind === 'file' || kind === 'link' || kind === 'other';
  if (!isWritten || (kind === 'link' && language === undefined))
    return { file, why: kind === 'folder' ? 'ending' : kind };
  if (language === undefined) return { file, why: 'ending' };
  const { name: stem } = parse(path.at(-1)!);
  const says = exerciseIn(stem, scope.known);
  const exercise = exerciseOf(path, says, scope);
  // That a file can be executed says little: its name has to say the rest.
  const meant = exercise ?? (language !== 'program' && scope.only?.length === 1 ? scope.only[0] : undefined);
  if (meant === undefined) return { file, why: language === 'program' ? 'ending' : 'no-exercise' };
  const student = scope.student ?? (path.length > 1 ? path[0] : (says?.before ?? stem));
  if (!student) return { file, why: 'no-student' };
  if (scope.only?.includes(meant) === false) return { file, why: 'not-asked' };
  const by = exercise === undefined ? 'option' : says?.exercise === exercise ? 'name' : 'folder';
  return { student, exercise: meant, file, by };
}

/** What the name says; in a folder of a student only where at most the student stands before it, else what a folder around it says. */
function exerciseOf(
  path: readonly string[],
  says: NamedExercise | undefined,
  { known, student }: ClassScope,
): string | undefined {
  const folders = path.slice(0, -1);
  const owner = student ?? folders.shift();
  if (owner === undefined) return says?.exercise;
  if (says !== undefined && (says.before === '' || alike(says.before, owner))) return says.exercise;
  return folders.map((folder) => exerciseIn(folder, known)).findLast((found) => found?.before === '')?.exercise;
}

// Why a file was not graded, in words, each with what to do.

export const leftOutWords: Readonly<Record<Why, string>> = {
  'no-exercise': 'names no exercise: name it lstm-step.py, or say --exercise',
  several: 'one of several files for one exercise: name the one that counts after the exercise',
  'no-student': 'nobody’s: put it into a folder of its student, or name it STUDENT_lstm-step.py',
  'not-asked': 'another exercise than --exercise says',
  ending: 'its ending is no language’s: .js .ts .py .cell',
  link: 'a link: links are not followed',
  foreign: 'what tools leave behind',
  deep: 'too many folders in one another',
  closed: 'a folder that may not be read',
  nameless: 'a name that is not UTF-8: rename it',
};

/** Of one file, in a class that is given these exercises: `rnn_stp.py` is to be named rnn-step.py. */
export function leftOutSays({ file, why }: LeftOut, exercises: readonly string[]): string {
  const { name, ext } = parse(file);
  const meant = nearest(name.replaceAll('_', '-'), exercises) ?? exercises[0];
  return leftOutWords[why].replace('lstm-step.py', `${meant ?? 'lstm-step'}${ext === '' ? '.py' : ext}`);
}

// What a file holds, in 64 characters, so that a file that has changed is graded again.

/** What is longer is refused anyway. */
const longest = 1 << 20;

export const digest = (of: string | Uint8Array): string => createHash('sha256').update(of).digest('hex');

/** Of a regular file of at most 1 MiB; undefined of anything else, which is not opened further: a pipe may never end. */
export function fileDigest(path: string): string | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const about = fstatSync(descriptor);
    return about.isFile() && about.size <= longest ? digest(readFileSync(descriptor)) : undefined;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

export interface Shard {
  /** From 1 to `of`. */
  readonly part: number;
  readonly of: number;
}

/** Every `of`th of the work, so that a slow exercise or a slow letter of the alphabet falls on all alike. */
export const partOf = (work: readonly Work[], { part, of }: Shard): readonly Work[] =>
  work.filter((_, index) => index % of === part - 1);

/** Of who handed in what under which name. */
export const rollOf = ({ students, exercises, work, leftOut }: ClassifiedFiles): string =>
  digest(JSON.stringify([students, exercises, work, leftOut])).slice(0, 16);
