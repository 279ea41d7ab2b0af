// Progress is only ever added to: damage is set aside, and two readers lose nothing of each other.

import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type Event, progressOf } from '../../lib/lessons/progress.ts';
import { dataFolder, ProgressStore } from '../../lib/lessons/store.ts';

const fresh = () => {
  const folder = mkdtempSync(join(tmpdir(), 'unroll-progress-'));
  return { folder, store: new ProgressStore(folder), file: join(folder, 'lessons', 'sample.jsonl') };
};
const answer: Event = { kind: 'answer', part: 'pick', question: 'Which?', answer: 'a', right: true };

describe('progress', () => {
  it('is what was added, in order', () => {
    const { store } = fresh();
    store.add('sample', { kind: 'at', part: 'one' });
    store.add('sample', answer);
    store.add('sample', { kind: 'at', part: 'two' });
    const { at, seen, answers, finished } = progressOf(store.read('sample').events);
    assert.deepEqual([at, [...seen], answers.get('pick'), finished], ['two', ['one', 'two'], answer, false]);
  });

  it('is none for a lesson that nobody began', () => {
    assert.deepEqual(fresh().store.read('sample'), { events: [] });
  });

  it('begins anew behind a reset, and the file keeps what was', () => {
    const { store, file } = fresh();
    store.add('sample', answer);
    store.add('sample', { kind: 'reset' });
    store.add('sample', { kind: 'at', part: 'one' });
    const { at, answers } = progressOf(store.read('sample').events);
    assert.deepEqual([at, answers.size], ['one', 0]);
    assert.match(readFileSync(file, 'utf8'), /"pick"/);
  });

  it('sets a damaged file aside whole, says where, and goes on with what can be read', () => {
    const { folder, store, file } = fresh();
    store.add('sample', answer);
    const damage = '{"kind":"at","par';
    appendFileSync(file, damage);
    const { events, setAside } = store.read('sample');
    assert.deepEqual(events, [answer]);
    assert.ok(setAside !== undefined && readFileSync(setAside, 'utf8').endsWith(damage));
    assert.deepEqual(store.read('sample'), { events: [answer] });
    writeFileSync(file, 'not a line of it\n');
    assert.notEqual(store.read('sample').setAside, setAside);
    assert.equal(readdirSync(join(folder, 'lessons')).filter((name) => name.includes('damaged')).length, 2);
  });

  it('begins a line of its own behind one that was cut off', () => {
    const { store, file } = fresh();
    store.add('sample', { kind: 'at', part: 'one' });
    appendFileSync(file, '{"kind":"at"');
    store.add('sample', answer);
    assert.deepEqual(store.read('sample').events, [{ kind: 'at', part: 'one' }, answer]);
  });

  it('of two readers at once is that of both', () => {
    const { folder } = fresh();
    const [one, two] = [new ProgressStore(folder), new ProgressStore(folder)];
    for (let i = 0; i < 50; i++) {
      one.add('sample', { kind: 'at', part: `one ${i}` });
      two.add('sample', { kind: 'at', part: `two ${i}` });
    }
    assert.equal(progressOf(one.read('sample').events).seen.size, 100);
  });

  it('lives where the platform keeps such data', () => {
    assert.equal(dataFolder({ XDG_DATA_HOME: '/data' }, 'linux', '/home/a'), join('/data', 'unroll'));
    assert.equal(dataFolder({}, 'linux', '/home/a'), join('/home/a', '.local', 'share', 'unroll'));
    assert.equal(dataFolder({}, 'darwin', '/Users/a'), join('/Users/a', 'Library', 'Application Support', 'unroll'));
    assert.equal(dataFolder({ LOCALAPPDATA: 'L' }, 'win32', 'H'), join('L', 'unroll'));
  });
});
