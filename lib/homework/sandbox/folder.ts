// The fresh folder that a submission sees of this machine: the runner, and in `submission/` the file.

import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { packageFolder } from '../../cells/shipped.ts';
import type { Limits } from '../sandbox.ts';
import type { Job, Kind } from './confinement.ts';

/** What runs a language here. */
export interface Runtime {
  readonly executable: string;
  /** Folders that it reads, where they are not the system's. */
  readonly needs: readonly string[];
  /** `Node 22.1`, `Python 3.11`. */
  readonly says: string;
}

const runners: Readonly<Record<Kind, string>> = { node: 'runner.mjs', python: 'runner.py', program: '' };

export interface Content {
  /** The student's name for it, which messages show where it is a plain one. */
  readonly name: string;
  readonly bytes: Uint8Array | string;
}

export function layOut(
  folder: string,
  kind: Kind,
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
