// The Test Anything Protocol, version 14: a test point a check, what it found as a YAML block whose every text is quoted on one line,
// so that nothing a student writes or prints begins a line.

import type { Report } from '../report.ts';
import { isFailed, type Row, rowsOf, skipReason } from './rows.ts';
import { headline, inOneLine, isolationLine, linesBelow, oneLine, printsMarked } from './said.ts';

export function tap(report: Report): string {
  const rows = rowsOf(report);
  const lines = [
    'TAP version 14',
    `1..${rows.length}`,
    `# ${headline(report)}`,
    // The tool's own fault is no failed test: nothing was tested.
    ...(report.status === 'internal' ? [] : rows.flatMap((row, i) => point(row, i + 1, report))),
    ...printsMarked(report, '| ').map((line) => `# ${line}`),
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
