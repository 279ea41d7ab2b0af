// Runs the built program as a user would: in an empty folder, through a pipe, and says what came out of it.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  /** Without the lines that say how much time is left: how many there are is the machine's doing. */
  readonly err: string;
  /** The files in the folder afterwards. */
  readonly files: readonly string[];
}

export const program = resolve('dist/unroll.js');

export interface Setting {
  readonly input?: string;
  /** Files that are there before. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly env?: Readonly<Record<string, string>>;
}

export function unroll(args: readonly string[], { input = '', files = {}, env = {} }: Setting = {}): Outcome {
  const folder = mkdtempSync(join(tmpdir(), 'unroll-test-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    const { NO_COLOR: _, FORCE_COLOR: __, ...rest } = process.env;
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
      cwd: folder,
      encoding: 'utf8',
      input,
      maxBuffer: 1 << 28,
      env: { ...rest, ...env },
    });
    return { code: status, out: stdout, err: stderr.replace(progress, ''), files: readdirSync(folder) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a long run says every five seconds through a pipe. */
const progress = /^.*\d (s|min) left\n/gm;

/** No message of ours shows where in the code something went wrong. */
export const stackTrace = /\n\s+at .*[:(]\d+|node:internal|file:\/\//;
