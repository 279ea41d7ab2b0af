// The same seed gives the same bytes on every Node: the digests are kept here, and the check runs on all that are supported. When an output
// changes on purpose: `UPDATE=1 npm test bytes`, and a look at what changed.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { unroll } from './run-unroll.ts';

const file = 'fixtures/bytes.json';
const known = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;

/** Every digit of every number, not those alone that a table shows; or a drawing, where the line asks for one. */
const digestOf = (line: string): string => {
  const { code, out, err } = unroll([
    ...line.split(' '),
    ...(line.includes('--format') ? [] : ['--format', 'json']),
    '--quiet',
  ]);
  assert.equal(err, '');
  assert.equal(code, 0);
  return createHash('sha256').update(out).digest('hex');
};

describe('the bytes of', () => {
  for (const line of Object.keys(known))
    it(line, () => {
      const digest = digestOf(line);
      if (process.env.UPDATE === '1') known[line] = digest;
      else assert.equal(digest, known[line]);
      // Twice, so that nothing depends on what ran before.
      assert.equal(digestOf(line), digest);
    });
  it('are kept', () => {
    if (process.env.UPDATE === '1') writeFileSync(file, `${JSON.stringify(known, null, 2)}\n`);
    assert.ok(Object.keys(known).length >= 12);
  });
});
