import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { it } from 'node:test';
import { chooseSandbox } from '../../../lib/homework/sandbox/choose.ts';
import type { Sandbox } from '../../../lib/homework/session.ts';
import { below, limits } from './machine.ts';

/** Milliseconds of a whole honest submission: opened, asked 20 times, ended. */
async function time(sandbox: Sandbox): Promise<number> {
  const started = performance.now();
  const { session } = await sandbox.open(resolve('test/homework/sandbox/identity.js'), 'javascript', ['rnnStep']);
  for (let i = 0; i < 20; i++)
    await session!.ask({ kind: 'call', function: 'rnnStep', arguments: [[i, 0.1]], keep: `${i}` });
  await session!.end();
  return performance.now() - started;
}

it('an honest submission takes at most 120 ms longer at level 3 than where nothing holds it', {
  skip: below(3),
}, async (t) => {
  const [held, free] = await Promise.all(
    ([3, 0] as const).map((atMost) => chooseSandbox({ limits, atMost, languages: ['javascript'] })),
  );
  const more: number[] = [];
  for (let i = 0; i < 25; i++) {
    const without = await time(free!);
    more.push((await time(held!)) - without);
  }
  await Promise.all([held!.close(), free!.close()]);
  const median = more.sort((a, b) => a - b)[12]!;
  t.diagnostic(`${median.toFixed(0)} ms, the median of 25`);
  assert.ok(median <= 120, `${median} ms`);
});
