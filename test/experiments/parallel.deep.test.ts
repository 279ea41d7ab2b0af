// The bound on the scan's error, over 20 seeds and several lengths, where the claim of `unroll parallel` measures a few.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { builtIn } from '../../lib/cells/catalogue.ts';
import { linearStates, scanAgainstLoop } from '../../lib/experiments/parallel/linear-scan.ts';
import { scanNames } from '../../lib/numbers/scan.ts';

const cell = builtIn('mingru');

for (const scan of scanNames)
  for (const steps of [1000, 1024, 2048])
    it(`the ${scan} scan of ${steps} steps is the loop to 1e-14 in 20 of 20 seeds`, () => {
      for (let seed = 1; seed <= 20; seed++) {
        const run = scanAgainstLoop(cell, linearStates(cell)[0]!, { steps, hidden: 16, input: 16, seed, scan });
        assert.ok(run.error < 1e-14 * Math.max(1, run.largest), `seed ${seed}: ${run.error}`);
        assert.ok(run.largest > 0.5);
      }
    });
