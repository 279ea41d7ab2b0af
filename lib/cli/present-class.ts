// The report of a class in the format that was asked for, to standard output or to a file.

import type { ClassReport } from '../homework/reports/class-report.ts';
import { classResult } from '../homework/reports/class-result.ts';
import { classCsv } from '../homework/reports/csv.ts';
import { classGradescope } from '../homework/reports/gradescope.ts';
import { classJson } from '../homework/reports/json.ts';
import { junit } from '../homework/reports/junit.ts';
import { classTap } from '../homework/reports/tap.ts';
import { render } from '../render/render.ts';
import { classFormatFrom } from './grade-options.ts';
import { checkOut, lookOptions, message, type OutputArguments, outFrom, write } from './output.ts';
import { noEffect } from './unread.ts';

/** All that can be wrong with the output is said before the work. Throws InputError. */
export function checkClassOutput(args: OutputArguments): void {
  lookOptions(args, classFormatFrom(args));
  checkOut(args);
  if (outFrom(args) === undefined && args.force === true) throw noEffect('--force', 'no file is written');
}

/** The exit code: 3 where a fault of ours kept something from being graded. Throws InputError when it cannot be written. */
export async function presentClass(report: ClassReport, args: OutputArguments): Promise<number> {
  write(textOf(report, args), args);
  if (args.quiet !== true && report.leftOut.length > 0)
    message(
      `not graded: ${report.leftOut.length} ${report.leftOut.length === 1 ? 'file' : 'files'}, which the report names`,
    );
  return report.graded.some((one) => one.report.status === 'internal') ? 3 : 0;
}

function textOf(report: ClassReport, args: OutputArguments): string {
  switch (classFormatFrom(args)) {
    case 'json':
      return classJson(report);
    case 'csv':
      return classCsv(report);
    case 'junit':
      return junit(report.graded.map((one) => one.report));
    case 'tap':
      return classTap(report);
    case 'gradescope':
      return classGradescope(report);
    case 'text':
      return render(classResult(report), lookOptions(args, 'text'));
  }
}
