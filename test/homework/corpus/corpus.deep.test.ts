// The corpus over twenty seeds that nobody has seen before: no wrong verdict, no lost report, no secret learned, nothing left.

import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import test from 'node:test';
import { submissions } from './corpus.ts';
import { faultsOf } from './faults.ts';
import { cannotWatch, watched } from './watch.ts';

const all = submissions();

test('at level 3, over twenty fresh seeds', { skip: cannotWatch() ?? false }, async (t) => {
  for (let i = 0; i < 20; i++) {
    const seed = randomInt(2 ** 31);
    const run = await watched({ level: 3, seed, submissions: all, jobs: 3 });
    if (run.isolation.level < 3) return t.skip(`only level ${run.isolation.level} is to be had here`);
    assert.deepEqual(faultsOf(run, all), [], `seed ${seed}`);
  }
});
