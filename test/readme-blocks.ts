// The commands of a document and what stands under them: ```console blocks that begin with `$ unroll …`.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface Block {
  readonly command: string;
  /** What the document says the command prints, without the last line feed. */
  readonly output: string;
  readonly start: number;
  readonly end: number;
}

export function blocksOf(text: string): Block[] {
  return [...text.matchAll(/```console\n\$ (unroll [^\n]*)\n([\s\S]*?)```/g)].map((m) => ({
    command: m[1]!,
    output: m[2]!.trimEnd(),
    start: m.index,
    end: m.index + m[0].length,
  }));
}

/** Runs a command line in a shell, in an empty folder, through the built program; standard error is a part of what is seen. */
export function outputOf(command: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'unroll-docs-'));
  try {
    const line = command.replace(/\bunroll\b(?= )/g, `"${process.execPath}" "${resolve('dist/unroll.js')}"`);
    // A pipe gets no colour by itself; Node 22 warns where both of these are set, even to nothing.
    const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env;
    const { stdout } = spawnSync('sh', ['-c', `{ ${line}; } 2>&1`], {
      cwd: folder,
      encoding: 'utf8',
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return stdout.trimEnd();
  } finally {
    rmSync(folder, { recursive: true });
  }
}
