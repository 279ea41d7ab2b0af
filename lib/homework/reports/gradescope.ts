// Gradescope's results.json (gradescope-autograders.readthedocs.io, "Autograder Specifications"). Everything is plain text to it: no
// HTML, no Markdown of a student is ever rendered.

import type { Report } from '../report.ts';
import { type Row, rowsOf } from './rows.ts';
import { harmlessJson, headline, inOneLine, isolationLine, oneLine, printsMarked, textBelow } from './said.ts';

export const gradescope = (report: Report): string =>
  harmlessJson(report.status === 'internal' ? ungraded(report) : graded(report));

const graded = (report: Report) => ({
  // Overrides the sum of the tests: a violation is worth nothing whatever passed before.
  score: report.points,
  ...outputOf(report, [headline(report)]),
  tests: rowsOf(report).map((row, i) => testOf(row, i + 1, report)),
});

/** Without a score, which Gradescope reports as a failure of the autograder and never as the student's zero. */
function ungraded(report: Report) {
  const words = rowsOf(report)[0]?.words;
  return { ...outputOf(report, [headline(report), ...(words === undefined ? [] : [inOneLine(words)])]), tests: [] };
}

const outputOf = (report: Report, first: readonly string[]) => ({
  output: [...first, ...printed(report), isolationLine(report)].join('\n'),
  output_format: 'text',
  test_output_format: 'text',
  test_name_format: 'text',
  visibility: 'visible',
  stdout_visibility: 'hidden',
  extra_data: { exercise: report.exercise.id, status: report.status, isolation: report.isolation.level },
});

function printed(report: Report): string[] {
  const lines = printsMarked(report);
  return lines.length === 0 ? [] : ['Your code printed (that costs nothing):', ...lines];
}

function testOf(row: Row, number: number, report: Report) {
  const { check } = row;
  const output = textBelow(row, report);
  return {
    ...(check.of === 0 ? {} : { score: check.points, max_score: check.of }),
    status: check.status === 'pass' ? 'passed' : 'failed',
    name: oneLine(check.says),
    number: String(number),
    ...(output === undefined ? {} : { output }),
  };
}
