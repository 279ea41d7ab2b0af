// Whose file is which exercise. What cannot be told is said, never left out in silence.

import { parse } from 'node:path';
import { alike, exerciseIn, type Named } from './exercise-in-name.ts';
import { compareText, type Entry, type Kind } from './walk.ts';

/** What one student handed in for one exercise. */
export interface Work {
  readonly student: string;
  readonly exercise: string;
  /** Below the folder of the class, parts joined by `/`, sorted. More than one where the student has several for this exercise. */
  readonly files: readonly string[];
}

export interface LeftOut {
  readonly file: string;
  readonly why: Why;
}

export type Why = 'no-exercise' | 'no-student' | 'not-asked' | 'ending' | Exclude<Kind, 'file' | 'folder' | 'other'>;

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
  /** Whether its name says so, or only --exercise. */
  readonly named: boolean;
}

export function sortOut(entries: readonly Entry[], asked: Asked): SortedOut {
  const found = unlessNamed(entries.filter(({ kind }) => kind !== 'folder').map((entry) => attributed(entry, asked)));
  const candidates = found.filter(isCandidate);
  const folders = entries.filter(({ kind }) => kind === 'folder').map(({ path }) => path[0]!);
  const owners = asked.student === undefined ? folders : [asked.student];
  const students = [...new Set([...owners, ...candidates.map(({ student }) => student)])].sort(compareText);
  const handedIn = new Set(candidates.map(({ exercise }) => exercise));
  const exercises = asked.known.filter((id) => asked.only?.includes(id) ?? handedIn.has(id));
  const files = new Map<string, string[]>();
  for (const one of candidates) files.set(pairOf(one), [...(files.get(pairOf(one)) ?? []), one.file]);
  const work = students.flatMap((student) =>
    exercises.flatMap((exercise) => {
      const own = files.get(pairOf({ student, exercise }));
      return own === undefined ? [] : [{ student, exercise, files: own.sort(compareText) }];
    }),
  );
  return { students, exercises, work, leftOut: found.flatMap((one) => (isCandidate(one) ? [] : [one])) };
}

const isCandidate = (one: Candidate | LeftOut): one is Candidate => 'student' in one;
const pairOf = ({ student, exercise }: Pick<Candidate, 'student' | 'exercise'>): string => `${exercise}/${student}`;

/** Beside a file whose name says the exercise, others of the student are no candidates for it. */
function unlessNamed(found: readonly (Candidate | LeftOut)[]): (Candidate | LeftOut)[] {
  const named = new Set(found.filter((one) => isCandidate(one) && one.named).map((one) => pairOf(one as Candidate)));
  return found.map((one) =>
    isCandidate(one) && !one.named && named.has(pairOf(one)) ? { file: one.file, why: 'no-exercise' } : one,
  );
}

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
  return { student, exercise: meant, file, named: exercise !== undefined };
}

/** What the name says; in a folder of a student only where at most the student stands before it, else what a folder around it says. */
function exerciseOf(path: readonly string[], says: Named | undefined, { known, student }: Asked): string | undefined {
  const folders = path.slice(0, -1);
  const owner = student ?? folders.shift();
  if (owner === undefined) return says?.exercise;
  if (says !== undefined && (says.before === '' || alike(says.before, owner))) return says.exercise;
  return folders.map((folder) => exerciseIn(folder, known)).findLast((found) => found?.before === '')?.exercise;
}
