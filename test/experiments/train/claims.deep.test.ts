// Every claim of `unroll train` holds on each of twenty seeds.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn } from '../../../lib/cells/catalogue.ts';
import { runSeeded } from '../../../lib/experiments/kit/seeds.ts';
import type { LearningOptions } from '../../../lib/experiments/train/learners.ts';
import { trainExperiment } from '../../../lib/experiments/train/train.ts';
import type { Claim } from '../../../lib/render/result.ts';
import { tasks } from '../../../lib/tasks/catalogue.ts';

async function claimsOf(name: string, cells: readonly string[], more: Partial<LearningOptions>): Promise<Claim[]> {
  const task = tasks.get(name)!;
  const { steps, batch, updates, rate, hidden } = task.usual;
  const seeded = trainExperiment.seeded({
    task,
    cells: cells.map(builtIn),
    layers: 1,
    directions: 1,
    start: { hidden },
    steps,
    batch,
    updates,
    rate,
    optimiser: 'adam',
    schedule: 'constant',
    clip: { by: 'norm', most: 1 },
    seed: 1,
    seeds: 20,
    engine: 'fast',
    ...more,
  });
  return [...(await runSeeded(seeded)).claims];
}

const runs: readonly (readonly [task: string, cells: readonly string[], more?: Partial<LearningOptions>])[] = [
  ...[...tasks.keys()].map((task) => [task, ['rnn', 'gru', 'lstm']] as const),
  ['majority', ['rnn', 'gru', 'lstm'], { directions: 2 }],
  ['latch', ['rnn'], { radii: [0.2, 0.9, 1.2] }],
  ['latch', ['lstm'], { start: { hidden: tasks.get('latch')!.usual.hidden, forgetBias: 0 } }],
];

describe('what is claimed of a task', () => {
  for (const [task, cells, more = {}] of runs)
    it(`${task}, ${cells.join(' ')}${more.directions === 2 ? ', both ways' : ''}`, async () => {
      const claims = await claimsOf(task, cells, more);
      assert.ok(claims.length > 0);
      assert.deepEqual(
        claims.filter(({ holds, says }) => !holds || says.includes('(not in')),
        [],
      );
    });
});
