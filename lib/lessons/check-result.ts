// The check of lessons as a Result, for a table and for --assert.

import { claim } from '../experiments/claim.ts';
import { left, right } from '../experiments/table-columns.ts';
import type { Result } from '../render/result.ts';
import type { Checked } from './check-lesson.ts';

export function checkResult(checked: readonly Checked[]): Result {
  const faults = checked.flatMap((one) => one.faults);
  return {
    unroll: 1,
    experiment: 'lesson check',
    question: 'Do the lessons hold?',
    options: { lessons: checked.map(({ name }) => name) },
    seed: 0,
    figures: [
      {
        kind: 'table',
        title: 'Every block run, every reference looked up',
        columns: [
          ...left('lesson'),
          ...right('words'),
          { title: 'grade', align: 'right', digits: 2 },
          ...right('minutes', 'runs', 'questions', 'faults'),
        ],
        rows: checked.map(({ name, counts, faults: own }) => [
          name,
          ...(['words', 'grade', 'minutes', 'runs', 'questions'] as const).map((of) => counts?.[of] ?? '?'),
          own.length,
        ]),
      },
      ...(faults.length === 0
        ? []
        : [
            {
              kind: 'text' as const,
              title: 'What is wrong',
              language: 'plain' as const,
              lines: faults.map(({ where, says }) => `${where}: ${says}`),
            },
          ]),
    ],
    claims: [claim('faults', 'every lesson holds: faults found', faults.length, '=', 0)],
    notes: ['Grade: the school grade of Kincaid et al. 1975; 8 is plain, 12 the last of school.'],
  };
}
