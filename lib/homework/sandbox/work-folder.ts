// The folder of a run for everything that submissions need, and the end of those that nobody cleaned up.

import {
  accessSync,
  chmodSync,
  constants,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../../equations/input-error.ts';
import { drops, isForAll } from './tools.ts';

/** Numbers of processes mean something in one namespace of processes only. */
const namespace = (): string => {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    return '0';
  }
};

const prefix = (): string => `unroll-homework-${namespace()}-`;

/** A new one that only we can list; what runs as another user has to come down to its own folder in there. */
export function workFolder(): string {
  const folder = mkdtempSync(join(temporary(), `${prefix()}${process.pid}-`));
  if (drops()) chmodSync(folder, 0o711);
  return folder;
}

/** Throws InputError where there is none that can be written to. */
function temporary(): string {
  const named = tmpdir();
  try {
    const usual = realpathSync(named);
    const folder = drops() && !isForAll(usual) ? '/tmp' : usual;
    accessSync(folder, constants.W_OK);
    return folder;
  } catch (error) {
    throw new InputError(
      named,
      `The folder for temporary files, ${named}, cannot be written to (${(error as NodeJS.ErrnoException).code}).`,
      { fix: 'create that folder, or set TMPDIR to another one' },
    );
  }
}

/** Removes the folders of runs that were killed. */
export function sweep(): void {
  const at = temporary();
  const start = prefix();
  for (const name of readdirSync(at)) {
    const pid = name.startsWith(start) ? Number.parseInt(name.slice(start.length), 10) : Number.NaN;
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    const folder = join(at, name);
    const stat = lstatSync(folder, { throwIfNoEntry: false });
    if (stat?.isDirectory() && stat.uid === process.getuid?.()) rmSync(folder, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
