// The report of a class as CSV (RFC 4180): a row a student and exercise, also where nothing was handed in.

import { disarm } from '../../../render/visible.ts';
import { type ClassReport, type Graded, isWhole, strongIsolation } from './class-report.ts';
import { foundIn } from './misconceptions.ts';

const header = [
  'student',
  'exercise',
  'status',
  'points',
  'of',
  'file',
  'mistakes',
  'isolation',
  'weak_isolation',
] as const;

type Field = string | number;

export function classCsv(report: ClassReport): string {
  const rows = report.students.flatMap((student) =>
    report.exercises.flatMap(({ id, points }): Field[][] => {
      const graded = report.graded.find((one) => one.student === student && one.exercise === id);
      if (graded !== undefined) return [rowOf(graded)];
      return isWhole(report) ? [[student, id, 'missing', 0, points, '', '', '', '']] : [];
    }),
  );
  return [[...header], ...rows].map((fields) => `${fields.map(field).join(',')}\r\n`).join('');
}

function rowOf({ student, exercise, file, report }: Graded): Field[] {
  const { level } = report.isolation;
  return [
    student,
    exercise,
    report.status,
    report.points,
    report.of,
    file,
    foundIn(exercise, report)
      .map(({ id }) => id)
      .join('; '),
    `L${level}`,
    String(level < strongIsolation),
  ];
}

/** A spreadsheet takes what begins like this for a formula: an apostrophe in front makes it text (OWASP, CSV injection). */
const formula = /^[=+\-@\t\r]/;

function field(value: Field): string {
  if (typeof value === 'number') return String(value);
  const text = disarm(formula.test(value) ? `'${value}` : value);
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
