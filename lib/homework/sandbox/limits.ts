// What the kernel itself bounds for a submission and everything that it starts.

import { release } from 'node:os';
import type { Job } from './confinement.ts';
import type { Find } from './tools.ts';

/** Threads and processes together; Node alone has a dozen threads. */
const processes = 32;
const MiB = 1024 * 1024;

/** Processes are counted for each namespace of users since Linux 5.14; before it was for all that the user has. */
const [major, minor] = release().split('.').map(Number) as [number, number];
const countsByNamespace = major > 5 || (major === 5 && minor >= 14);

/** MiB that Node has before it runs anything: since 23 all the room for its machine code counts. */
const reserved = Number.parseInt(process.versions.node, 10) >= 23 ? 640 : 64;

/** The words before a command that bound it, for use in a namespace of users of its own (`apart`) or outside; none where there is no prlimit. */
export function limitsOf({ kind, limits }: Job, find: Find, apart: boolean): readonly string[] {
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
