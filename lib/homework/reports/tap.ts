// The Test Anything Protocol, version 14: a test point a check, what it found as a YAML block whose every text is quoted on one line,
// so that nothing a student writes or prints begins a line.

import type { Report } from '../check-report.ts';
import type { ClassReport, Graded } from './class-report.ts';
import {
  checkRows,
  headline,
  inOneLine,
  isFailed,
  isolationLine,
  linesBelow,
  oneLine,
  printsMarked,
  type Row,
  skipReason,
} from './rows.ts';

export function tap(report: Report): string {
  const rows = checkRows(report);
  const lines = [
    'TAP version 14',
    `1..${rows.length}`,
    `# ${headline(report)}`,
    // The tool's own fault is no failed test: nothing was tested.
    ...(report.status === 'internal' ? [] : rows.flatMap((row, i) => point(row, i + 1, report))),
    ...printsMarked(report).map((line) => `# ${line}`),
    `# ${isolationLine(report)}`,
    ...(report.status === 'internal'
      ? [`Bail out! ${escaped(rows[0]?.words?.what ?? 'The checker itself failed.')}`]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** `#` would begin a directive, and `\` escapes it. */
const escaped = (text: string): string => oneLine(text).replace(/[\\#]/g, (c) => `\\${c}`);

function point(row: Row, number: number, report: Report): string[] {
  const { check, words } = row;
  const says = `${number} - ${escaped(check.says)}`;
  if (check.status === 'skipped') return [`ok ${says} # SKIP ${escaped(skipReason(check, report))}`];
  if (!isFailed(check)) return [`ok ${says}`];
  return [
    `not ok ${says}`,
    '  ---',
    `  message: ${quoted(words === undefined ? check.status : inOneLine(words))}`,
    `  severity: ${quoted(check.status)}`,
    `  code: ${quoted(check.finding?.problem.code ?? report.trouble?.code ?? check.status)}`,
    `  points: ${check.points}`,
    `  of: ${check.of}`,
    '  lines:',
    ...linesBelow(row, report).map((line) => `    - ${quoted(line)}`),
    '  ...',
  ];
}

/** A double-quoted scalar of JSON is one of YAML. */
const quoted = (text: string): string => JSON.stringify(text);

// The report of a class as TAP 14: a test point a piece of work, its checks as a subtest.

export function classTap({ graded, totals }: ClassReport): string {
  const missing = totals.flatMap(({ student, missing: ids }) => ids.map((id) => nameOf(student, id)));
  const lines = [
    'TAP version 14',
    `1..${graded.length + missing.length}`,
    ...graded.flatMap((one, i) => workPoint(one, i + 1)),
    ...missing.map((name, i) => `not ok ${graded.length + i + 1} - ${name}: nothing was handed in`),
  ];
  return `${lines.join('\n')}\n`;
}

const nameOf = (student: string, exercise: string): string => escaped(`${student}, ${exercise}`);

/** What could not be graded through our fault is no failed test, and does not end the others as `Bail out!` would. */
function workPoint({ student, exercise, report }: Graded, number: number): string[] {
  const name = nameOf(student, exercise);
  if (report.status === 'internal') return [`ok ${number} - ${name} # SKIP not graded: the checker itself failed`];
  const [, ...lines] = tap(report).trimEnd().split('\n');
  return [
    `# Subtest: ${name}`,
    ...lines.map((line) => `    ${line}`.trimEnd()),
    `${report.status === 'pass' ? 'ok' : 'not ok'} ${number} - ${name}`,
  ];
}
