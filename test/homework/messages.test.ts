// The messages of messages.txt: each has what it needs, each is told somewhere, and none is told that is not there.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { textBlocks } from '../../lib/homework/text-blocks.ts';
import { advise, tell } from '../../lib/homework/wording/messages.ts';

const folder = 'lib/homework/wording/';
const messages = textBlocks(readFileSync(`${folder}messages.txt`, 'utf8'));
const sources = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(folder + file, 'utf8'))
  .join('\n');

test('every message has a name of its own, a next step, and at most one cause', () => {
  assert.equal(new Set(messages.map(({ name }) => name)).size, messages.length);
  for (const { name, values } of messages) {
    assert.equal(values('next').length, 1, name);
    assert.ok(values('why').length <= 1, name);
  }
});

test('every name that is written out is that of a message', () => {
  const names = new Set(messages.map(({ name }) => name));
  const written = [...sources.matchAll(/\b(?:tell|advise|told)\(\s*'([\w-]+)'/g)].map((found) => found[1]!);
  assert.ok(written.length > 80);
  for (const name of written) assert.ok(names.has(name), name);
});

test('a name that is none, and a value that is not given, are faults', () => {
  assert.throws(() => tell('no such message'));
  assert.throws(() => advise('python-math'), /\{name\}/);
  assert.match(advise('python-math', { name: '{name}' }).next, /math\.\{name\}/);
});
