// Measures a confinement: a canary takes the place of a submission and tries to get out. A level is what it must have been refused.

import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { attempts, type IsolationReport, type Limits } from '../session.ts';
import { listed } from '../wording/phrases.ts';
import { Child } from './child.ts';
import type { Confinement, Job, Launch, RuntimeKind } from './confinements.ts';
import { freshFolder, put, runnerText } from './folders.ts';
import type { Runtime } from './machine.ts';

export type IsolationLevel = IsolationReport['level'];

/** Level 3 refuses everything, level 2 what goes beyond files; 1 and 0 refuse nothing for certain. */
const needed: Readonly<Record<IsolationLevel, readonly Attempt[]>> = {
  3: attempts,
  2: ['reach a port', 'signal the parent', 'fork past the limit'],
  1: [],
  0: [],
};

/** The level that was measured, where `nominal` was tried. */
export function levelOf(nominal: IsolationLevel, measured: Measured): IsolationLevel {
  const holds = (level: IsolationLevel): boolean => needed[level].every((attempt) => measured[attempt] === 'refused');
  return ([3, 2, 1] as const).find((level) => level <= nominal && holds(level)) ?? 0;
}

/** The worst of each. */
export const together = (several: readonly Measured[]): Measured =>
  Object.fromEntries(
    attempts.map((attempt) => [
      attempt,
      (['succeeded', 'not measured', 'refused'] as const).find((outcome) =>
        several.some((measured) => measured[attempt] === outcome),
      ) ?? 'not measured',
    ]),
  ) as unknown as Measured;

const doing: Readonly<Record<Attempt, string>> = {
  'read a file': 'read files',
  'reach a port': 'reach the network',
  'signal the parent': 'signal other processes',
  'fork past the limit': 'start processes without end',
  'write outside': 'write files',
};

export function isolationReport(level: IsolationLevel, measured: Measured | undefined): IsolationReport {
  const outcomes = attempts.map((attempt) => ({ attempt, outcome: measured?.[attempt] ?? ('not measured' as const) }));
  return { level, says: says(level, measured), attempts: outcomes };
}

function says(level: IsolationLevel, measured: Measured | undefined): string {
  if (measured === undefined) return 'nothing could be run that would have measured the isolation';
  const could = attempts.filter((attempt) => measured[attempt] !== 'refused').map((attempt) => doing[attempt]);
  if (could.length === 0 && level === 3)
    return 'sandbox, measured: no files but its own, no network, no other processes';
  const name = ['no sandbox', 'a process of its own', 'partly a sandbox', 'sandbox'][level];
  return `${name}, measured: it could ${could.length === 0 ? 'do nothing that was tried' : listed(could)}`;
}

type Attempt = IsolationReport['attempts'][number]['attempt'];
type Outcome = IsolationReport['attempts'][number]['outcome'];
export type Measured = Readonly<Record<Attempt, Outcome>>;

/** More processes than any limit allows. */
const forks = 64;
/** Seconds for all of it. */
const patience = 10;

export interface Canary {
  /** Runs in `confinement` what `kind` is run with. Undefined: nothing runs there. */
  measure(confinement: Confinement, kind: RuntimeKind, runtime: Runtime): Promise<Measured | undefined>;
  close(): void;
}

/** What a canary could reach in `folder` and on this machine: a file, a place to write, a port, this process. */
export async function hatch(folder: string, limits: Limits): Promise<Canary> {
  const word = randomBytes(16).toString('hex');
  const secret = join(folder, 'secret');
  put(secret, word);
  let signals = 0;
  const heard = (): void => {
    signals++;
  };
  process.on('SIGUSR1', heard);
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.on('error', () => {}).destroy();
  });
  const port = await listen(server);

  async function measure(confinement: Confinement, kind: RuntimeKind, runtime: Runtime): Promise<Measured | undefined> {
    const outside = mkdtempSync(join(folder, 'outside-'));
    chmodSync(outside, 0o777);
    const target = join(outside, 'written');
    const before = { signals, connections };
    const job = layOut(folder, kind, runtime, limits, { secret, outside: target, port, parent: process.pid, forks });
    try {
      const said = await run(confinement.launch(job));
      if (said === undefined) return undefined;
      // A signal is told at the next turn.
      await setImmediate();
      const outcome = (succeeded: boolean): Outcome => (succeeded ? 'succeeded' : 'refused');
      return {
        'read a file': outcome(said.read === word),
        'reach a port': port === 0 ? 'not measured' : outcome(connections > before.connections),
        'signal the parent': outcome(signals > before.signals),
        'fork past the limit': outcome(said.forked === forks),
        'write outside': outcome(existsSync(target)),
      };
    } finally {
      for (const used of [outside, job.folder]) rmSync(used, { recursive: true, force: true });
    }
  }
  return {
    measure,
    close: () => {
      process.off('SIGUSR1', heard);
      server.close();
    },
  };
}

/** A free port of this machine; 0 where none is to be had. */
const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.once('error', () => resolve(0));
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });

function layOut(folder: string, kind: RuntimeKind, { executable, needs }: Runtime, limits: Limits, facts: object): Job {
  const fresh = freshFolder(folder);
  const runner = kind === 'python' ? 'canary.py' : 'canary.mjs';
  put(join(fresh, runner), runnerText(runner));
  const file = join('submission', 'facts.json');
  put(join(fresh, file), JSON.stringify(facts));
  return { kind, folder: fresh, runner, file, executable, needs, limits, permission: true };
}

async function run(launch: Launch): Promise<{ read: unknown; forked: unknown } | undefined> {
  const child = started(launch);
  if (child === undefined) return undefined;
  let text = '';
  child.onData = (chunk) => {
    text += Buffer.from(chunk).toString('latin1');
  };
  const stop = new AbortController();
  await Promise.race([child.exited, setTimeout(patience * 1000, undefined, { signal: stop.signal }).catch(() => {})]);
  stop.abort();
  await child.kill();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function started(launch: Launch): Child | undefined {
  try {
    return new Child(launch, true);
  } catch {
    return undefined;
  }
}
