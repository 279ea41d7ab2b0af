// The row "Bidirectional" over 20 seeds: medians and ranges are printed, and every claim holds on all of them.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn } from '../../lib/cells/catalogue.ts';
import { bidirectional } from '../../lib/experiments/bidirectional/bidirectional.ts';
import { runSeeded } from '../../lib/experiments/kit/seeds.ts';
import majority from '../../lib/tasks/majority.ts';
import { print } from './print.ts';

describe('over 20 seeds', () => {
  for (const cell of ['rnn', 'gru', 'lstm'])
    it(`${cell}: no parameter buys the future, and a second direction has it`, async () => {
      const { steps, batch, updates, rate, hidden } = majority.usual;
      const result = await runSeeded(
        bidirectional.seeded({
          task: majority,
          cell: builtIn(cell),
          start: { hidden },
          ...{ steps, batch, updates, rate },
          sequences: 500,
          seed: 1,
          seeds: 20,
          engine: 'fast',
        }),
      );
      print(result);
      assert.equal(result.claims.length, 11);
      assert.deepEqual(
        result.claims.filter(({ holds }) => !holds),
        [],
      );
    });
});
