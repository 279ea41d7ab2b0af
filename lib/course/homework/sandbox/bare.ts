// Levels 1 and 0: a process of its own, without the environment; Node's permission flags are all that holds it.

import { type Confinement, commandOf, environment } from './confinement.ts';

/** Nobody's number, from when there is no such user. */
export const nobody = 65534;

export const bare: Confinement = {
  level: 1,
  launch: (job) => {
    const [command, ...rest] = commandOf(job, job.folder);
    return {
      command: command!,
      arguments: rest,
      env: environment,
      cwd: job.folder,
      ...(process.getuid?.() === 0 ? { user: nobody } : {}),
      tellsChild: false,
    };
  },
};
