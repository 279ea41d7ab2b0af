// The Result of a command line that another command runs: a side of `compare`, a block of a lesson.

import { interrupted } from '../experiments/seeds.ts';
import type { Chosen, Found, Quietly } from './command.ts';
import { runSeeds } from './run-seeds.ts';
import { changed, refuseUnread } from './unread.ts';

/** Whether a command has a Result of its own. */
export const hasResult = ({ command }: Chosen): boolean =>
  command.result !== undefined || command.experiment !== undefined;

/** Undefined when it was interrupted before anything was found. */
export async function resultOf({ name, command, args }: Chosen, { quiet, plain }: Quietly): Promise<Found | undefined> {
  const plainly = await command.result?.(args);
  if (plainly !== undefined) refuseUnread(args);
  if (plainly !== undefined) return { result: plainly, whole: true };
  const seeded = await command.experiment!(args);
  const run = await runSeeds(seeded, name, changed(args, { ...(quiet ? { quiet } : {}), ...(plain ? { plain } : {}) }));
  if (run.found.length === 0) return undefined;
  const result = seeded.result(run.found);
  return run.interrupted
    ? { result: interrupted(result, run.found.length, seeded.seeds), whole: false }
    : { result, whole: true };
}
