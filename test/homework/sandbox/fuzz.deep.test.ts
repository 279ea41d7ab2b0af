import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fuzz } from './fuzz.ts';

it('no line of 100,000 makes the reader throw, and none passes', () => {
  const replies = fuzz(100_000, 2);
  assert.ok(replies > 10_000, `${replies} were well-formed`);
});
