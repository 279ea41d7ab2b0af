// Folders on this machine: of a run for everything that submissions need, and in it the fresh one that a submission sees.

import {
  accessSync,
  chmodSync,
  constants,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { packageFolder } from '../../cells/package-folder.ts';
import { InputError } from '../../equations/input-error.ts';
import type { Limits } from '../session.ts';
import type { Job, RuntimeKind } from './confinements.ts';
import { drops, isForAll, type Runtime } from './machine.ts';

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

const runners: Readonly<Record<RuntimeKind, string>> = { node: 'runner.mjs', python: 'runner.py', program: '' };

export interface Content {
  /** The student's name for it, which messages show where it is a plain one. */
  readonly name: string;
  readonly bytes: Uint8Array | string;
}

export function layOut(
  folder: string,
  kind: RuntimeKind,
  { executable, needs }: Runtime,
  content: Content,
  limits: Limits,
): Job {
  const fresh = freshFolder(folder);
  const runner = runners[kind];
  if (runner !== '') put(join(fresh, runner), runnerText(runner));
  const file = join('submission', plainName(content.name));
  put(join(fresh, file), content.bytes, kind === 'program' ? 0o555 : 0o444);
  // So that Node looks no further for what kind of module it is.
  if (kind === 'node') put(join(fresh, 'submission', 'package.json'), '{}');
  return { kind, folder: fresh, runner, file, executable, needs, limits, permission: true };
}

/** For `layOut` and the canary: a folder that all may read, and nobody but us write, as what runs in there may be another user. */
export function freshFolder(folder: string): string {
  const fresh = mkdtempSync(join(folder, 'submission-'));
  mkdirSync(join(fresh, 'submission'));
  for (const made of [fresh, join(fresh, 'submission')]) chmodSync(made, 0o755);
  return fresh;
}

export function put(file: string, content: Uint8Array | string, mode = 0o444): void {
  writeFileSync(file, content);
  chmodSync(file, mode);
}

export const runnerText = (runner: string): Uint8Array =>
  readFileSync(join(packageFolder(), 'lib', 'homework', 'sandbox', 'runners', runner));

function plainName(name: string): string {
  const last = basename(name);
  return /^[A-Za-z0-9_][\w.-]{0,99}$/.test(last) && last !== 'package.json' ? last : `submission${extname(last)}`;
}
