// A report as JSON: itself, with the words of every message. Its schema is what `unroll schema homework` prints.

import { InputError } from '../../equations/input-error.ts';
import type { Report } from '../check-report.ts';
import { revived, worded } from '../grade/journal.ts';
import { checkWords, endWords } from '../wording/findings.ts';
import type { ClassReport } from './class-report.ts';
import { harmlessJson } from './rows.ts';

/** Raised when a reader of the JSON would break. */
const version = 1;

export const json = (report: Report): string => harmlessJson(reportData(report));

/** As an object, for whoever puts several into one file. */
function reportData(report: Report): object {
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

/** Indented by two. What JSON has no number for is written as a word; what a terminal would obey is escaped, so that it reads back the same. */
export function classJson(report: ClassReport): string {
  const graded = report.graded.map((one) => ({ ...one, report: reportData(one.report) }));
  const text = JSON.stringify({ ...report, graded }, worded, 2);
  return `${text.replace(/[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

/** Reads what `classJson` wrote. `name` is the file's, for messages. Throws InputError. */
export function readClassJson(text: string, name: string): ClassReport {
  const read = parsed(text, name);
  if (!isClassReport(read))
    throw new InputError(name, `${name} is no report of a class.`, {
      expected: 'what unroll homework grade --format json wrote',
      got: 'other JSON',
      fix: 'grade with --out NAME.json',
    });
  return { ...read, graded: read.graded.map((one) => ({ ...one, report: revived(one.report) })) };
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(name, `${name} is not JSON.`, {
      expected: 'what unroll homework grade --format json wrote',
      got: (error as Error).message,
      fix: 'grade with --out NAME.json',
    });
  }
}

function isClassReport(read: unknown): read is ClassReport {
  if (typeof read !== 'object' || read === null) return false;
  const { unroll, kind, graded, students, exercises, leftOut } = read as { readonly [name: string]: unknown };
  return unroll === 1 && kind === 'class' && [graded, students, exercises, leftOut].every(Array.isArray);
}
