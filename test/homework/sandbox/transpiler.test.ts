import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, it } from 'node:test';
import { Transpiler } from '../../../lib/homework/sandbox/transpiler.ts';

const transpiler = new Transpiler();
after(() => transpiler.close());
const limits = { seconds: 10, memory: 256 };
const exponential = readFileSync('fixtures/submissions/hostile/nested-generics.ts', 'utf8');

it('several texts at once are each given back without their types', async () => {
  const found = await Promise.all([1, 2, 3].map((k) => transpiler.withoutTypes(`const a: number = ${k};`, limits)));
  assert.deepEqual(
    found.map(({ code }) => code),
    ['const a = 1;', 'const a = 2;', 'const a = 3;'],
  );
});

it('a text that it would take years to read is a timeout, and the next is read', async () => {
  const start = performance.now();
  const { trouble } = await transpiler.withoutTypes(exponential, { ...limits, seconds: 0.5 });
  assert.deepEqual(trouble, { status: 'timeout', code: 'too-slow', seconds: 0.5, loading: true, reading: true });
  assert.ok(performance.now() - start < 5000);
  assert.equal((await transpiler.withoutTypes('const a: number = 4;', limits)).code, 'const a = 4;');
});
