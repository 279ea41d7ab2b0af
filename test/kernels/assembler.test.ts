// Numbers in the binary format have one to five bytes: those on either side of every step must come through.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Code } from '../../lib/kernels/assembler.ts';
import { benchOf } from './run-code.ts';

const steps = [0, 1, 63, 64, 65, 127, 128, 8191, 8192, 8193, 16383, 16384, 1048575, 1048576, 134217727, 134217728];

test('whole numbers of every length arrive as they were written', () => {
  for (const value of [...steps, ...steps.map((n) => -n - 1), 2 ** 31 - 1, -(2 ** 31)]) {
    const { run } = benchOf(1, 0, () => ({ f: new Code([], ['i32']).int(value) }));
    assert.equal(run.f!(), value);
  }
});

test('offsets of every length reach the byte they name', () => {
  for (const offset of steps.filter((n) => n % 8 === 0 && n < 2 ** 20)) {
    const { run, memory } = benchOf(17, 0, () => ({ f: new Code().int(0).zeros().memory('v128.store', offset) }));
    memory.fill(1);
    run.f!();
    assert.equal(memory.indexOf(0) * 8, offset);
    assert.equal(memory.filter((x) => x === 0).length, 2);
  }
});

test('a loop runs once more for every time that its condition holds', () => {
  const code = new Code(['i32'], ['i32']);
  const sum = code.local('i32');
  code.loop(
    () => code.advance(sum, 3),
    () => code.get(0).int(1).do('i32.sub').tee(0),
  );
  assert.equal(benchOf(1, 0, () => ({ f: code.get(sum) })).run.f!(5), 15);
});
