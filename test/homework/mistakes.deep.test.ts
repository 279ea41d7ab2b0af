// Every known mistake of every exercise, on a thousand seeds: a check never lets one pass, and never fails the reference.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exercises } from '../../lib/homework/catalogue.ts';
import { exerciseText } from '../../lib/homework/exercise-text.ts';
import { verifySeed } from '../../lib/homework/verify.ts';

const seeds = 1000;

for (const exercise of exercises)
  test(`${exercise.id}: over ${seeds} seeds no mistake passes, and the reference always does`, async () => {
    const homework = { exercise, text: await exerciseText(exercise) };
    const accepted = new Map<string, number>();
    const rejected: string[] = [];
    for (let seed = 1; seed <= seeds; seed++) {
      const found = await verifySeed(homework, seed, { stopped: () => false });
      for (const id of found.accepted) accepted.set(id, (accepted.get(id) ?? 0) + 1);
      if (found.rejected !== undefined) rejected.push(`seed ${seed}, at ${found.rejected}`);
    }
    assert.deepEqual([...accepted], []);
    assert.deepEqual(rejected, []);
  });
