// Names beside the ends of their curves: in order, apart, and no farther off than they must be.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apart } from '../../../../lib/render/figures/lines/curve-names.ts';
import fc from '../../../fast-check.ts';

test('names that have room stay where they are', () => {
  assert.deepEqual(
    apart(
      [
        { at: 20, size: 10 },
        { at: 50, size: 10 },
      ],
      100,
    ),
    [20, 50],
  );
});

test('two that want the same place share it', () => {
  assert.deepEqual(
    apart(
      [
        { at: 50, size: 10 },
        { at: 50, size: 10 },
      ],
      100,
    ),
    [45, 55],
  );
});

test('no two overlap, and all stay beside the chart where they fit', () => {
  const name = fc.record({ at: fc.integer({ min: 0, max: 300 }), size: fc.constantFrom(17, 34) });
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 8 }), (names) => {
      const wanted = names.sort((a, b) => a.at - b.at);
      const middles = apart(wanted, 300);
      for (const [index, middle] of middles.entries()) {
        const half = wanted[index]!.size / 2;
        assert.ok(middle - half >= -6.001 && middle + half <= 306.001);
        if (index > 0) assert.ok(middle - half >= middles[index - 1]! + wanted[index - 1]!.size / 2 - 1e-9);
      }
    }),
  );
});
