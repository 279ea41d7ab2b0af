// Chooses where submissions run: the highest level whose canary measured it.

import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Limits, Sandbox } from '../sandbox.ts';
import { bare } from './bare.ts';
import { openSubmission, type Place } from './open.ts';

export interface Choice {
  readonly limits: Limits;
  /** No higher level than this. */
  readonly atMost?: 0 | 1 | 2 | 3;
}

export async function chooseSandbox({ limits }: Choice): Promise<Sandbox> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), `unroll-homework-${process.pid}-`));
  chmodSync(folder, 0o711);
  const place: Place = {
    folder,
    confinement: bare,
    limits,
    runtimes: {
      node: { executable: process.execPath, needs: [], says: `Node ${process.versions.node.replace(/\.\d+$/, '')}` },
      python: { executable: '/usr/bin/python3', needs: [], says: 'Python' },
      program: { executable: '', needs: [], says: 'a program' },
    },
  };
  return {
    isolation: { level: 1, says: 'not measured yet', attempts: [] },
    limits,
    open: (file, language, functions) => openSubmission(place, file, language, functions),
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}
