// Levels 1 and 0: a process of its own without the environment. At 1 it leads a group, ends with the checker, is bounded, and Node's
// permission flags hold it; at 0 it just runs.

import { type Confinement, commandOf, environment } from './confinement.ts';
import { limitsOf } from './limits.ts';
import { diesWithParent, droppedTo, type Find } from './tools.ts';

export const bare = (find: Find): Confinement[] => [
  {
    level: 1,
    launch: (job) => {
      const words = [...diesWithParent(find), ...limitsOf(job, find, false), ...commandOf(job, job.folder)];
      const [command, ...rest] = words;
      return {
        command: command!,
        arguments: rest,
        env: environment,
        cwd: job.folder,
        inside: job.folder,
        ...droppedTo(),
        tellsChild: false,
      };
    },
  },
  {
    level: 0,
    launch: (job) => {
      const [command, ...rest] = commandOf({ ...job, permission: false }, job.folder);
      return {
        command: command!,
        arguments: rest,
        env: environment,
        cwd: job.folder,
        inside: job.folder,
        ...droppedTo(),
        tellsChild: false,
      };
    },
  },
];
