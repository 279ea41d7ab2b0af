// The schedules against their formulas, and the sweep on a few updates; 20 seeds in exposure.deep.test.ts.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn } from '../../lib/cells/catalogue.ts';
import { runSeeded } from '../../lib/experiments/kit/seeds.ts';
import { sampling, schedulesOver } from '../../lib/experiments/sampling.ts';
import type { LinesFigure, TableFigure } from '../../lib/render/result.ts';

describe('the three schedules', () => {
  it('fall from nearly always to nearly never, never up', () => {
    for (const updates of [20, 300, 5000])
      for (const { truth, name } of schedulesOver(updates)) {
        assert.ok(truth(0) > 0.85, `${name} begins with ${truth(0)}`);
        assert.ok(truth(updates) < 0.2, `${name} ends with ${truth(updates)}`);
        for (let i = 1; i <= updates; i++) assert.ok(truth(i) <= truth(i - 1));
      }
  });
  it('are one half, a tenth and one half of the way through', () => {
    const [linear, exponential, sigmoid] = schedulesOver(300).map(({ truth }) => truth(150));
    assert.ok(Math.abs(linear! - 0.5) < 1e-12);
    assert.ok(Math.abs(exponential! - 0.1) < 1e-12);
    assert.ok(Math.abs(sigmoid! - 0.5) < 1e-12);
  });
});

const settings = {
  cell: builtIn('rnn'),
  start: { hidden: 8, radius: 0.9 },
  steps: 30,
  updates: 300,
  seed: 1,
  seeds: 1,
  engine: 'fast',
} as const;

describe('sampling', () => {
  it('claims of a sweep that nobody measured only what is exact, and says so', async () => {
    const { claims, notes } = await runSeeded(sampling.seeded({ ...settings, epsilons: [1, 0.5, 0], updates: 4 }));
    assert.deepEqual(
      claims.map(({ id }) => id),
      ['proper', 'improper', 'independent'],
    );
    assert.match(notes[0]!, /Nothing is claimed of what is learned/);
  });
  it('draws, sweeps and says what is exact', async () => {
    const result = await runSeeded(sampling.seeded({ ...settings, epsilons: [1, 0.5, 0] }));
    assert.deepEqual(
      result.claims.filter(({ holds }) => !holds),
      [],
    );
    assert.equal(result.claims.length, 6);
    const [schedules, sweep] = result.figures as LinesFigure[];
    assert.equal(schedules!.series.length, 3);
    const [own, truth] = sweep!.series.map(({ values }) => values as number[]);
    // Less truth: a smaller error on its own words, a larger one on the truth.
    assert.ok(own![0]! > own![1]! && own![1]! > own![2]!);
    assert.ok(truth![0]! < truth![1]! && truth![1]! < truth![2]!);
    const exact = result.figures.at(-1) as TableFigure;
    assert.ok(Math.abs((exact.rows[1]![1] as number) - 0.725) < 1e-12);
  });
});
