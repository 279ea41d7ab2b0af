// What unroll homework grade has to do, from what was typed and from what lies in the folder. All that can be wrong is said here, before the
// work.

import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, sep } from 'node:path';
import { InputError } from '../equations/input-error.ts';
import {
  type ClassifiedFiles,
  classifyFiles,
  type FolderEntry,
  listFiles,
  partOf,
  type Shard,
  type Work,
} from '../homework/grade/hand-ins.ts';
import { checkOne } from '../homework/reports/gradescope.ts';
import { counted } from '../numbers/counted.ts';
import { didYouMean } from '../options/names.ts';
import { once, wholeNumber } from '../options/typed.ts';
import { checkClassOutput, classFormatFrom, exercisesFrom, type GradeArguments, shardFrom } from './grade-options.ts';
import { outFrom } from './output.ts';
import { isOrdinary } from './writing.ts';

export const largestSeed = 2_147_483_647;

export interface Plan {
  /** The file of the report, next to which a journal is kept; undefined where the report goes to a stream. */
  readonly out: string | undefined;
  readonly seed: number | undefined;
  readonly jobs: number;
  readonly shard: Shard | undefined;
  /** All of the class. */
  readonly sorted: ClassifiedFiles;
  /** Of it what is to be graded here. */
  readonly work: readonly Work[];
}

/** `known` are the ids of all exercises there are. Throws InputError. */
export function planOf(args: GradeArguments, known: readonly string[]): Plan {
  checkRegrading(args);
  checkClassOutput(args);
  const named = outFrom(args);
  const out = named !== undefined && isOrdinary(named) ? named : undefined;
  const only = exercisesFrom(args, known);
  const student = once('--student', args.student);
  const shard = shardFrom(args);
  const seed = wholeNumber('--seed', args.seed, 0, largestSeed);
  const jobs = wholeNumber('--jobs', args.jobs, 1, 256) ?? availableParallelism() + 1;
  const entries = entriesOf(args.dir);
  if (out !== undefined) checkOutside(out, args.dir);
  const sorted = classifyFiles(entries, { known, ...(only && { only }), ...(student !== undefined && { student }) });
  if (classFormatFrom(args) === 'gradescope') checkOne(sorted);
  if (sorted.work.length === 0) throw nothingThere(args.dir, sorted);
  const work = shard === undefined ? sorted.work : partOf(sorted.work, shard);
  return { out, seed, jobs, shard, sorted, work };
}

/** For a report that already exists, with its journal. */
function checkRegrading(args: GradeArguments): void {
  const out = outFrom(args);
  if (out === undefined || args.force === true || !existsSync(out) || !existsSync(journalOf(out))) return;
  throw new InputError('--out', `${out} already exists.`, {
    fix: `add --force to replace it: only new and changed files are graded, the rest is taken from ${journalOf(out)}`,
  });
}

/** Beside the report. */
export const journalOf = (out: string): string => `${out}.journal`;

function entriesOf(folder: string): FolderEntry[] {
  try {
    return listFiles(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new InputError(
      folder,
      code === 'ENOTDIR'
        ? `${folder} is a file.`
        : code === 'ENOENT'
          ? `There is no folder ${folder}.`
          : `${folder} cannot be read (${code}).`,
      {
        expected: 'the folder of a class',
        got: code === 'ENOTDIR' ? 'a file' : folder,
        fix:
          code === 'ENOTDIR'
            ? 'for one file:  unroll homework check EXERCISE FILE'
            : (beside(folder) ?? 'check the path'),
      },
    );
  }
}

/** A folder beside it that may be meant. */
function beside(folder: string): string | undefined {
  try {
    const folders = readdirSync(dirname(folder), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return didYouMean(
      basename(folder),
      folders.map(({ name }) => name),
    );
  } catch {
    return undefined;
  }
}

/** What is written there would be taken for something handed in. */
function checkOutside(out: string, folder: string): void {
  if (!`${realpathSync(dirname(out))}${sep}`.startsWith(`${realpathSync(folder)}${sep}`)) return;
  throw new InputError('--out', `${out} lies in the folder of the class: it would be taken for something handed in.`, {
    expected: 'a file elsewhere',
    got: out,
    fix: `write, for instance, --out ../${basename(out)}`,
  });
}

function nothingThere(folder: string, { leftOut }: ClassifiedFiles): InputError {
  const nobodys = leftOut.find(({ why }) => why === 'no-student');
  const several = leftOut.some(({ why }) => why === 'several');
  return new InputError(folder, `There is nothing to grade in ${folder}.`, {
    expected: 'a folder a student, STUDENT/lstm-step.py, or files STUDENT_lstm-step.py',
    got:
      leftOut.length === 0
        ? 'an empty folder'
        : `${counted(leftOut.length, 'other file')}, such as ${leftOut[0]!.file}`,
    fix: several
      ? 'name the file that counts after the exercise'
      : nobodys === undefined
        ? 'say which exercise with --exercise, or give another folder'
        : 'give the folder above, or say whose it is with --student NAME',
  });
}
