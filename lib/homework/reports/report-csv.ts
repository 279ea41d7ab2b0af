// A class as CSV (RFC 4180), a row a submission, for a spreadsheet: no field can be taken for a formula.

import type { Report } from '../check-report.ts';
import { type ClassReport, type Graded, isWhole } from './class-report.ts';
import { checkRows, inOneLine, isFailed, oneLine } from './rows.ts';

type Field = string | number;

export const csvHeader = [
  'student',
  'exercise',
  'file',
  'language',
  'status',
  'points',
  'of',
  'passed',
  'checks',
  'failed check',
  'misconception',
  'message',
  'isolation level',
  'isolation',
] as const;

/** As many fields as the header has, texts not yet defused. */
function csvRow(report: Report): readonly Field[] {
  const { exercise, submission, status, points, of, checks, isolation } = report;
  const failed = checkRows(report).find(({ check }) => isFailed(check));
  return [
    submission.student ?? '',
    exercise.id,
    submission.file,
    submission.language,
    status,
    status === 'internal' ? '' : points,
    of,
    checks.filter((check) => check.status === 'pass').length,
    checks.length,
    failed?.check.says ?? '',
    failed?.check.finding?.diagnosis?.mistake?.says ?? '',
    failed?.words === undefined ? '' : inOneLine(failed.words),
    isolation.level,
    isolation.says,
  ];
}

export const csvReport = (reports: readonly Report[]): string =>
  [csvHeader, ...reports.map(csvRow)].map(csvLine).join('');

/** One record with its line end. */
const csvLine = (fields: readonly Field[]): string => `${fields.map(field).join(',')}\r\n`;

/**
 * A text that a spreadsheet would compute gets an apostrophe in front, which spreadsheets read as "this is text": = + - @ (and their
 * full-width forms) at its beginning, blanks or not. Control characters are shown, so that none can begin one.
 */
function field(value: Field): string {
  if (typeof value === 'number') return String(value);
  const text = oneLine(value);
  const safe = /^[=+\-@\u2212\uff1d\uff0b\uff0d\uff20|%]/.test(text) ? `'${text}` : text;
  return /[",;\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

// The report of a class as CSV: a row a student and exercise, also where nothing was handed in, with what every row is stamped with.

type ClassRow = ReturnType<typeof csvRow>;

const classHeader: ClassRow = [...csvHeader, 'weak isolation', 'does not count'];

export function classCsv(report: ClassReport): string {
  const rows = report.students.flatMap((student) =>
    report.exercises.flatMap(({ id, points }): ClassRow[] => {
      const graded = report.graded.find((one) => one.student === student && one.exercise === id);
      if (graded !== undefined) return [rowOf(graded)];
      return isWhole(report) ? [missing({ student, exercise: id, of: points })] : [];
    }),
  );
  return [classHeader, ...rows].map(csvLine).join('');
}

const rowOf = ({ report, weakIsolation, beside }: Graded): ClassRow => [
  ...csvRow(report),
  weakIsolation ? 'yes' : 'no',
  beside.map(({ file }) => file).join('; '),
];

/** No points, and nothing else to say. */
function missing(known: { readonly student: string; readonly exercise: string; readonly of: number }): ClassRow {
  const fields: Readonly<Record<string, string | number>> = { ...known, status: 'missing', points: 0 };
  return classHeader.map((name) => fields[String(name)] ?? '');
}
