// How a submission is started at each level of isolation: from what is to be run to the command that runs it.

import type { Limits } from '../sandbox.ts';

/** What answers: a runner in Node or in Python, or the submission itself. */
export type Kind = 'node' | 'python' | 'program';

export interface Job {
  readonly kind: Kind;
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
export const environment: Readonly<Record<string, string>> = {
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
export function commandOf({ kind, executable, limits, permission, ...job }: Job, inside: string): readonly string[] {
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
