// A report in the format that was asked for.

import type { Report } from '../report.ts';
import { check50 } from './check50.ts';
import { classroom50, type Submitted, submittedFrom } from './classroom50.ts';
import { csv } from './csv.ts';
import { gradescope } from './gradescope.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { tap } from './tap.ts';
import { type TextOptions, text } from './text.ts';

export const reportFormats = ['text', 'json', 'junit', 'tap', 'gradescope', 'check50', 'classroom50', 'csv'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export interface ReportOptions extends TextOptions {
  /** What `classroom50` cannot do without. */
  readonly submitted?: Submitted | undefined;
}

/** The whole file, ending with a line feed. Throws InputError for `classroom50` outside its runner. */
export function reported(report: Report, format: ReportFormat, options: ReportOptions): string {
  switch (format) {
    case 'text':
      return text(report, options);
    case 'json':
      return json(report);
    case 'junit':
      return junit([report]);
    case 'tap':
      return tap(report);
    case 'gradescope':
      return gradescope(report);
    case 'check50':
      return check50(report);
    case 'classroom50':
      return classroom50(report, options.submitted ?? submittedFrom({}));
    case 'csv':
      return csv([report]);
  }
}
