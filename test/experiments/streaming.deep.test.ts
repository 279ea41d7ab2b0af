// One token at a time against the whole sequence, over 20 seeds.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { builtIn } from '../../lib/cells/catalogue.ts';
import { streamingChecks } from '../../lib/experiments/streaming-result.ts';

it('streaming differs by less than 1e-13 in 20 of 20 seeds', () => {
  const cells = ['rnn', 'gru', 'lstm', 'mingru'].map(builtIn);
  for (let seed = 1; seed <= 20; seed++) {
    const { cells: errors, attention } = streamingChecks({ cells, hidden: 32, tokens: 100_000, seed });
    for (const error of [...errors, attention]) assert.ok(error < 1e-13, `seed ${seed}: ${error}`);
  }
});
