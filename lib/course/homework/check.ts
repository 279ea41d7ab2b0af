// Checks one submission from start to end: takes it in, opens a session in the sandbox, asks, and reports.

import type { Report } from './report.ts';
import type { Sandbox } from './sandbox.ts';

export interface CheckOptions {
  /** What every input is drawn from. Never leaves this process but for the teacher's report. */
  readonly seed: number;
  readonly sandbox: Sandbox;
  readonly student?: string;
  /** Also asks every mistake for a diagnosis. */
  readonly diagnose: boolean;
}

/** Never rejects: what goes wrong in here is a report of status `internal`. */
export type CheckSubmission = (exercise: string, file: string, options: CheckOptions) => Promise<Report>;
