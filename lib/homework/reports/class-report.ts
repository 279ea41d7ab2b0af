// What a class has done, as data: every format of it is a function of this. Made from the graded work alone, so that one run, many shards
// and a run that was killed and resumed give the same.

import { InputError } from '../../equations/input-error.ts';
import { compareText, type LeftOut, type Shard, type Work } from '../grade/hand-ins.ts';
import { type Misconception, misconceptions } from '../grade/misconceptions.ts';
import type { Report } from '../report.ts';

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

export interface NamedReport {
  /** The file's, for messages. */
  readonly name: string;
  readonly report: ClassReport;
}

/** Throws InputError when the parts are of different classes, seeds or versions, or when one is missing or there twice. */
export function merged(parts: readonly NamedReport[]): ClassReport {
  const first = parts[0]!;
  for (const part of parts) checkFinished(part);
  for (const part of parts) checkAlike(first, part);
  checkWhole(parts);
  const { version, seed, roll, exercises, students, leftOut } = first.report;
  const graded = parts.flatMap(({ report }) => report.graded).sort(byRow(exercises));
  return classReport({ version, seed, roll, exercises, students, graded, leftOut });
}

function checkFinished({ name, report: { unfinished } }: NamedReport): void {
  if (unfinished !== undefined)
    throw new InputError(name, `${name} was interrupted: work is missing in it.`, {
      expected: 'a report that was finished',
      got: `${unfinished} not graded`,
      fix: 'grade that part again',
    });
}

const equalInAll = {
  roll: 'the class: the folder has changed between them, or it is another',
  seed: 'the seed, so that they were asked different things',
  version: 'the version of unroll',
} as const;

function checkAlike(first: NamedReport, other: NamedReport): void {
  for (const [key, says] of Object.entries(equalInAll) as [keyof typeof equalInAll, string][])
    if (first.report[key] !== other.report[key])
      throw new InputError(other.name, `${other.name} and ${first.name} differ in ${says}.`, {
        expected: String(first.report[key]),
        got: String(other.report[key]),
        fix: 'grade the parts of one folder with one --seed',
      });
}

function checkWhole(parts: readonly NamedReport[]): void {
  const of = parts[0]!.report.shard?.of ?? 1;
  const place = ({ report: { shard } }: NamedReport): string =>
    shard === undefined ? 'the whole' : `${shard.part}/${shard.of}`;
  const known = new Map<string, string>();
  for (const part of parts) {
    const twice = known.get(place(part));
    if (twice !== undefined || (part.report.shard?.of ?? 1) !== of)
      throw new InputError(
        part.name,
        twice === undefined
          ? `${part.name} is ${place(part)}, and ${parts[0]!.name} is ${place(parts[0]!)}.`
          : `${part.name} is ${place(part)}, and so is ${twice}.`,
        { expected: 'each part once', got: place(part), fix: 'name the reports of one division' },
      );
    known.set(place(part), part.name);
  }
  const missing = Array.from({ length: of }, (_, i) => `${i + 1}/${of}`).filter((part) => !known.has(part));
  if (of > 1 && missing.length > 0)
    throw new InputError(
      'merge',
      `Of the parts, ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.`,
      {
        expected: `${of} reports`,
        got: String(parts.length),
        fix: `grade what is missing:  unroll homework grade DIR --shard ${missing[0]} …`,
      },
    );
}
