// Levels 1 and 0: a process of its own without the environment. At 1 it leads a group, ends with the checker, is bounded, and Node's
// permission flags hold it; at 0 it just runs.

import { type Confinement, commandOf, environment, type Job, type Launch } from './confinement.ts';
import { limitsOf } from './limits.ts';
import { diesWithParent, droppedTo, type Find } from './tools.ts';

export const bare = (find: Find): Confinement[] => [
  {
    level: 1,
    launch: (job) =>
      plainly(job, [...diesWithParent(find), ...limitsOf(job, find, false), ...commandOf(job, job.folder)]),
  },
  { level: 0, launch: (job) => plainly(job, commandOf({ ...job, permission: false }, job.folder)) },
];

/** In the folder as it is, as another user where there is one to become. */
function plainly({ folder }: Job, [command, ...rest]: readonly string[]): Launch {
  return {
    command: command!,
    arguments: rest,
    env: environment,
    cwd: folder,
    inside: folder,
    ...droppedTo(),
    tellsChild: false,
  };
}
