// What a second thread is worth: two directions on two of them beside one. On a machine that is otherwise idle.

import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { it } from 'node:test';
import { median } from '../../lib/numbers/statistics.ts';
import { unroll } from './run-unroll.ts';

it('two directions gain at least 1.4 on two threads, the steps of one recurrence in turn lose', (context) => {
  if (availableParallelism() < 2) return context.skip('this machine has one core: there is nothing to compare');
  const gains = Array.from({ length: 7 }, () => {
    const { out } = unroll(['parallel', 'lstm', '--length', '16', '--measure', '--format', 'json']);
    const { figures } = JSON.parse(out) as { figures: { title: string; rows?: [string, number, number, number][] }[] };
    return figures.find(({ title }) => title.startsWith('On this machine'))!.rows!.map((row) => row[3]);
  });
  console.log(gains.map((pair) => pair.map((gain) => gain.toFixed(2)).join(' and ')).join('; '));
  assert.ok(median(gains.map(([apart]) => apart!)) >= 1.4);
  for (const [, inTurn] of gains) assert.ok(inTurn! < 1);
});
