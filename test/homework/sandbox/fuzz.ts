// What a reader of replies must never do, whatever the line: throw, or let pass what does not carry the expected numbers.

import assert from 'node:assert/strict';
import { readLine } from '../../../lib/homework/sandbox/reply-lines.ts';
import { agrees, readAnswer } from '../../../lib/homework/value.ts';
import fc from '../../fast-check.ts';
import { lines } from './reply-lines.fuzz.ts';

const id = '5f1e0c77aa90d3b2416e8d05';
const expected = { h: [0.123456789, -0.987654321] };

/** How many of so many lines were let through as replies. */
export function fuzz(count: number, seed: number): number {
  let replies = 0;
  fc.assert(
    fc.property(lines(id), (line) => {
      const read = readLine(line, id, new Set());
      if (read.kind === 'violation') return;
      replies++;
      assert.ok(Buffer.from(line).includes(id));
      const { value } = readAnswer(['h'], expected, read.body);
      assert.ok(value === undefined || !agrees(value, expected, 1e-9));
    }),
    { numRuns: count, seed },
  );
  return replies;
}
