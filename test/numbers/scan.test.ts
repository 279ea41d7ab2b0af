// The parallel scan: its levels, its work, and that it covers what a loop covers.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { linearScan, scanLevels, scanNames } from '../../lib/numbers/scan.ts';
import fc from '../fast-check.ts';

const counted = (scan: (typeof scanNames)[number], n: number) => {
  const levels = scanLevels(scan, n);
  return [levels.length, levels.reduce((sum, level) => sum + level.length, 0)];
};

describe('the parallel scan', () => {
  it('of 1024 steps has 10 levels and 9217 combinations, or 19 and 2036', () => {
    assert.deepEqual(counted('hillis-steele', 1024), [10, 9217]);
    assert.deepEqual(counted('work-efficient', 1024), [19, 2 * 1024 - 2 - 10]);
  });

  it('of 8 steps, by hand', () => {
    const drawn = (scan: (typeof scanNames)[number]) =>
      scanLevels(scan, 8).map((level) => level.map(({ left, right }) => `${left + 1}${right + 1}`).join(' '));
    assert.deepEqual(drawn('work-efficient'), ['12 34 56 78', '24 68', '48', '46', '23 45 67']);
    assert.deepEqual(drawn('hillis-steele'), ['12 23 34 45 56 67 78', '13 24 35 46 57 68', '15 26 37 48']);
  });

  it('gives every place all before it, in order, once: on words, where only joining neighbours is right', () => {
    fc.assert(
      fc.property(fc.constantFrom(...scanNames), fc.integer({ min: 1, max: 300 }), (scan, n) => {
        let covers = Array.from({ length: n }, (_, i): [number, number] => [i, i]);
        for (const level of scanLevels(scan, n)) {
          const next = [...covers];
          for (const { left, right } of level) {
            assert.equal(covers[left]![1] + 1, covers[right]![0]);
            next[right] = [covers[left]![0], covers[right]![1]];
          }
          // Nobody writes to one place twice in a level.
          assert.equal(new Set(level.map(({ right }) => right)).size, level.length);
          covers = next;
        }
        assert.deepEqual(
          covers,
          covers.map((_, i) => [0, i]),
        );
      }),
    );
  });

  it('gives the states of the loop', () => {
    const some = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 120 });
    fc.assert(
      fc.property(fc.constantFrom(...scanNames), some, some, (scan, one, two) => {
        const length = 2 * Math.floor(Math.min(one.length, two.length) / 2);
        const [a, u] = [Float64Array.from(one.slice(0, length)), Float64Array.from(two.slice(0, length))];
        const { states } = linearScan(scan, a, u, Float64Array.of(0.5, -2));
        let h = [0.5, -2];
        for (let t = 0; t < length / 2; t++) {
          h = h.map((before, j) => a[2 * t + j]! * before + u[2 * t + j]!);
          for (const [j, value] of h.entries()) assert.ok(Math.abs(states[2 * t + j]! - value) < 1e-13 * length);
        }
      }),
    );
  });
});
