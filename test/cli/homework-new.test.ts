// `unroll homework new`: a folder that is an exercise as it stands.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { program } from './run-unroll.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unroll-new-exercise-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function homework(...args: readonly string[]) {
  const run = spawnSync(process.execPath, [program, 'homework', ...args], { cwd: folder, encoding: 'utf8' });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

describe('unroll homework new', () => {
  it('writes an exercise that holds, with its own name everywhere', () => {
    const { code, out } = homework('new', 'mgu-step');
    assert.equal(code, 0);
    assert.match(out, /unroll homework verify mgu-step --assert/);
    const files = readdirSync(join(folder, 'mgu-step'));
    assert.ok(['exercise.md', 'mistakes.txt', 'reference.cell', 'solution.py'].every((file) => files.includes(file)));
    for (const file of files)
      assert.doesNotMatch(readFileSync(join(folder, 'mgu-step', file), 'utf8'), /rnn.?step/i, file);
    const verified = homework('verify', 'mgu-step', '--seeds', '2', '--assert');
    assert.equal(verified.code, 0, verified.out + verified.err);
    assert.match(verified.out, / mgu-step +4 of 4 +5 of 5 /);
  });
  it('is checked and hinted at by its folder; equations that are changed are those that are wanted', () => {
    homework('new', 'leaky-step');
    assert.equal(homework('check', 'leaky-step', 'leaky-step/solution.cell').code, 0);
    assert.match(homework('hint', './leaky-step').out, /leaky-step: hint 1 of 3/);
    writeFileSync(
      join(folder, 'leaky-step', 'reference.cell'),
      'h = 0.5 * h_prev + tanh(W_h * h_prev + W_x * x + b)\n',
    );
    assert.equal(homework('check', 'leaky-step', 'leaky-step/solution.cell').code, 1);
  });
  it('refuses a name that is taken or is none', () => {
    homework('new', 'mgu-step');
    const before = readFileSync(join(folder, 'mgu-step', 'exercise.md'), 'utf8');
    for (const name of ['mgu-step', 'rnn-step', 'MGU', 'mgu_step', '3-gates'])
      assert.equal(homework('new', name).code, 2, name);
    assert.equal(readFileSync(join(folder, 'mgu-step', 'exercise.md'), 'utf8'), before);
  });
  it('says which slip of mistakes.txt is none', () => {
    homework('new', 'mgu-step');
    writeFileSync(join(folder, 'mgu-step', 'mistakes.txt'), 'residual: the old state is added\n  wrong: h = h_prev\n');
    const { code, err } = homework('verify', 'mgu-step', '--seeds', '1');
    assert.equal(code, 2);
    assert.match(err.replaceAll('\n', ' '), /`residual: the old state is added` is no slip/);
  });
});
