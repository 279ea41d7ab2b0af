// Level 2: namespaces of its own for users, processes, network and messages; files are those of the machine, and only Node's
// permission flags keep them.

import { type Confinement, commandOf, environment } from './confinement.ts';
import { limitsOf } from './limits.ts';
import { diesWithParent, droppedTo, type Find } from './tools.ts';

export function unshared(find: Find): Confinement[] {
  const unshare = find('unshare');
  if (unshare === undefined) return [];
  return [
    {
      level: 2,
      launch: (job) => {
        const [command, ...rest] = [
          ...diesWithParent(find),
          ...[unshare, '--user', '--net', '--ipc', '--uts', '--pid', '--fork', '--kill-child=KILL', '--'],
          ...limitsOf(job, find, true),
          ...commandOf(job, job.folder),
        ];
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
}
