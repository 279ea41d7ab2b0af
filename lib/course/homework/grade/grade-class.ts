// Grades the work of a class, several pieces at a time. What each gets depends on the seed, the exercise and the file, never on who was
// graded before or beside it.

import { join } from 'node:path';
import type { Json } from '../../../experiments/result.ts';
import type { Report } from '../report.ts';
import { type Graded, gradedFrom } from './class-report.ts';
import { digest, fileDigest } from './digest.ts';
import type { Journal } from './journal.ts';
import { settled } from './settled.ts';
import type { Work } from './sort-out.ts';

export interface GradeOptions {
  /** The folder of the class. */
  readonly folder: string;
  readonly work: readonly Work[];
  /** So many submissions at once. */
  readonly jobs: number;
  /** Checks the file at `path` as `student`'s. Never rejects. */
  readonly check: (exercise: string, path: string, student: string) => Promise<Report>;
  /** What a verdict depends on beside the exercise and the file: the seed, the versions, the limits. */
  readonly given: Json;
  readonly journal?: Journal;
}

export interface Watching {
  /** Before the first submission, when the journal had some of them. */
  readonly begun?: (at: { readonly before: number; readonly all: number }) => void;
  /** After every submission; the journal had `before` of those that are done. */
  readonly tick: (at: { readonly done: number; readonly before: number; readonly all: number }) => void;
  readonly stopped: () => boolean;
}

export interface GradedClass {
  /** In the order of `work`, without what was not finished. */
  readonly graded: readonly Graded[];
  readonly interrupted: boolean;
}

interface Submission extends Pick<Work, 'student' | 'exercise'> {
  readonly file: string;
}

/** Rejects with nothing that a submission can do; with InputError when the journal cannot be written. */
export async function gradeClass(options: GradeOptions, { begun, tick, stopped }: Watching): Promise<GradedClass> {
  const { work, journal, jobs } = options;
  const submissions = work.flatMap(({ files, ...whose }) => files.map((file): Submission => ({ ...whose, file })));
  const reports = new Map<string, Report>();
  for (const submission of submissions) {
    const report = journal?.done.get(keyOf(submission, options) ?? '');
    if (report !== undefined) reports.set(submission.file, report);
  }
  const before = reports.size;
  if (before > 0) begun?.({ before, all: submissions.length });
  const queue = submissions.filter(({ file }) => !reports.has(file)).values();
  const grade = async (): Promise<void> => {
    for (const submission of queue) {
      if (stopped()) return;
      reports.set(submission.file, await checked(submission, options));
      tick({ done: reports.size, before, all: submissions.length });
    }
  };
  await Promise.all(Array.from({ length: jobs }, grade));
  const done = work.filter(({ files }) => files.every((file) => reports.has(file)));
  return {
    graded: done.map((one) =>
      gradedFrom(
        one,
        one.files.map((file) => ({ file, report: reports.get(file)! })),
      ),
    ),
    interrupted: reports.size < submissions.length,
  };
}

/** Kept in the journal, unless the fault was ours, so that it is tried again next time, or the file changed meanwhile. */
async function checked(submission: Submission, options: GradeOptions): Promise<Report> {
  const { exercise, file, student } = submission;
  const key = keyOf(submission, options);
  const report = settled(await options.check(exercise, join(options.folder, file), student));
  if (key !== undefined && report.status !== 'internal' && key === keyOf(submission, options))
    options.journal?.add(key, report);
  return report;
}

/** What a verdict depends on; undefined for what is no regular file. */
function keyOf({ student, exercise, file }: Submission, { folder, given }: GradeOptions): string | undefined {
  const content = fileDigest(join(folder, file));
  return content && digest(JSON.stringify([student, exercise, file, content, given]));
}
