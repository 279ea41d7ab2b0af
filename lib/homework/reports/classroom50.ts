// Classroom 50's result.json, `classroom50/result/v1` (github.com/foundation50/classroom50, schemas/result-v1.schema.json): what an
// autograder.py leaves for the runner, which checks it and stamps owner, kind of assignment and times itself.

import { InputError } from '../../equations/input-error.ts';
import type { Report } from '../check-report.ts';
import { checkRows, harmlessJson, oneLine, type Row, textBelow } from './rows.ts';

/** What only the runner knows; it hands it over in the environment. */
export interface Submitted {
  readonly classroom: string;
  readonly assignment: string;
  /** `submit/…`, the tag that is graded. */
  readonly submission: string;
  readonly commit: string;
  readonly release: string;
  readonly review: string;
  readonly owner?: string;
  readonly assignmentType?: string;
}

/** From the runner's environment. Throws InputError where it is not that. */
export function submittedFrom(env: { readonly [name: string]: string | undefined }): Submitted {
  const needed = ['CLASSROOM', 'ASSIGNMENT', 'SUBMISSION_TAG', 'COMMIT_URL', 'RELEASE_URL'] as const;
  const missing = needed.filter((name) => !env[name]);
  if (missing.length > 0 || !env.SUBMISSION_TAG!.startsWith('submit/'))
    throw new InputError(
      '--format classroom50',
      missing.length > 0
        ? `The environment has no ${missing.join(', ')}.`
        : 'SUBMISSION_TAG does not begin with submit/.',
      {
        expected: `${needed.join(', ')}, as Classroom 50’s runner sets them for an autograder.py`,
        got: missing.length > 0 ? 'none of that name' : env.SUBMISSION_TAG!,
        fix: 'run it from an autograder.py, or choose another format',
      },
    );
  return {
    classroom: env.CLASSROOM!,
    assignment: env.ASSIGNMENT!,
    submission: env.SUBMISSION_TAG!,
    commit: env.COMMIT_URL!,
    release: env.RELEASE_URL!,
    review: env.REVIEW_URL || env.COMMIT_URL!,
    ...(env.OWNER ? { owner: env.OWNER } : {}),
    ...(env.ASSIGNMENT_TYPE ? { assignmentType: env.ASSIGNMENT_TYPE } : {}),
  };
}

/** Scores are whole numbers. For an internal fault there are none: the runner makes an error of the exit code, not a zero. */
export function classroom50(report: Report, submitted: Submitted): string {
  const { owner, assignmentType, ...links } = submitted;
  const rows = report.status === 'internal' ? [] : checkRows(report);
  const most = report.status === 'internal' ? 0 : Math.round(report.of);
  return harmlessJson({
    schema: 'classroom50/result/v1',
    ...links,
    ...(assignmentType === undefined ? {} : { assignment_type: assignmentType }),
    ...(owner === undefined ? {} : { owner }),
    score: Math.min(most, Math.round(report.points)),
    'max-score': most,
    tests: rows.map((row) => testOf(row, report)),
  });
}

function testOf(row: Row, report: Report) {
  const { check } = row;
  const most = Math.round(check.of);
  const message = textBelow(row, report);
  return {
    'test-name': oneLine(check.says) || check.id,
    passed: check.status === 'pass',
    score: Math.min(most, Math.round(check.points)),
    'max-score': most,
    ...(message === undefined ? {} : { message }),
  };
}
