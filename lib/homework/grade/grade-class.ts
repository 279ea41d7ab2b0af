// Grades the work of a class, several pieces at a time. What each gets depends on the seed, the exercise and the file, never on who was
// graded before or beside it.

import { join } from 'node:path';
import type { Json } from '../../render/result.ts';
import type { Report } from '../check-report.ts';
import { type Graded, gradedFrom } from '../reports/class-report.ts';
import { digest, fileDigest, type Work } from './hand-ins.ts';
import { type Journal, settled } from './journal.ts';

interface GradeOptions {
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

interface Watching {
  /** Before the first submission, when the journal had some of them. */
  readonly begun?: (at: { readonly before: number; readonly all: number }) => void;
  /** Called with the number of timeouts before they are run once more, one at a time. */
  readonly again?: (count: number) => void;
  /** After every submission; the journal had `before` of those that are done. */
  readonly tick: (at: { readonly done: number; readonly before: number; readonly all: number }) => void;
  readonly stopped: () => boolean;
}

export interface GradedClass {
  /** In the order of `work`, without what was not finished. */
  readonly graded: readonly Graded[];
  readonly interrupted: boolean;
}

/** Rejects with nothing that a submission can do; with InputError when the journal cannot be written. */
export async function gradeClass(
  options: GradeOptions,
  { begun, again, tick, stopped }: Watching,
): Promise<GradedClass> {
  const { work, journal, jobs } = options;
  const reports = new Map<Work, Report>();
  for (const one of work) {
    const report = journal?.done.get(keyOf(one, options) ?? '');
    if (report !== undefined) reports.set(one, report);
  }
  const before = reports.size;
  if (before > 0) begun?.({ before, all: work.length });
  const starved: Work[] = [];
  const grade = async (queue: Iterator<Work> & Iterable<Work>, isLast: boolean): Promise<void> => {
    for (const one of queue) {
      if (stopped()) return;
      const report = await checked(one, options, isLast);
      if (report === undefined) starved.push(one);
      else reports.set(one, report);
      tick({ done: reports.size, before, all: work.length });
    }
  };
  const queue = work.filter((one) => !reports.has(one)).values();
  await Promise.all(Array.from({ length: jobs }, () => grade(queue, false)));
  if (starved.length > 0 && !stopped()) again?.(starved.length);
  await grade(starved.values(), true);
  return {
    graded: work.flatMap((one) => (reports.has(one) ? [gradedFrom(one, reports.get(one)!)] : [])),
    interrupted: reports.size < work.length,
  };
}

/**
 * Undefined for a timeout that had too little of the processor, or may have had, unless it ran `alone`. Kept in the journal, unless the fault was
 * ours, so that it is tried again next time, or the file changed meanwhile.
 */
async function checked(one: Work, options: GradeOptions, alone: boolean): Promise<Report | undefined> {
  const { exercise, file, student } = one;
  const key = keyOf(one, options);
  const report = settled(await options.check(exercise, join(options.folder, file), student));
  const { trouble } = report;
  if (!alone && trouble?.code === 'too-slow' && (trouble.starved || trouble.waits || trouble.reading)) return undefined;
  const final = alone ? withoutLoad(report) : report;
  if (key !== undefined && final.status !== 'internal' && key === keyOf(one, options))
    options.journal?.add(key, final, alone);
  return final;
}

/** The second try counts as it ended; how busy the machine was is not in a report. */
function withoutLoad(report: Report): Report {
  if (report.trouble?.code !== 'too-slow') return report;
  const { starved: _, ...trouble } = report.trouble;
  return { ...report, trouble };
}

/** What a verdict depends on; undefined for what is no regular file. */
function keyOf({ student, exercise, file }: Work, { folder, given }: GradeOptions): string | undefined {
  const content = fileDigest(join(folder, file));
  return content && digest(JSON.stringify([student, exercise, file, content, given]));
}
