// What a class has done, as data: every format of it is a function of this. Made from the graded work alone, so that one run, many shards
// and a run that was killed and resumed give the same.

import type { Report } from '../report.ts';
import { type Misconception, misconceptions } from './misconceptions.ts';
import type { Shard } from './shard.ts';
import type { LeftOut, Work } from './sort-out.ts';
import { compareText } from './walk.ts';

export interface ClassReport extends ClassFacts {
  /** Version of this format, raised when a reader of the JSON would break. */
  readonly unroll: 1;
  readonly kind: 'class';
  readonly totals: readonly Total[];
  readonly counts: readonly ExerciseCount[];
  /** The histogram: the most frequent first. */
  readonly misconceptions: readonly Misconception[];
}

/** What cannot be worked out from anything else. */
export interface ClassFacts {
  /** Of unroll. */
  readonly version: string;
  /** The teacher's: what all inputs were drawn from. */
  readonly seed: number;
  /** Set in the report of a part. */
  readonly shard?: Shard;
  /** Set when it was interrupted: so many pieces of work are not in it. */
  readonly unfinished?: number;
  /** Of who handed in what: parts with another one are of another class. */
  readonly roll: string;
  readonly exercises: readonly Assigned[];
  readonly students: readonly string[];
  /** By student, then by exercise. */
  readonly graded: readonly Graded[];
  readonly leftOut: readonly LeftOut[];
}

export interface Assigned {
  readonly id: string;
  readonly title: string;
  readonly points: number;
}

/** What a student gets for an exercise. */
export interface Graded {
  readonly student: string;
  readonly exercise: string;
  /** The file that counts: of several, the one with the highest number in its name; of those, the last by name. */
  readonly file: string;
  readonly report: Report;
  /** The others for the same exercise, which were not run. */
  readonly beside: readonly { readonly file: string }[];
  /** Set on every row below level 3: the verdict can be forged. */
  readonly weakIsolation?: true;
}

export interface Total {
  readonly student: string;
  readonly points: number;
  readonly of: number;
  /** Exercises of which there is no file; none where work may be elsewhere: in a part, or unfinished. */
  readonly missing: readonly string[];
}

export interface ExerciseCount {
  readonly exercise: string;
  readonly handedIn: number;
  readonly passed: number;
  /** Of those handed in; null where there are none. */
  readonly meanPoints: number | null;
}

/** A verdict of this level or above cannot be forged. */
export const strongIsolation = 3;

export const gradedFrom = ({ student, exercise, file, beside }: Work, report: Report): Graded => ({
  student,
  exercise,
  file,
  report,
  beside: beside.map((other) => ({ file: other })),
  ...(report.isolation.level < strongIsolation && { weakIsolation: true }),
});

export function classReport(facts: ClassFacts): ClassReport {
  const { version, seed, shard, unfinished, roll, exercises, students, graded, leftOut } = facts;
  return {
    unroll: 1,
    kind: 'class',
    // In this order, whoever gives them.
    version,
    seed,
    ...(shard && { shard }),
    ...(unfinished !== undefined && { unfinished }),
    roll,
    exercises,
    students,
    graded,
    leftOut,
    totals: facts.students.map((student) => totalOf(student, facts)),
    counts: facts.exercises.map(({ id }) => countOf(id, facts)),
    misconceptions: misconceptions(facts.graded),
  };
}

/** Whether all that was handed in is in it, so that what is not there was not handed in. */
export const isWhole = ({ shard, unfinished }: Pick<ClassFacts, 'shard' | 'unfinished'>): boolean =>
  shard === undefined && unfinished === undefined;

function totalOf(student: string, facts: ClassFacts): Total {
  const { exercises, graded } = facts;
  const own = graded.filter((one) => one.student === student);
  const missing = exercises.map(({ id }) => id).filter((id) => !own.some(({ exercise }) => exercise === id));
  const of = isWhole(facts) ? exercises : exercises.filter(({ id }) => !missing.includes(id));
  return {
    student,
    points: sum(own.map(({ report }) => report.points)),
    of: sum(of.map(({ points }) => points)),
    missing: isWhole(facts) ? missing : [],
  };
}

function countOf(exercise: string, { graded }: ClassFacts): ExerciseCount {
  const own = graded.filter((one) => one.exercise === exercise);
  return {
    exercise,
    handedIn: own.length,
    passed: own.filter(({ report }) => report.status === 'pass').length,
    meanPoints: own.length === 0 ? null : sum(own.map(({ report }) => report.points)) / own.length,
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** By student, then in the order of `exercises`. */
export const byRow =
  (exercises: readonly Assigned[]) =>
  (a: Graded, b: Graded): number => {
    const place = ({ exercise }: Graded): number => exercises.findIndex(({ id }) => id === exercise);
    return compareText(a.student, b.student) || place(a) - place(b);
  };
