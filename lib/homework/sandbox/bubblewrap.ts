// Level 3: bubblewrap shows the system's programs, the runner and the submission, all read-only, and nothing else: no other file, no
// network, no process outside.

import { lstatSync, readlinkSync } from 'node:fs';
import { packageFolder } from '../../cells/shipped.ts';
import { type Confinement, commandOf, environment, type Job } from './confinement.ts';
import { limitsOf } from './limits.ts';
import { droppedTo, type Find } from './tools.ts';

/** The ways to try, the stricter first: that no namespace can be made in there is asked for since bubblewrap 0.8. */
export function bubblewrap(find: Find): Confinement[] {
  const command = find('bwrap');
  if (command === undefined) return [];
  return [['--disable-userns'], []].map((stricter) => ({
    level: 3,
    launch: (job) => ({
      command,
      arguments: [
        ...[...always, ...stricter],
        ...shown(job),
        // Whatever is still writable, /dev/shm among it.
        ...['--dev', '/dev', '--remount-ro', '/dev', '--remount-ro', '/', '--chdir', inside],
        ...['--json-status-fd', '4', '--'],
        ...limitsOf(job, find, true),
        ...commandOf(job, inside),
      ],
      // The first process in there shows the environment that bubblewrap was started with, whatever it clears.
      env: environment,
      cwd: '/',
      inside,
      ...droppedTo(),
      tellsChild: true,
    }),
  }));
}

const inside = '/homework';
const always = ['--unshare-all', '--unshare-user', '--die-with-parent', '--new-session', '--cap-drop', 'ALL'];

/** Python of Debian finds its linear algebra through /etc/alternatives. */
const system = [
  ...['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/nix/store'],
  ...['/etc/alternatives', '/etc/ld.so.cache'],
];

function shown(job: Job): string[] {
  const isShown = (path: string): boolean => [...system, ...job.needs].some((folder) => isWithin(path, folder));
  const extra = [...new Set(job.needs)].filter((folder) => !system.some((other) => isWithin(folder, other)));
  const own = packageFolder();
  return [
    ...system.flatMap(systemFolder),
    ...extra.flatMap((folder) => ['--ro-bind', folder, folder]),
    ...(isShown(job.executable) ? [] : ['--ro-bind', job.executable, job.executable]),
    // Where we are installed there are solutions.
    ...(isShown(own) ? ['--tmpfs', own, '--remount-ro', own] : []),
    ...['--ro-bind', job.folder, inside],
  ];
}

function systemFolder(path: string): string[] {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  return stat.isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path];
}

const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);
