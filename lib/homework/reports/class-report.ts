// What a class has done, as data: every format of it is a function of this. Made from the graded work alone, so that one run, many shards
// and a run that was killed and resumed give the same.

import { InputError } from '../../equations/input-error.ts';
import {
  constant,
  listOf,
  oneWordOf,
  record,
  type Schema,
  type TypeOf,
  text,
  whole,
} from '../../render/json-schema.ts';
import { points, type Report, reportRecord, reportSchema, valueDefinition } from '../check-report.ts';
import { compareText, type LeftOut, leftOutWords, type Work } from '../grade/hand-ins.ts';
import { type Misconception, misconceptions } from '../grade/misconceptions.ts';

const count: Schema<number> = { type: 'integer', minimum: 0 };
const some: Schema<number> = { type: 'integer', minimum: 1 };

const assigned = record({ id: text, title: text, points });
export type Assigned = TypeOf<typeof assigned>;

/** What a student gets for an exercise. */
const graded = record(
  {
    student: text,
    exercise: text,
    /** Of several the one with the highest number in its name; of those, the last by name. */
    file: { ...text, description: 'the one that counts, below the folder of the class' },
    report: reportRecord,
    beside: listOf(record({ file: { ...text, description: 'another file for the exercise, which was not run' } })),
    weakIsolation: { ...constant(true), description: 'below level 3: the verdict can be forged' },
  },
  ['weakIsolation'],
);
export type Graded = TypeOf<typeof graded>;

/** `missing`: exercises of which there is no file; none where work may be elsewhere: in a part, or unfinished. */
const total = record({ student: text, points, of: points, missing: listOf(text) });
export type Total = TypeOf<typeof total>;

/** The mean is of those handed in; null where there are none. */
const exerciseCount = record({
  exercise: text,
  handedIn: count,
  passed: count,
  meanPoints: { anyOf: [points, { type: 'null' }] } as Schema<number | null>,
});

const misconception = record({ id: text, exercise: text, says: text, count: some, students: listOf(text) }, [
  'exercise',
]) as Schema<Misconception>;

const classRecord = record(
  {
    unroll: { ...constant(1), description: 'version of this format' },
    kind: constant('class'),
    version: { ...text, description: 'of unroll' },
    seed: { ...whole, description: 'the teacher’s: what all inputs were drawn from' },
    /** Set in the report of a part. */
    shard: record({ part: some, of: some }),
    unfinished: { ...count, description: 'interrupted: so many pieces of work are not in it' },
    roll: { ...text, description: 'the same for all parts of a class' },
    exercises: listOf(assigned),
    students: listOf(text),
    /** By student, then by exercise. */
    graded: listOf(graded),
    leftOut: listOf(record({ file: text, why: oneWordOf(...(Object.keys(leftOutWords) as LeftOut['why'][])) })),
    totals: listOf(total),
    counts: listOf(exerciseCount),
    /** The histogram: the most frequent first. */
    misconceptions: listOf(misconception),
  },
  ['shard', 'unfinished'],
);
export type ClassReport = TypeOf<typeof classRecord>;

export const classSchema: Schema<ClassReport> = {
  $schema: reportSchema.$schema,
  title: 'The report of a class of unroll homework grade',
  ...classRecord,
  ...valueDefinition,
};

/** What cannot be worked out from anything else. */
export type ClassFacts = Omit<ClassReport, 'unroll' | 'kind' | 'totals' | 'counts' | 'misconceptions'>;

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

function countOf(exercise: string, { graded }: ClassFacts): TypeOf<typeof exerciseCount> {
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
const byRow =
  (exercises: readonly Assigned[]) =>
  (a: Graded, b: Graded): number => {
    const place = ({ exercise }: Graded): number => exercises.findIndex(({ id }) => id === exercise);
    return compareText(a.student, b.student) || place(a) - place(b);
  };

interface NamedReport {
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
