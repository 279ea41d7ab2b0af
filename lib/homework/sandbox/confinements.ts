// How a submission is started at each level of isolation: from what is to be run to the command that runs it.
//
// 3: bubblewrap shows the system's programs, the runner and the submission, all read-only, and nothing else: no other file, no network, no
//    process outside.
// 2: namespaces of its own for users, processes, network and messages; files are those of the machine, and only Node's permission flags
//    keep them.
// 1: a process of its own without the environment, which leads a group, ends with the checker, is bounded, and is held by Node's permission
//    flags.
// 0: it just runs.

import { lstatSync, readlinkSync } from 'node:fs';
import { release } from 'node:os';
import { packageFolder } from '../../cells/package-folder.ts';
import type { Limits } from '../session.ts';
import { diesWithParent, droppedTo, type Find } from './machine.ts';

/** What answers: a runner in Node or in Python, or the submission itself. */
export type RuntimeKind = 'node' | 'python' | 'program';

export interface Job {
  readonly kind: RuntimeKind;
  /** On this machine: holds the runner and, in `submission/`, the file. */
  readonly folder: string;
  /** Names in that folder: `runner.mjs`, `submission/lstm.js`. */
  readonly runner: string;
  readonly file: string;
  /** Node's or Python's own file on this machine. */
  readonly executable: string;
  /** Folders beside /usr that the runtime needs. */
  readonly needs: readonly string[];
  readonly limits: Limits;
  /** Whether Node's permission flags are given. */
  readonly permission: boolean;
}

export interface Launch {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** What the job's folder is called in there. */
  readonly inside: string;
  /** Whom it runs as; whoever runs the checker, when it is not given. */
  readonly user?: number;
  /** Descriptor 4 tells the process to be killed, as JSON. */
  readonly tellsChild: boolean;
}

export interface Confinement {
  readonly level: 0 | 1 | 2 | 3;
  launch(job: Job): Launch;
}

/** All that a submission sees of the environment. */
const environment: Readonly<Record<string, string>> = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LANG: 'C.UTF-8',
  TZ: 'UTC',
  HOME: '/nonexistent',
  // One thread: what each of them reserves counts against the memory.
  OPENBLAS_NUM_THREADS: '1',
  OMP_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
};

/** What runs a job whose folder has the name `inside` for it. */
function commandOf(of: Job, inside = of.folder): readonly string[] {
  const { kind, executable, limits, permission, ...job } = of;
  const file = `${inside}/${job.file}`;
  // A program needs none, but for the canary, which is tried as one.
  if (job.runner === '') return [file];
  const runner = `${inside}/${job.runner}`;
  // What one user has installed for himself is not found in isolated mode.
  const ownPackages = job.needs.filter((folder) => folder.endsWith('site-packages'));
  if (kind === 'python')
    return [executable, '-I', '-B', '-u', '-X', 'utf8', runner, file, String(limits.memory), ...ownPackages];
  const flags = permission && kind === 'node' ? [permissionFlag, `--allow-fs-read=${inside}/*`] : [];
  return [executable, ...flags, `--max-old-space-size=${limits.memory}`, '--no-warnings', runner, file];
}

/** Node has changed its name. */
const [major, minor] = process.versions.node.split('.').map(Number) as [number, number];
const permissionFlag = major > 22 || (major === 22 && minor >= 13) ? '--permission' : '--experimental-permission';

/** Threads and processes together; Node alone has a dozen threads. */
const processes = 32;
const MiB = 1024 * 1024;

/** Processes are counted for each namespace of users since Linux 5.14; before it was for all that the user has. */
const [linux, patch] = release().split('.').map(Number) as [number, number];
const countsByNamespace = linux > 5 || (linux === 5 && patch >= 14);

/** MiB that Node has before it runs anything: since 23 all the room for its machine code counts. */
const reserved = Number.parseInt(process.versions.node, 10) >= 23 ? 640 : 64;

/** The words before a command by which the kernel bounds it and everything that it starts, for use in a namespace of users of its own (`apart`) or outside; none where there is no prlimit. */
function limitsOf({ kind, limits }: Job, find: Find, apart: boolean): readonly string[] {
  const prlimit = find('prlimit');
  if (prlimit === undefined) return [];
  return [
    prlimit,
    // Node reserves far more addresses than it uses, for WebAssembly above all: for it counts what it may write to.
    `--data=${(limits.memory + (kind === 'python' ? 64 : reserved)) * MiB}`,
    ...(kind === 'python' ? [`--as=${(limits.memory + 128) * MiB}`] : []),
    ...(apart && countsByNamespace ? [`--nproc=${processes}`] : []),
    `--fsize=${MiB}`,
    '--core=0',
    '--nofile=128',
    // For when nobody is left who watches the clock.
    `--cpu=${Math.ceil(limits.seconds) * 60}`,
    '--',
  ];
}

/** The strictest first. */
export const confinements = (find: Find): Confinement[] => [...bubblewrap(find), ...unshared(find), ...bare(find)];

/** That no namespace can be made in there is asked for since bubblewrap 0.8. */
export function bubblewrap(find: Find): Confinement[] {
  const command = find('bwrap');
  if (command === undefined) return [];
  return [['--disable-userns'], []].map((stricter) => ({
    level: 3,
    launch: (job) => ({
      command,
      arguments: [
        ...[...always, ...stricter],
        ...shownFiles(job),
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

function shownFiles(job: Job): string[] {
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

function unshared(find: Find): Confinement[] {
  const unshare = find('unshare');
  if (unshare === undefined) return [];
  const apart = [unshare, '--user', '--net', '--ipc', '--uts', '--pid', '--fork', '--kill-child=KILL', '--'];
  const command = (job: Job) => [...diesWithParent(find), ...apart, ...limitsOf(job, find, true), ...commandOf(job)];
  return [{ level: 2, launch: (job) => inItsFolder(job, command(job)) }];
}

const bare = (find: Find): Confinement[] => [
  {
    level: 1,
    launch: (job) => inItsFolder(job, [...diesWithParent(find), ...limitsOf(job, find, false), ...commandOf(job)]),
  },
  { level: 0, launch: (job) => inItsFolder(job, commandOf({ ...job, permission: false })) },
];

/** In the folder as it is, as another user where there is one to become. */
const inItsFolder = ({ folder }: Job, [command, ...rest]: readonly string[]): Launch => ({
  command: command!,
  arguments: rest,
  env: environment,
  cwd: folder,
  inside: folder,
  ...droppedTo(),
  tellsChild: false,
});
