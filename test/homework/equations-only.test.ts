// Which exercises can be answered by equations: those that hand out a start in them, and no other.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { exerciseNamed } from '../../lib/homework/catalogue.ts';
import { checkSubmission } from '../../lib/homework/check.ts';
import { exerciseText } from '../../lib/homework/exercise-text.ts';
import type { Sandbox } from '../../lib/homework/session.ts';

/** Equations are evaluated here: nothing is opened. */
const sandbox: Sandbox = {
  isolation: { level: 0, says: 'none', attempts: [] },
  limits: { seconds: 2, memory: 256 },
  open: () => Promise.reject(new Error('equations need no sandbox')),
  close: async () => undefined,
};

it('takes one step as equations where that is what is asked for, and refuses it where the loops are', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'unroll-'));
  try {
    const file = join(folder, 'rnn.cell');
    writeFileSync(file, 'h = tanh(W_h * h_prev + W_x * x + b)\n');
    const statusOf = async (id: string) => {
      const homework = { exercise: exerciseNamed(id)!, text: await exerciseText({ id }) };
      return checkSubmission(homework, { file, language: 'cell' }, { seed: 1, sandbox });
    };
    assert.equal((await statusOf('rnn-forward')).status, 'pass');
    for (const id of ['birnn', 'truncated-bptt', 'clip-gradients']) {
      const { status, points, trouble } = await statusOf(id);
      assert.deepEqual([status, points, trouble?.code], ['refused', 0, 'not-in-equations'], id);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
