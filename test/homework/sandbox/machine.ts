// What this machine has for the tests of the sandbox; where something is missing, a test says so and why it is not run.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { languageOf } from '../../../lib/homework/language.ts';
import { chooseSandbox } from '../../../lib/homework/sandbox/choose.ts';
import type { IsolationLevel } from '../../../lib/homework/sandbox/isolation.ts';
import { findOnPath, findPythons } from '../../../lib/homework/sandbox/machine.ts';
import type { Ending, Reply, Sandbox, Trouble } from '../../../lib/homework/session.ts';
import type { Value } from '../../../lib/homework/value.ts';

const pythons = await findPythons(findOnPath);
export const withoutPython =
  pythons.length > 0 ? false : 'no Python from 3.8 on was found that an unprivileged user can run';
const withNumPy = pythons.some(({ executable }) => spawnSync(executable, ['-I', '-c', 'import numpy']).status === 0);
export const withoutNumPy = withNumPy ? false : 'no Python with NumPy was found that an unprivileged user can run';

/** The level that this machine reaches, by measurement. */
export const reached: IsolationLevel = await chooseSandbox({ limits: { seconds: 10, memory: 256 } }).then(
  async (sandbox) => {
    await sandbox.close();
    return sandbox.isolation.level;
  },
);
export const below = (level: IsolationLevel): string | false =>
  reached >= level
    ? false
    : `this machine reaches isolation level ${reached} only: bubblewrap, prlimit or user namespaces are missing`;

export const limits = { seconds: 10, memory: 256 };

type Heard =
  | { readonly replies: readonly Reply[]; readonly ending: Ending; readonly trouble?: undefined }
  | { readonly trouble: Trouble; readonly prints: string; readonly ending?: undefined };

/** Writes a submission into a folder, opens it, calls `rnn_step` as often as there are arguments, and ends it. */
export async function hear(
  sandbox: Sandbox,
  name: string,
  text: string,
  calls: readonly (readonly Value[])[],
): Promise<Heard> {
  const folder = mkdtempSync(join(tmpdir(), 'unroll-test-'));
  const file = join(folder, name);
  writeFileSync(file, text, { mode: name.includes('.') ? 0o644 : 0o755 });
  try {
    const opened = await sandbox.open(file, languageOf(file)!, ['rnn_step', 'rnnStep']);
    if (opened.session === undefined) return { trouble: opened.trouble, prints: opened.prints };
    const replies: Reply[] = [];
    for (const given of calls)
      replies.push(await opened.session.ask({ kind: 'call', function: 'rnn_step', arguments: given, keep: 'first' }));
    return { replies, ending: await opened.session.end() };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Processes of this machine whose command line has a word in it, and that are no zombies. */
export function processesWith(word: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(word);
      } catch {
        return false;
      }
    });
}

/** Folders that runs of this process have left. */
export const foldersOf = (pid: number): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('unroll-homework-') && name.includes(`-${pid}-`));
