import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fuzz } from './fuzz.ts';

it('no line of 5,000 makes the reader throw, and none passes', () => {
  const replies = fuzz(5_000, 1);
  assert.ok(replies > 500, `${replies} were well-formed`);
});
