// What prose quotes is looked up in the runs above it, and nothing else.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { measured, type RunResults, resolveReference, Unresolved } from '../../lib/lessons/measured.ts';
import { found } from './sample.ts';

const runs: RunResults = { names: ['first', 'second'], result: async () => found };

describe('a reference', () => {
  const quotes: readonly (readonly [string, string])[] = [
    ['decay', '0.732'],
    ['decay | 2', '0.73'],
    ['decay | percent', '73 %'],
    ['second: decay', '0.732'],
    ['cell("lstm", "steps")', '22'],
    ['cell("lstm", "steps") / cell("rnn", "steps") | 2', '1.5'],
    ['at("rnn", 2)', '0.1'],
    ['first("rnn")', '1'],
    ['last("rnn")', '0.01'],
    ['most("rnn") - least("rnn")', '0.99'],
    ['below("rnn", 0.5)', '2'],
    ['option("hidden")', '16'],
    ['bound("decay")', '1'],
    ['claim("decay") < bound("decay")', '1'],
  ];
  for (const [written, says] of quotes)
    it(`{{${written}}} is ${says}`, async () => assert.equal(await resolveReference(written, runs), says));

  const refused: readonly (readonly [string, RegExp])[] = [
    ['dekay', /no claim `dekay`; there are decay/],
    ['third: decay', /no run above it is called `third`; there are first, second/],
    ['cell("gru", "steps")', /no table has a row `gru`/],
    ['at("rnn", 4)', /no value at 4/],
    ['last("gru")', /no curve is called `gru`; there are rnn/],
    ['below("rnn", 0)', /never below 0/],
    ['bar("x")', /no bar/],
    ['cell("rnn"', /Parenthesis/],
    ['process.exit(1)', /process/],
  ];
  for (const [written, says] of refused)
    it(`{{${written}}} is refused`, () =>
      assert.rejects(measured(written, runs), (error) => error instanceof Unresolved && says.test(error.message)));

  it('resolves to nothing where nothing has run', () =>
    assert.rejects(measured('decay', { names: [], result: async () => found }), /nothing has been run above it/));
});
