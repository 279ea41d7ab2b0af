// What one student handed in for several exercises, as Gradescope's results.json: there a class is graded student by student.

import { InputError } from '../../equations/input-error.ts';
import { gradescope } from '../reports/gradescope.ts';
import { harmlessJson } from '../reports/said.ts';
import type { ClassReport } from './class-report.ts';

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
