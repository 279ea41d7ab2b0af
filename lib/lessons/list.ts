// The course as a table: which lessons there are, for whom, and how far the learner is.

import { left, right } from '../experiments/table-columns.ts';
import type { Result } from '../render/result.ts';
import type { Lesson } from './lesson.ts';
import { type Progress, shareOf } from './progress.ts';

const cells = 10;

/** `█████░░░░░`, in ten steps; a lesson that has been begun shows at least one, and only a finished one all. */
function bar(share: number, finished: boolean): string {
  const full = finished ? cells : share === 0 ? 0 : Math.min(cells - 1, Math.max(1, Math.round(share * cells)));
  return '█'.repeat(full) + '·'.repeat(cells - full);
}

/** `folder`: what a command needs behind it to find these lessons. */
export function courseList(
  read: readonly { readonly lesson: Lesson; readonly progress: Progress }[],
  folder = '',
): Result {
  const next = read.find(({ progress }) => !progress.finished)?.lesson;
  return {
    unroll: 1,
    experiment: 'lesson list',
    question: 'Which lessons are there?',
    options: {},
    seed: 0,
    figures: [
      {
        kind: 'table',
        title: 'The course',
        columns: [...right(''), ...left('lesson', 'title'), ...right('min'), ...left('read')],
        rows: read.map(({ lesson, progress }) => [
          String(lesson.number),
          lesson.id,
          lesson.title,
          lesson.minutes,
          bar(shareOf(lesson, progress), progress.finished),
        ]),
      },
      {
        kind: 'text',
        title: 'Tracks',
        language: 'plain',
        lines: (['beginner', 'intermediate', 'advanced'] as const).map((track) => {
          const own = read.filter(({ lesson }) => lesson.tracks.includes(track));
          return `${track}: ${own.map(({ lesson }) => lesson.id).join(', ') || 'none'}`;
        }),
      },
    ],
    claims: [],
    notes: [],
    ...(next === undefined ? {} : { next: { says: 'Read on', command: `unroll lesson ${next.id}${folder}` } }),
  };
}
