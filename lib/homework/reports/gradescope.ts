// Gradescope's results.json (gradescope-autograders.readthedocs.io, "Autograder Specifications"). Everything is plain text to it: no
// HTML, no Markdown of a student is ever rendered.

import { InputError } from '../../equations/input-error.ts';
import type { Report } from '../check-report.ts';
import type { ClassReport } from './class-report.ts';
import {
  checkRows,
  harmlessJson,
  headline,
  inOneLine,
  isolationLine,
  oneLine,
  printsMarked,
  type Row,
  textBelow,
} from './rows.ts';

export const gradescope = (report: Report): string =>
  harmlessJson(report.status === 'internal' ? ungraded(report) : graded(report));

const graded = (report: Report) => ({
  // Overrides the sum of the tests: a violation is worth nothing whatever passed before.
  score: report.points,
  ...outputOf(report, [headline(report)]),
  tests: checkRows(report).map((row, i) => testOf(row, i + 1, report)),
});

/** Without a score, which Gradescope reports as a failure of the autograder and never as the student's zero. */
function ungraded(report: Report) {
  const words = checkRows(report)[0]?.words;
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

// What one student handed in for several exercises, as Gradescope's results.json: there a class is graded student by student.

/** Of what `gradescope` writes for one exercise. */
interface Results {
  /** Missing where it could not be graded through our fault. */
  readonly score?: number;
  readonly output: string;
  readonly tests: readonly { readonly name: string; readonly number: string }[];
}

/** Throws InputError unless the class is one student. */
export function classGradescope(report: ClassReport): string {
  checkOne(report);
  const parts = report.graded.map(({ exercise, report: one }) => ({
    exercise,
    results: JSON.parse(gradescope(one)) as Results,
  }));
  const missing = report.totals.flatMap((total) => total.missing);
  const scores = parts.map(({ results }) => results.score);
  const [first] = parts;
  return harmlessJson({
    ...first?.results,
    // Without a score Gradescope reports that the grading failed, and not a zero.
    score: scores.includes(undefined) ? undefined : scores.reduce<number>((sum, score) => sum + score!, 0),
    output: [
      ...parts.map(({ results }) => results.output),
      ...missing.map((exercise) => `${exercise}: nothing was handed in`),
    ].join('\n\n'),
    tests: parts.flatMap(({ exercise, results }, i) =>
      results.tests.map((test) => ({
        ...test,
        name: `${exercise}: ${test.name}`,
        number: `${i + 1}.${test.number}`,
      })),
    ),
    extra_data: { exercises: parts.map(({ exercise }) => exercise) },
  });
}

/** Before anything is graded, too. Throws InputError. */
export function checkOne({ students }: Pick<ClassReport, 'students'>): void {
  if (students.length === 1) return;
  throw new InputError('--format', 'Gradescope takes the results of one student at a time.', {
    expected: 'one student',
    got: `${students.length} students`,
    fix: 'give the folder of one student with --student NAME, or take --format csv for all',
  });
}
