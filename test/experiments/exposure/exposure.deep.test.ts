// The rows "Teacher forcing, exposure bias", "Error accumulation on a series" and "Scheduled sampling" over 20 seeds: medians and
// ranges are printed, and every claim holds on all of them.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn } from '../../../lib/cells/catalogue.ts';
import { exposure } from '../../../lib/experiments/exposure/exposure.ts';
import { runSeeded } from '../../../lib/experiments/kit/seeds.ts';
import { sampling } from '../../../lib/experiments/sampling.ts';
import { regimeNames } from '../../../lib/experiments/training-regimes.ts';
import type { Result } from '../../../lib/render/result.ts';
import { tasks } from '../../../lib/tasks/catalogue.ts';
import { print } from '../print.ts';

const seeds = 20;

const common = { batch: 16, rate: 0.01, sequences: 256, regimes: regimeNames, seed: 1, seeds, engine: 'fast' } as const;
const hold = (result: Result) =>
  assert.deepEqual(
    result.claims.filter(({ holds, says }) => !holds || says.includes('(not in')),
    [],
  );

describe('over 20 seeds', () => {
  it('labels: the error jumps and levels off; scheduled sampling trades it', async () => {
    const task = tasks.get('labels')!;
    const labels = { ...common, cell: builtIn('rnn'), start: { hidden: 8, radius: 0.9 }, steps: 30, updates: 300 };
    const result = await runSeeded(exposure.seeded({ ...labels, task, prefix: 0 }));
    print(result);
    assert.equal(result.claims.length, 4);
    hold(result);
  });
  for (const name of ['two-sines', 'mackey-glass', 'logistic-map'])
    it(`${name}: the error grows from step to step`, async () => {
      const task = tasks.get(name)!;
      const series = { ...common, cell: builtIn('gru'), start: { hidden: 16 }, steps: 50, updates: 400 };
      const result = await runSeeded(exposure.seeded({ ...series, task, prefix: 20 }));
      print(result);
      hold(result);
    });
  it('the sweep over ε', async () => {
    const result = await runSeeded(
      sampling.seeded({
        cell: builtIn('rnn'),
        start: { hidden: 8, radius: 0.9 },
        epsilons: [1, 0.75, 0.5, 0.25, 0.1, 0],
        steps: 30,
        updates: 300,
        seed: 1,
        seeds,
        engine: 'fast',
      }),
    );
    print(result);
    hold(result);
  });
});
