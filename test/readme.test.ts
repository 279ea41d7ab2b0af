// The README is run: every command in it, and what it prints is what stands there.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { blocksOf, outputOf } from './readme-blocks.ts';

describe('the README', () => {
  const blocks = blocksOf(readFileSync('README.md', 'utf8'));
  it('has commands to run', () => {
    assert.ok(blocks.length >= 6);
  });
  for (const { command, output } of blocks)
    it(`prints what \`${command}\` prints`, () => {
      assert.equal(outputOf(command), output);
    });
});
