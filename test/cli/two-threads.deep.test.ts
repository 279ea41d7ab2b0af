// What a second thread is worth: two directions on two of them beside one. Only where the machine has a second core to spare, which two
// programs side by side find out first.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { it } from 'node:test';
import { promisify } from 'node:util';
import { median } from '../../lib/numbers/statistics.ts';
import { unroll } from './run-unroll.ts';

const spin = () => promisify(execFile)(process.execPath, ['-e', 'for (let i = 0, x = 0; i < 1e9; i++) x += i & 3']);

async function coresToSpare(): Promise<number> {
  const time = async (programs: number): Promise<number> => {
    const began = performance.now();
    await Promise.all(Array.from({ length: programs }, spin));
    return performance.now() - began;
  };
  const gains: number[] = [];
  for (let round = 0; round < 3; round++) gains.push((2 * (await time(1))) / (await time(2)));
  return Math.min(...gains);
}

const gains = Array.from({ length: 7 }, () => {
  const { out } = unroll(['parallel', 'lstm', '--length', '16', '--measure', '--format', 'json']);
  const { figures } = JSON.parse(out) as { figures: { title: string; rows?: [string, number, number, number][] }[] };
  return figures.find(({ title }) => title.startsWith('On this machine'))!.rows!.map((row) => row[3]);
});
console.log(gains.map((pair) => pair.map((gain) => gain.toFixed(2)).join(' and ')).join('; '));

it('the steps of one recurrence in turn lose on two threads', () => {
  for (const [, inTurn] of gains) assert.ok(inTurn! < 1);
});

it('two directions gain at least 1.3 on two threads', async (context) => {
  const spare = await coresToSpare();
  if (spare < 1.7) return context.skip(`two programs gain ${spare.toFixed(2)} here: no core is free`);
  assert.ok(median(gains.map(([apart]) => apart!)) >= 1.3);
});
