// Whose file is which exercise. What cannot be told is said, never left out in silence.

import { parse } from 'node:path';
import { alike, copyIn, exerciseIn, type Named } from './exercise-in-name.ts';
import { compareText, type Entry, type Kind } from './walk.ts';

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
  | Exclude<Kind, 'file' | 'folder' | 'other'>;

export interface SortedOut {
  readonly students: readonly string[];
  /** Those that were asked for, or else those that anybody handed in, in the order of `known`. */
  readonly exercises: readonly string[];
  /** By student, then in the order of the exercises. */
  readonly work: readonly Work[];
  readonly leftOut: readonly LeftOut[];
}

export interface Asked {
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

export function sortOut(entries: readonly Entry[], asked: Asked): SortedOut {
  const found = entries.filter(({ kind }) => kind !== 'folder').map((entry) => attributed(entry, asked));
  const candidates = found.filter(isCandidate);
  const folders = entries.filter(({ kind }) => kind === 'folder').map(({ path }) => path[0]!);
  const owners = asked.student === undefined ? folders : [asked.student];
  const students = [...new Set([...owners, ...candidates.map(({ student }) => student)])].sort(compareText);
  const handedIn = new Set(candidates.map(({ exercise }) => exercise));
  const exercises = asked.known.filter((id) => asked.only?.includes(id) ?? handedIn.has(id));
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

function attributed({ path, kind, language }: Entry, asked: Asked): Candidate | LeftOut {
  const file = path.join('/');
  const isWritten = kind === 'file' || kind === 'link' || kind === 'other';
  if (!isWritten || (kind === 'link' && language === undefined))
    return { file, why: kind === 'folder' ? 'ending' : kind };
  if (language === undefined) return { file, why: 'ending' };
  const { name: stem } = parse(path.at(-1)!);
  const says = exerciseIn(stem, asked.known);
  const exercise = exerciseOf(path, says, asked);
  // That a file can be executed says little: its name has to say the rest.
  const meant = exercise ?? (language !== 'program' && asked.only?.length === 1 ? asked.only[0] : undefined);
  if (meant === undefined) return { file, why: language === 'program' ? 'ending' : 'no-exercise' };
  const student = asked.student ?? (path.length > 1 ? path[0] : (says?.before ?? stem));
  if (!student) return { file, why: 'no-student' };
  if (asked.only?.includes(meant) === false) return { file, why: 'not-asked' };
  const by = exercise === undefined ? 'option' : says?.exercise === exercise ? 'name' : 'folder';
  return { student, exercise: meant, file, by };
}

/** What the name says; in a folder of a student only where at most the student stands before it, else what a folder around it says. */
function exerciseOf(path: readonly string[], says: Named | undefined, { known, student }: Asked): string | undefined {
  const folders = path.slice(0, -1);
  const owner = student ?? folders.shift();
  if (owner === undefined) return says?.exercise;
  if (says !== undefined && (says.before === '' || alike(says.before, owner))) return says.exercise;
  return folders.map((folder) => exerciseIn(folder, known)).findLast((found) => found?.before === '')?.exercise;
}
