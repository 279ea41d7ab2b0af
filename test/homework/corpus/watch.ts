// Runs submissions of the corpus in a process of their own that holds secrets, and says what came of each and what they left behind.
// The process is under-watch.ts.

import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Report } from '../../../lib/homework/check-report.ts';
import type { IsolationReport } from '../../../lib/homework/session.ts';
import type { Message } from '../../../lib/homework/wording/messages.ts';
import type { Submission } from './corpus.ts';

export interface Watch {
  readonly level: 1 | 3;
  readonly seed: number;
  readonly submissions: readonly Submission[];
  /** How many at once. */
  readonly jobs: number;
}

export interface Outcome {
  readonly file: string;
  readonly report: Report;
  /** The report as a learner reads it. */
  readonly text: string;
  /** What its message says of the first thing that went wrong. */
  readonly words?: Message;
  /** Seconds of the longest opening, answer and ending, and of all together. */
  readonly slowest: { readonly open: number; readonly ask: number; readonly end: number; readonly all: number };
  /** Commands of the processes that were left when the report was there. */
  readonly left: readonly string[];
}

export interface Watched {
  readonly isolation: IsolationReport;
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Secrets that occur in some report: where they were kept. */
  readonly leaks: readonly { readonly file: string; readonly secret: string }[];
  /** Processes that were left when all was over. */
  readonly processes: readonly string[];
  /** Files that were not there before, outside of what the submissions were given. */
  readonly files: readonly string[];
}

/** What under-watch.ts writes, a line each. */
export type Line = { readonly isolation: IsolationReport } | Outcome | Pick<Watched, 'processes' | 'files'>;

/** Seconds for loading and all answers. */
export const seconds = 4;

// Becomes the reaper of whatever it starts, however many times that forks, and then the program that follows.
const reaper = `
import ctypes, os, sys
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
os.execvp(sys.argv[1], sys.argv[1:])
`;

export async function watched(watch: Watch): Promise<Watched> {
  const folder = mkdtempSync(join(tmpdir(), 'unroll-corpus-'));
  const before = new Set(strayFiles());
  try {
    const run = await runIn(folder, watch);
    return { ...run, files: [...run.files, ...strayFiles().filter((file) => !before.has(file))] };
  } finally {
    for (const file of strayFiles()) if (!before.has(file)) rmSync(file, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Where a secret is kept, and the word that it is. */
const secretPlaces = ['environment', 'arguments', 'file'] as const;
const drawnSecrets = (): Record<(typeof secretPlaces)[number], string> => {
  const secret = (place: string): string => `canary-${place}-${randomBytes(8).toString('hex')}`;
  return { environment: secret('environment'), arguments: secret('arguments'), file: secret('file') };
};

async function runIn(folder: string, { level, seed, submissions, jobs }: Watch): Promise<Watched> {
  const secrets = drawnSecrets();
  const scratch = join(folder, 'scratch');
  mkdirSync(scratch);
  // Everybody may look for the secret, and work in the scratch folder.
  chmodSync(folder, 0o755);
  chmodSync(scratch, 0o1777);
  writeFileSync(join(folder, 'expected-values.txt'), secrets.file);
  const child = spawn(
    'python3',
    ['-c', reaper, process.execPath, '--import', 'tsx', join(import.meta.dirname, 'under-watch.ts'), secrets.arguments],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, TMPDIR: scratch, UNROLL_CANARY: secrets.environment },
    },
  );
  child.stdin.end(JSON.stringify({ level, seed, jobs, seconds, files: submissions.map(({ file }) => file) }));
  let isolation: IsolationReport | undefined;
  let left: Pick<Watched, 'processes' | 'files'> | undefined;
  const outcomes = new Map<string, Outcome>();
  const leaks: { file: string; secret: string }[] = [];
  for await (const text of createInterface({ input: child.stdout })) {
    const line = JSON.parse(text) as Line;
    if ('isolation' in line) isolation = line.isolation;
    else if ('processes' in line) left = line;
    else {
      outcomes.set(line.file, line);
      for (const place of secretPlaces)
        if (text.includes(secrets[place])) leaks.push({ file: line.file, secret: place });
    }
  }
  if (isolation === undefined || left === undefined) throw new Error('the watched process ended before its time');
  return { isolation, outcomes, leaks, ...left };
}

/** Where anybody may write, what the corpus calls its files. */
const strayFiles = (): string[] =>
  ['/tmp', '/var/tmp', '/dev/shm'].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /^unroll-corpus-(filler|poison)/.test(name))
      .map((name) => join(folder, name)),
  );

/** Why the corpus cannot be run here; undefined where it can. */
export function cannotWatch(): string | undefined {
  if (process.platform !== 'linux') return 'the sandbox is one of Linux';
  if (process.getuid?.() !== 0) return 'only root can hand a submission to another user';
  try {
    execFileSync('/usr/bin/python3', ['-c', 'import numpy'], { stdio: 'ignore' });
  } catch {
    return 'there is no Python with NumPy here';
  }
  return undefined;
}
