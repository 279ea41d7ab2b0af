// A report in each format, as the tests ask for it.

import type { Report } from '../../../lib/homework/check-report.ts';
import { submittedFrom } from '../../../lib/homework/reports/classroom50.ts';
import { type ReportFormat, reported } from '../../../lib/homework/reports/formats.ts';
import type { TextOptions } from '../../../lib/homework/reports/report-text.ts';

/** As Classroom 50's runner hands it over. */
export const environment = {
  CLASSROOM: 'nets',
  ASSIGNMENT: 'lstm-step',
  SUBMISSION_TAG: 'submit/20260115T101500Z-1a2b3c4',
  COMMIT_URL: 'https://example.org/nets/lstm-step-ada/commit/1a2b3c4',
  RELEASE_URL: 'https://example.org/nets/lstm-step-ada/releases/tag/submit',
  REVIEW_URL: 'https://example.org/nets/lstm-step-ada/compare/0...1a2b3c4',
  OWNER: 'ada',
  ASSIGNMENT_TYPE: 'individual',
};

export const wide: TextOptions = { width: 80, height: 24, colour: 0, unicode: true };

export const rendered = (report: Report, format: ReportFormat, options: TextOptions = wide): string =>
  reported(report, format, { ...options, submitted: submittedFrom(environment) });
