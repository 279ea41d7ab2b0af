// A long text in pages: nothing lost, no page longer than the screen, parted at empty lines.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pagesOf } from '../../lib/cli/commands/tour.ts';

test('a page ends at an empty line where there is one', () => {
  assert.deepEqual(pagesOf('a\nb\n\nc\n\nd\ne\nf\n', 5), ['a\nb\n\nc', 'd\ne\nf']);
});

test('what is longer than a screen goes on in the next', () => {
  assert.deepEqual(pagesOf('a\n\nb\nc\nd\ne\nf', 4), ['a', 'b\nc\nd\ne', 'f']);
});

test('every line is on one page, in its order, and no page is longer than the screen', () => {
  const text = fc.array(fc.constantFrom('', 'a', 'b', 'c'), { maxLength: 60 }).map((lines) => lines.join('\n'));
  const full = (of: string): string[] => of.split('\n').filter((line) => line !== '');
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 12 }), (of, rows) => {
      const pages = pagesOf(of, rows);
      assert.deepEqual(pages.flatMap(full), full(of));
      for (const page of pages) assert.ok(page.split('\n').length <= rows);
    }),
  );
});
