// Every claim of `unroll train` holds on each of twenty seeds.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn } from '../../../lib/cells/catalogue.ts';
import { runSeeded } from '../../../lib/experiments/kit/seeds.ts';
import type { LearningOptions } from '../../../lib/experiments/train/learners.ts';
import { trainExperiment } from '../../../lib/experiments/train/train.ts';
import { tasks } from '../../../lib/tasks/catalogue.ts';
import { usualOptions } from './usual-options.ts';

const runs: readonly (readonly [task: string, cells: readonly string[], more?: Partial<LearningOptions>])[] = [
  ...[...tasks.keys()].map((task) => [task, ['rnn', 'gru', 'lstm']] as const),
  ['majority', ['rnn', 'gru', 'lstm'], { directions: 2 }],
  ['latch', ['rnn'], { radii: [0.2, 0.9, 1.2] }],
  ['latch', ['lstm'], { start: { hidden: tasks.get('latch')!.usual.hidden, forgetBias: 0 } }],
];

describe('what is claimed of a task', () => {
  for (const [task, cells, more = {}] of runs)
    it(`${task}, ${cells.join(' ')}${more.directions === 2 ? ', both ways' : ''}`, async () => {
      const options = usualOptions(task, { cells: cells.map(builtIn), seeds: 20, ...more });
      const { claims } = await runSeeded(trainExperiment.seeded(options));
      assert.ok(claims.length > 0);
      assert.deepEqual(
        claims.filter(({ holds, says }) => !holds || says.includes('(not in')),
        [],
      );
    });
});
