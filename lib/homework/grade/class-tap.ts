// The report of a class as TAP 14: a test point a piece of work, its checks as a subtest.

import { oneLine } from '../reports/said.ts';
import { tap } from '../reports/tap.ts';
import type { ClassReport, Graded } from './class-report.ts';

export function classTap({ graded, totals }: ClassReport): string {
  const missing = totals.flatMap(({ student, missing: ids }) => ids.map((id) => nameOf(student, id)));
  const lines = [
    'TAP version 14',
    `1..${graded.length + missing.length}`,
    ...graded.flatMap((one, i) => point(one, i + 1)),
    ...missing.map((name, i) => `not ok ${graded.length + i + 1} - ${name}: nothing was handed in`),
  ];
  return `${lines.join('\n')}\n`;
}

/** `#` would begin a directive, and `\` escapes it. */
const nameOf = (student: string, exercise: string): string =>
  oneLine(`${student}, ${exercise}`).replace(/[\\#]/g, (c) => `\\${c}`);

/** What could not be graded through our fault is no failed test, and does not end the others as `Bail out!` would. */
function point({ student, exercise, report }: Graded, number: number): string[] {
  const name = nameOf(student, exercise);
  if (report.status === 'internal') return [`ok ${number} - ${name} # SKIP not graded: the checker itself failed`];
  const [, ...lines] = tap(report).trimEnd().split('\n');
  return [
    `# Subtest: ${name}`,
    ...lines.map((line) => `    ${line}`.trimEnd()),
    `${report.status === 'pass' ? 'ok' : 'not ok'} ${number} - ${name}`,
  ];
}
