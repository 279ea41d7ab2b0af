// Which exercises are there?

import { left, right } from '../experiments/table-columns.ts';
import type { Result } from '../render/result.ts';
import { exercises } from './catalogue.ts';
import { exerciseText } from './exercise-text.ts';

/** `passed`: for an exercise that has been passed, what stands beside it. */
export async function exerciseList(passed: ReadonlyMap<string, string>): Promise<Result> {
  const texts = await Promise.all(exercises.map(exerciseText));
  const next = exercises.find(({ id }) => !passed.has(id));
  const any = passed.size > 0;
  return {
    unroll: 1,
    experiment: 'homework list',
    question: 'Which exercises are there?',
    options: {},
    seed: 0,
    figures: [
      {
        kind: 'table',
        title: 'In the order in which they are best done',
        columns: [...left('exercise', 'what it asks for', 'level'), ...right('points'), ...(any ? left('passed') : [])],
        rows: texts.map(({ id, title, level, points }) => [
          id,
          title,
          level,
          points,
          ...(any ? [passed.get(id) ?? ''] : []),
        ]),
      },
    ],
    claims: [],
    notes: [
      'In Python, JavaScript or TypeScript, and most of them as equations, which is what own-cell asks for.',
      'What passes a check at a terminal is marked here.',
      'Any but own-cell can also be handed in as a program in a language of your own that answers lines of JSON: --language program.',
    ],
    ...(next === undefined
      ? { next: { says: 'All are passed. The course goes on', command: 'unroll lesson' } }
      : { next: { says: any ? 'The next one' : 'Begin with the first', command: `unroll homework start ${next.id}` } }),
  };
}
