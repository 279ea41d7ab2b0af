// The row "Own variants" over 20 seeds: the eight of Greff et al. 2017 on two tasks; the ranking is printed, and every claim holds.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtInNames } from '../../lib/cells/catalogue.ts';
import { runSeeded } from '../../lib/experiments/kit/seeds.ts';
import { variants } from '../../lib/experiments/variants/variants.ts';
import { print } from './print.ts';
import { variantsOptions } from './variants-options.ts';

const eight = builtInNames().filter((name) => /^lstm-(no|coupled|full)/.test(name));

describe('over 20 seeds', () => {
  for (const [name, claimed] of [
    ['reber', 2],
    ['counting', 1],
  ] as const)
    it(`${name}: which part of the LSTM matters`, async () => {
      assert.equal(eight.length, 8);
      const result = await runSeeded(
        variants.seeded(variantsOptions(name, ['lstm-peephole', ...eight], { seeds: 20 })),
      );
      print(result);
      assert.equal(result.claims.length, claimed);
      assert.deepEqual(
        result.claims.filter(({ holds }) => !holds),
        [],
      );
    });
});
