// A cell, a task, an experiment, a kind of figure, an exercise and a lesson are one new file or folder each: they are added to a copy of the
// program, nothing else in it is changed, and the command line knows them.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';

const copy = mkdtempSync(join(tmpdir(), 'unroll-add-one-'));
const home = { ...process.env, XDG_DATA_HOME: join(copy, '.home'), NO_COLOR: '1' };

function node(words: readonly string[], cwd = copy): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd, env: home, encoding: 'utf8' });
  assert.equal(status, 0, `${words.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}
const unroll = (...words: string[]): string => node(['dist/unroll.js', ...words]);

describe('added as one new file or folder', () => {
  before(() => {
    for (const part of ['bin', 'lib', 'lessons', 'build.js', 'licences.js', 'package.json', 'LICENSE'])
      cpSync(part, join(copy, part), { recursive: true });
    cpSync('fixtures/series', join(copy, 'fixtures/series'), { recursive: true });
    symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
    const added = readdirSync('fixtures/add-one', { recursive: true, encoding: 'utf8' });
    for (const file of added.filter((each) => /\.\w+$/.test(each)))
      cpSync(join('fixtures/add-one', file), join(copy, file), { errorOnExist: true, force: false });
    node(['build.js']);
    node(['../../dist/unroll.js', 'homework', 'new', 'leaky-step'], join(copy, 'lessons/exercises'));
    unroll('lesson', 'new', 'echo-states', '--lessons', 'lessons');
  });
  after(() => rmSync(copy, { recursive: true, force: true }));

  it('a cell is listed, checked and trained', () => {
    assert.match(unroll('cell', 'list'), /ugrnn/);
    assert.match(unroll('cell', 'check', 'ugrnn', '--assert'), /ugrnn +83 /);
    assert.match(unroll('train', 'latch', 'ugrnn', '--updates', '2', '--seeds', '1'), /ugrnn/);
  });

  it('a task is completed, trained on, and its claims are held', () => {
    assert.match(unroll('train', '--help'), /first-symbol/);
    assert.match(unroll('train', 'first-symbol', 'gru', '--seeds', '3', '--assert'), /✓ gru remembers it/);
  });

  it('an experiment is a command with help, text, words, JSON and SVG', () => {
    assert.match(unroll('--help'), /unroll saturation \[cells\.\.\] +the share of saturated units/);
    assert.match(unroll('saturation', '--help'), /--forget-bias/);
    assert.match(unroll('saturation', 'rnn', '--assert'), /✓ few units of rnn/);
    assert.equal(JSON.parse(unroll('saturation', 'rnn', '--format', 'json')).experiment, 'saturation');
    assert.match(unroll('saturation', 'rnn', '--format', 'svg'), /<svg/);
  });

  it('a kind of figure is drawn, said in words, written as CSV and SVG, and is in the schema', () => {
    assert.match(unroll('draws'), /seed 1 .*•/);
    assert.match(unroll('draws', '--ascii'), /seed 1 .*o/);
    assert.match(unroll('draws', '--plain'), /seed 1: 0\.\d+, /);
    assert.match(unroll('draws', '--format', 'csv'), /1,Draws,dots,seed 1,1,,0\.\d+/);
    assert.match(unroll('draws', '--format', 'svg'), /<circle/);
    assert.match(unroll('schema'), /"dots"/);
  });

  it('an exercise is listed, verified and checked', () => {
    assert.match(unroll('homework', 'list'), /leaky-step/);
    unroll('homework', 'verify', 'leaky-step', '--seeds', '2', '--assert');
    assert.match(unroll('homework', 'check', 'leaky-step', 'lessons/exercises/leaky-step/solution.js'), /10 of 10/);
  });

  it('a lesson is listed, shown and checked', () => {
    assert.match(unroll('lesson', 'list'), /echo-states/);
    assert.match(unroll('lesson', 'echo-states', '--all'), /Echo states/);
    unroll('lesson', 'check', '--only', 'echo-states');
  });
});
