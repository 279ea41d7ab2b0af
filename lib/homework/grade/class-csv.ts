// The report of a class as CSV: a row a student and exercise, also where nothing was handed in, with what every row is stamped with.

import { csvHeader, csvLine, csvRow } from '../reports/csv.ts';
import { type ClassReport, type Graded, isWhole } from './class-report.ts';

type Row = ReturnType<typeof csvRow>;

const header: Row = [...csvHeader, 'weak isolation', 'does not count'];

export function classCsv(report: ClassReport): string {
  const rows = report.students.flatMap((student) =>
    report.exercises.flatMap(({ id, points }): Row[] => {
      const graded = report.graded.find((one) => one.student === student && one.exercise === id);
      if (graded !== undefined) return [rowOf(graded)];
      return isWhole(report) ? [missing({ student, exercise: id, of: points })] : [];
    }),
  );
  return [header, ...rows].map(csvLine).join('');
}

const rowOf = ({ report, weakIsolation, beside }: Graded): Row => [
  ...csvRow(report),
  weakIsolation ? 'yes' : 'no',
  beside.map(({ file }) => file).join('; '),
];

/** No points, and nothing else to say. */
function missing(known: { readonly student: string; readonly exercise: string; readonly of: number }): Row {
  const fields: Readonly<Record<string, string | number>> = { ...known, status: 'missing', points: 0 };
  return header.map((name) => fields[String(name)] ?? '');
}
