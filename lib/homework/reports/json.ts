// A report as JSON: itself, with the words of every message. Its schema is what `unroll schema homework` prints.

import type { Report } from '../report.ts';
import { checkWords, endWords } from '../wording.ts';
import { harmlessJson } from './said.ts';

/** Raised when a reader of the JSON would break. */
const version = 1;

export const json = (report: Report): string => harmlessJson(reportData(report));

/** As an object, for whoever puts several into one file. */
export function reportData(report: Report): object {
  const end = endWords(report);
  return {
    homework: version,
    ...report,
    checks: report.checks.map((check) => {
      const message = checkWords(check, report);
      return message === undefined ? check : { ...check, message };
    }),
    ...(report.trouble === undefined ? {} : { trouble: { ...report.trouble, message: end } }),
  };
}
