// A learner's progress, read and written with a word to the user where that goes wrong.

import { InputError } from '../equations/input-error.ts';
import type { Event } from '../lessons/progress.ts';
import type { ProgressStore } from '../lessons/store.ts';
import { message } from './output.ts';

/** The day that something was done, for the learner alone. */
export const today = (): string => new Date().toISOString().slice(0, 10);

let isSaid = false;

/** Says where a damaged file was put, and once that nothing can be read. `of`: a lesson, or an exercise. */
export function keptEvents(store: ProgressStore, of: string): readonly Event[] {
  const { events, setAside, failed } = store.read(of);
  if (failed !== undefined && !isSaid) {
    isSaid = true;
    message(`Your progress cannot be read, so it looks as if there were none: ${failed}`);
  }
  if (setAside !== undefined)
    message(`The progress of ${of} was damaged. What could be read goes on; the file is kept as ${setAside}`);
  return events;
}

/** A disk that is full or a folder that cannot be written is said once, at the end. */
export function keeper(store: ProgressStore, of: string) {
  const keep = {
    failed: undefined as string | undefined,
    add(event: Event): void {
      try {
        store.add(of, event);
      } catch (error) {
        keep.failed = error instanceof Error ? error.message : String(error);
      }
    },
  };
  return keep;
}

/** What has been done no longer counts, and stays in the file. Throws InputError where that cannot be written. */
export function begunAnew(store: ProgressStore, of: string): void {
  const keep = keeper(store, of);
  keep.add({ kind: 'reset' });
  if (keep.failed === undefined) return;
  throw new InputError(of, 'Your progress cannot be written, so it stays as it is.', {
    expected: 'a data folder that you may write to',
    got: keep.failed,
    fix: 'mend the folder, or name another one in XDG_DATA_HOME',
  });
}
