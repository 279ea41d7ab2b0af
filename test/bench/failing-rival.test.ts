// A rival that fails in the middle of `node test/bench/run.js` loses its row and nothing else.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'unroll-rivals-'));
after(() => rmSync(folder, { recursive: true }));

/** Stands in for Python: answers so many times, then ends with an error. */
function rival(name: string, answers: number): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    `#!${process.execPath}
const { createInterface } = require('node:readline');
console.log(JSON.stringify({ name: '${name}' }));
let left = ${answers};
createInterface({ input: process.stdin }).on('line', () => {
  if (left-- === 0) throw new RangeError('no memory is left');
  console.log(JSON.stringify({ forward: 1, train: 2 }));
});
`,
  );
  chmodSync(path, 0o755);
  return path;
}

it('says which rival failed, and goes on with the others', () => {
  const work = ['--sizes', '2x1,3x1', '--steps', '4', '--rounds', '2', '--skip', 'tfjs', '--skip', 'onnxruntime'];
  const pythons = [rival('breaks', 1), rival('lasts', 4)].flatMap((path) => ['--python', path]);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join('test', 'bench', 'run.js'), ...work, ...pythons, '--python', join(folder, 'nobody')],
    { encoding: 'utf8' },
  );
  assert.match(stderr, /^left out: .*nobody.*\n$/);
  assert.equal(status, 0);
  const rows = stdout
    .split('\n')
    .slice(2)
    .map((row) => row.trim().replace(/\s+/g, ' '));
  assert.deepEqual(
    rows.map((row) => row.replace(/^\d x 1 (unroll fast) .*/, '$1').replace(/ [\d.]+ [\d.]+$/, '')),
    ['2', '3']
      .flatMap(() => ['unroll fast', 'breaks failed: RangeError: no memory is left', 'lasts 1.00 2.00'])
      .concat(''),
  );
});
