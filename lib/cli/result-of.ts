// The Result of a command line that another command runs: a side of `compare`, a block of a lesson.

import type { Result } from '../experiments/result.ts';
import { interrupted } from '../experiments/seeds.ts';
import type { Chosen } from './command.ts';
import { runSeeds } from './run-seeds.ts';

/** Whether a command has a Result at all. */
export const hasResult = ({ command }: Chosen): boolean =>
  command.result !== undefined || command.experiment !== undefined;

export interface Quietly {
  readonly quiet?: boolean | undefined;
  readonly plain?: boolean | undefined;
}

/** `whole`: it was not interrupted. Undefined when it was before anything was found. */
export async function resultOf(
  { name, command, args }: Chosen,
  { quiet, plain }: Quietly,
): Promise<{ readonly result: Result; readonly whole: boolean } | undefined> {
  const plainly = await command.result?.(args);
  if (plainly !== undefined) return { result: plainly, whole: true };
  const seeded = await command.experiment!(args);
  const run = await runSeeds(seeded, name, { ...args, ...(quiet ? { quiet } : {}), ...(plain ? { plain } : {}) });
  if (run.found.length === 0) return undefined;
  const result = seeded.result(run.found);
  return run.interrupted
    ? { result: interrupted(result, run.found.length, seeded.seeds), whole: false }
    : { result, whole: true };
}
