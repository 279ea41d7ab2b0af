// `unroll homework list` and `reset`: what has been passed at a terminal is marked, and nothing else is kept.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { exercises } from '../../lib/homework/catalogue.ts';
import { program, unroll } from './run-unroll.ts';

let data = '';
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'unroll-homework-'));
});
afterEach(() => rmSync(data, { recursive: true }));

const recordOf = (id: string): string => join(data, 'unroll', 'homework', `${id}.jsonl`);
const homework = (...args: readonly string[]) => unroll(['homework', ...args], { env: { XDG_DATA_HOME: data } });
const solution = (id: string): string => resolve('lessons/exercises', id, 'solution.js');

function passedOn(id: string, day = '2026-03-14'): void {
  mkdirSync(join(data, 'unroll', 'homework'), { recursive: true });
  appendFileSync(recordOf(id), `{"kind":"finished","day":"${day}"}\n`);
}

/** A terminal for a command line, from the `script` of util-linux: `-e` hands its exit code on. */
const withoutTerminal = ((): string | false => {
  const { status, stdout } = spawnSync('script', ['-qec', 'test -t 1 && echo terminal', '/dev/null'], {
    encoding: 'utf8',
  });
  return status === 0 && stdout.includes('terminal') ? false : 'there is no `script` of util-linux here';
})();

function atTerminal(...args: readonly string[]) {
  const line = [process.execPath, program, 'homework', ...args].map((word) => `'${word}'`).join(' ');
  return spawnSync('script', ['-qec', line, '/dev/null'], {
    encoding: 'utf8',
    env: { ...process.env, XDG_DATA_HOME: data, TERM: 'xterm' },
  });
}

describe('unroll homework list', () => {
  it('names all exercises, and the first to begin with', () => {
    const { code, out, err } = homework('list');
    assert.equal(code, 0);
    assert.equal(err, '');
    for (const { id } of exercises) assert.ok(out.includes(` ${id} `), id);
    assert.doesNotMatch(out, /points +passed/);
    assert.match(out, /Begin with the first {2}unroll homework start rnn-step/);
  });
  it('marks what has been passed with its day, and goes on with the first that has not', () => {
    passedOn('rnn-step');
    passedOn('rnn-step', '2026-03-15');
    passedOn('birnn');
    const { out } = homework('list');
    assert.match(out, /^ rnn-step .* 2026-03-15$/m);
    assert.match(out, /^ birnn .* 2026-03-14$/m);
    assert.equal(out.match(/2026/g)?.length, 2);
    assert.match(out, /The next one {2}unroll homework start rnn-forward/);
  });
  it('with all of them sends back to the course', () => {
    for (const { id } of exercises) passedOn(id);
    assert.match(homework('list').out, /All are passed\. The course goes on {2}unroll lesson\n/);
  });
  it('forgets one behind a reset, and the others stay', () => {
    passedOn('rnn-step');
    passedOn('birnn');
    const { code, err } = homework('reset', 'rnn-step');
    assert.equal(code, 0);
    assert.match(err, /rnn-step is marked as passed no longer/);
    const { out } = homework('list');
    assert.equal(out.match(/2026/g)?.length, 1);
    assert.match(out, /unroll homework start rnn-step/);
  });
  it('says so when a record is damaged, and keeps the damaged file', () => {
    passedOn('rnn-step');
    appendFileSync(recordOf('rnn-step'), '{"kind":"fin');
    const { code, out, err } = homework('list');
    assert.equal(code, 0);
    assert.match(out, /^ rnn-step .* 2026-03-14$/m);
    const [, aside] = /was damaged[\s\S]*kept as\s+(\S+)/.exec(err) ?? [];
    assert.match(readFileSync(aside!, 'utf8'), /"fin$/);
  });
  it('says once that nothing can be read, and lists all the same', () => {
    mkdirSync(join(data, 'unroll'));
    for (const id of ['rnn-step', 'birnn']) mkdirSync(recordOf(id), { recursive: true });
    const { code, out, err } = homework('list');
    assert.equal(code, 0);
    assert.equal(err.match(/cannot be read/g)?.length, 1);
    assert.match(out, /Begin with the first/);
  });
});

describe('unroll homework check', () => {
  it('leaves nothing behind in a script', () => {
    assert.equal(homework('check', 'rnn-step', solution('rnn-step')).code, 0);
    assert.equal(existsSync(join(data, 'unroll')), false);
  });
  it('keeps at a terminal that it passed, and not that it failed', { skip: withoutTerminal }, () => {
    assert.equal(atTerminal('check', 'rnn-step', solution('rnn-step')).status, 0);
    assert.match(readFileSync(recordOf('rnn-step'), 'utf8'), /^\{"kind":"finished","day":"\d{4}-\d\d-\d\d"\}\n$/);
    assert.equal(atTerminal('check', 'gru-step', resolve('lessons/exercises/gru-step/starter.js')).status, 1);
    assert.equal(existsSync(recordOf('gru-step')), false);
    assert.match(homework('list').out, /^ rnn-step .* \d{4}-\d\d-\d\d$/m);
  });
  it('says at a terminal when that cannot be kept, and passes all the same', { skip: withoutTerminal }, () => {
    writeFileSync(join(data, 'unroll'), 'a file where the folder would be');
    const { status, stdout } = atTerminal('check', 'rnn-step', solution('rnn-step'));
    assert.equal(status, 0);
    assert.match(stdout, /That it passed could not be kept: E/);
  });
});
