// The options of unroll homework grade, and what is to be made of a class: text, JSON, CSV and the formats of other tools.

import { InputError } from '../equations/input-error.ts';
import { exerciseIn, type Shard } from '../homework/grade/hand-ins.ts';
import type { ClassReport } from '../homework/reports/class-report.ts';
import { type ClassFormat, classFormats, classReported, endingsOf } from '../homework/reports/formats.ts';
import { noSuchName } from '../options/names.ts';
import { flag, type Given, numberOption, textOption } from '../options/option.ts';
import { once } from '../options/typed.ts';
import { limitOptions } from './homework-options.ts';
import {
  checkOut,
  formatFrom,
  formatOptions,
  lookOptions,
  message,
  type OutputArguments,
  outFrom,
  outputOptions,
  write,
} from './output.ts';
import { noEffect } from './unread.ts';

const endings = endingsOf(classFormats);
const { assert: _, height: __, ...output } = outputOptions;

export const classOutputOptions = {
  ...output,
  ...formatOptions(classFormats, endings),
};

export const gradeOptions = {
  exercise: textOption(
    'Class',
    'only this exercise, also for files whose names name none; once or more',
    'what the names say',
  ),
  student: textOption('Class', 'DIR is the folder of this one student', 'a folder a student'),
  seed: numberOption('Run', 'what all inputs are drawn from: a secret of the class', 'drawn anew, or the journal’s'),
  jobs: numberOption('Run', 'submissions at once', 'one a core, and one more'),
  shard: textOption('Run', 'I/N: only the I-th of N parts, with --seed; merge puts them together'),
  'allow-weak-isolation': flag('Run', 'grade below L3 too, and stamp every row'),
  ...limitOptions,
  ...classOutputOptions,
  out: textOption('Output', `write to this file, and keep beside it what is done: ${Object.keys(endings).join(' ')}`),
};

export type GradeArguments = Given<typeof gradeOptions> & { readonly dir: string };

/** Throws InputError. */
export const classFormatFrom = (args: OutputArguments): ClassFormat => formatFrom(args, classFormats, endings);

/** `2/8`. Throws InputError. */
export function shardFrom(args: GradeArguments): Shard | undefined {
  const typed = once('--shard', args.shard);
  if (typed === undefined) return undefined;
  const [, part, of] = (/^(\d{1,4})\/(\d{1,4})$/.exec(typed.trim()) ?? []).map(Number);
  if (part !== undefined && of !== undefined && part >= 1 && part <= of) {
    if (args.seed !== undefined) return { part, of };
    throw new InputError('--shard', 'The parts of a class want one seed.', {
      expected: '--seed N with --shard, the same for all parts',
      got: 'no --seed',
      fix: 'add --seed, and keep the number to yourself',
    });
  }
  throw new InputError('--shard', `\`${typed}\` is no part.`, {
    expected: 'I/N, with I from 1 to N',
    got: typed,
    fix: 'write, for instance, --shard 1/8',
  });
}

/** The ids that --exercise names, once or more, also with commas between. Throws InputError for one there is not. */
export function exercisesFrom(args: GradeArguments, known: readonly string[]): readonly string[] | undefined {
  if (args.exercise === undefined) return undefined;
  const words = [args.exercise].flat().flatMap((typed) => typed.split(',').map((id) => id.trim()));
  return words.map((word) => {
    const named = exerciseIn(word, known);
    if (named?.before === '') return named.exercise;
    throw noSuchName(word, { where: '--exercise', what: 'exercise', names: known });
  });
}

/** All that can be wrong with the output is said before the work. Throws InputError. */
export function checkClassOutput(args: OutputArguments): void {
  lookOptions(args, classFormatFrom(args));
  checkOut(args);
  if (outFrom(args) === undefined && args.force === true) throw noEffect('--force', 'no file is written');
}

/** The exit code: 3 where a fault of ours kept something from being graded. Throws InputError when it cannot be written. */
export async function presentClass(report: ClassReport, args: OutputArguments): Promise<number> {
  const format = classFormatFrom(args);
  write(classReported(report, format, lookOptions(args, format)), args);
  if (args.quiet !== true && report.leftOut.length > 0)
    message(
      `not graded: ${report.leftOut.length} ${report.leftOut.length === 1 ? 'file' : 'files'}, which the report names`,
    );
  return report.graded.some((one) => one.report.status === 'internal') ? 3 : 0;
}
