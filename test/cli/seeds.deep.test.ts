// What a second core is worth: eight seeds with two threads beside one, in turn, on a machine that is otherwise idle.

import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { it } from 'node:test';
import { median } from '../../lib/numbers/statistics.ts';
import { unroll } from './run-unroll.ts';

const rounds = 7;
const lines = ['train adding lstm --seeds 8', 'exposure --seeds 8 --compare forced,scheduled,free'];

for (const line of lines)
  it(`${line}: two threads take at most 0.6 of the time of one`, (context) => {
    if (availableParallelism() < 2) return context.skip('this machine has one core: there is nothing to compare');
    const time = (jobs: number): number => {
      const began = performance.now();
      assert.equal(unroll([...line.split(' '), '--quiet', '--jobs', String(jobs)]).code, 0);
      return performance.now() - began;
    };
    const ratios = Array.from({ length: rounds }, () => time(2) / time(1));
    console.log(`${line}: ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}`);
    assert.ok(median(ratios) <= 0.6, `${median(ratios)}`);
  });
