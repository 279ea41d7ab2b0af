// What a learner has done in a lesson or an exercise, as a list of events that is only ever added to: two readers at once lose nothing
// of each other.

import type { Lesson } from './lesson.ts';

export type Event =
  /** A part has been shown, and the reader stands there. */
  | { readonly kind: 'at'; readonly part: string }
  | Answered
  | { readonly kind: 'finished'; readonly day?: string | undefined }
  /** What stands before it no longer counts; it stays in the file. */
  | { readonly kind: 'reset' };

export interface Answered {
  readonly kind: 'answer';
  readonly part: string;
  readonly question: string;
  readonly answer: string;
  /** For a quiz. */
  readonly right?: boolean;
  /** For a guess: from 0 to 1. */
  readonly score?: number;
  /** What it was. */
  readonly truth?: string;
  /** A day, `2026-03-14`. */
  readonly day?: string | undefined;
}

export interface LearnerProgress {
  /** Where the reader stood last. */
  readonly at?: string | undefined;
  readonly seen: ReadonlySet<string>;
  /** The latest answer to each question, in the order in which they were first asked. */
  readonly answers: ReadonlyMap<string, Answered>;
  readonly finished: boolean;
  /** The day on which it was finished last, where that was kept. */
  readonly finishedOn?: string | undefined;
}

export function progressOf(events: readonly Event[]): LearnerProgress {
  const from = events.findLastIndex(({ kind }) => kind === 'reset') + 1;
  const seen = new Set<string>();
  const answers = new Map<string, Answered>();
  let at: string | undefined;
  let finished = false;
  let finishedOn: string | undefined;
  for (const event of events.slice(from)) {
    if (event.kind === 'at') {
      at = event.part;
      seen.add(event.part);
    } else if (event.kind === 'answer') answers.set(event.part, event);
    else if (event.kind === 'finished') {
      finished = true;
      finishedOn = event.day;
    }
  }
  return { at, seen, answers, finished, finishedOn };
}

/** How much of a lesson has been read, from 0 to 1. */
export const shareOf = ({ parts }: Pick<Lesson, 'parts'>, { seen, finished }: LearnerProgress): number =>
  finished || parts.length === 0 ? 1 : parts.filter(({ id }) => seen.has(id)).length / parts.length;
