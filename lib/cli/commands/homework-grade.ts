// unroll homework grade DIR, unroll homework grade merge REPORT…

import { availableParallelism } from 'node:os';
import { version } from '../../cells/package-folder.ts';
import { InputError } from '../../equations/input-error.ts';
import { exercises } from '../../homework/catalogue.ts';
import { checkSubmission, type Homework } from '../../homework/check.ts';
import type { Report } from '../../homework/check-report.ts';
import { languageOf } from '../../homework/language.ts';
import { merged } from '../../homework/reports/class-report.ts';
import { readClassJson } from '../../homework/reports/json.ts';
import { chooseSandbox } from '../../homework/sandbox/choose.ts';
import type { IsolationReport, Limits, Sandbox } from '../../homework/session.ts';
import type { Command } from '../command.ts';
import { readText } from '../files.ts';
import { gradeFolder, type Tools } from '../grade-folder.ts';
import {
  checkClassOutput,
  classOutputOptions,
  type GradeArguments,
  gradeOptions,
  presentClass,
} from '../grade-options.ts';
import { exerciseArgument, limitsFrom } from '../homework-options.ts';
import type { OutputArguments } from '../output.ts';
import { ThreadPool } from '../threads.ts';

const merge: Command = {
  places: { reports: ['the JSON reports of all parts; or one report, for another format of it'] },
  options: classOutputOptions,
  examples: [
    ['unroll homework grade merge part-*.json --out grades.csv', 'what a Slurm array or a CI matrix left'],
    ['unroll homework grade merge grades.json --format junit', 'the same grades for another tool'],
  ],
  run: async (typed) => {
    const args = typed as OutputArguments & { readonly reports?: readonly string[] };
    checkClassOutput(args);
    return presentClass(merged((args.reports ?? []).map(readReport)), args);
  },
};

/** A class of a thousand, with all that was found. */
const longestReport = 512_000_000;

function readReport(name: string) {
  const { text, more } = readText(name, longestReport);
  if (!more) return { name, report: readClassJson(text, name) };
  throw new InputError(name, `${name} is too large.`, {
    expected: 'at most 512 MB',
    got: 'more than that',
    fix: 'grade in more parts',
  });
}

/** What another thread is told. To check what is graded by what it learns takes seconds of training, in which a thread hears nothing else. */
export interface CheckOrder {
  readonly exercise: string;
  readonly file: string;
  readonly student: string;
  readonly seed: number;
  /** Of the class: nothing of this submission runs but its equations. */
  readonly isolation: IsolationReport;
  readonly limits: Limits;
}

export async function checkAlone({ exercise, file, student, seed, isolation, limits }: CheckOrder): Promise<Report> {
  const sandbox: Sandbox = {
    isolation,
    limits,
    open: () => Promise.reject(new Error('equations are not run in a sandbox')),
    close: async () => {},
  };
  const handIn = { file, language: languageOf(file)!, student };
  return checkSubmission(await exerciseArgument(exercise), handIn, { seed, sandbox });
}

function toolsFor(args: GradeArguments): Tools {
  const limits = limitsFrom(args);
  const threads = new ThreadPool(availableParallelism());
  const read = new Map<string, Homework>();
  return {
    version: version(),
    known: exercises.map(({ id }) => id),
    assigned: async (ids) => {
      for (const id of ids) read.set(id, await exerciseArgument(id));
      return [...read.values()].map(({ text: { id, title, points } }) => ({ id, title, points }));
    },
    check: (exercise, file, student, { seed, sandbox }) => {
      const homework = read.get(exercise)!;
      if (homework.exercise.kind === 'claims')
        return threads.run('check', {
          exercise,
          file,
          student,
          seed,
          isolation: sandbox.isolation,
          limits,
        } satisfies CheckOrder);
      return checkSubmission(homework, { file, language: languageOf(file)!, student }, { seed, sandbox });
    },
    close: () => threads.close(),
    openSandbox: () => chooseSandbox({ limits }),
  };
}

const grade: Command = {
  places: { dir: ['the folder of a class: a folder a student, or files STUDENT_EXERCISE.py'] },
  options: gradeOptions,
  examples: [
    ['unroll homework grade class/ --out grades.json', 'all of a class; killed, the same command goes on'],
    ['unroll homework grade class/ --exercise lstm-step', 'one exercise, whatever the files are called'],
    ['unroll homework grade class/ --seed N --shard 2/8 --out part-2.json', 'a part, on another machine'],
  ],
  run: async (typed) => {
    const args = typed as unknown as GradeArguments;
    return gradeFolder(args, toolsFor(args));
  },
};

export const gradeCommand: Command = {
  options: {},
  subcommands: [
    { usage: '$0 <dir>', describe: 'a class', load: async () => grade },
    { usage: 'merge <reports..>', describe: 'the parts of a class in one report', load: async () => merge },
  ],
  examples: grade.examples,
};
