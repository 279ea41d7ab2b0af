// Checks what is graded by what it learns: seconds of training, in which this thread hears nothing else. So it is another thread's work.

import { checkSubmission } from '../homework/check.ts';
import type { IsolationReport, Report } from '../homework/report.ts';
import { languageOf } from '../homework/sandbox/intake.ts';
import type { Limits, Sandbox } from '../homework/sandbox.ts';
import { exerciseArgument } from './exercise-argument.ts';

export interface Order {
  readonly exercise: string;
  readonly file: string;
  readonly student: string;
  readonly seed: number;
  /** Of the class: nothing of this submission runs but its equations. */
  readonly isolation: IsolationReport;
  readonly limits: Limits;
}

export async function checkAlone({ exercise, file, student, seed, isolation, limits }: Order): Promise<Report> {
  const sandbox: Sandbox = {
    isolation,
    limits,
    open: () => Promise.reject(new Error('equations are not run in a sandbox')),
    close: async () => {},
  };
  const handIn = { file, language: languageOf(file)!, student };
  return checkSubmission(await exerciseArgument(exercise), handIn, { seed, sandbox });
}
