// Intervals and tests that assume nothing of a distribution, beside what can be counted by hand.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { random } from '../../lib/numbers/random.ts';
import { fewHeads, median, medianInterval, quantile, signTest } from '../../lib/numbers/statistics.ts';

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

describe('a quantile', () => {
  it('lies between its neighbours', () => assert.equal(quantile([4, 1, 2], 0.25), 1.5));
  it('of nothing is no number', () => assert.ok(Number.isNaN(median([]))));
});

describe('few heads', () => {
  it('are counted: 1 of 4, 4 of 8, 11 of 1024', () => {
    assert.equal(fewHeads(2, 0), 1 / 4);
    assert.equal(fewHeads(3, 1), 4 / 8);
    assert.equal(fewHeads(10, 1), 11 / 1024);
  });
  it('stay a share for as many coins as there may be seeds', () => {
    assert.ok(Math.abs(fewHeads(1000, 1000) - 1) < 1e-12);
    assert.ok(Math.abs(fewHeads(999, 499) - 0.5) < 1e-12);
  });
});

describe('the interval of a median', () => {
  it('is the range of few values, and says how little that is', () => {
    assert.deepEqual(medianInterval([3, 1, 2]), { low: 1, high: 3, coverage: 0.75 });
    assert.deepEqual(medianInterval(upTo(6)), { low: 1, high: 6, coverage: 1 - 2 / 64 });
  });
  it('leaves out as many at each end as it may: one of 9, five of 20', () => {
    assert.deepEqual(medianInterval(upTo(9)), { low: 2, high: 8, coverage: 1 - 20 / 512 });
    const { low, high, coverage } = medianInterval(upTo(20));
    assert.deepEqual([low, high], [6, 15]);
    assert.ok(Math.abs(coverage - 0.9586) < 1e-4);
  });
  it('holds the median of a lopsided distribution as often as it says', () => {
    const rng = random(1);
    const drawings = 4000;
    let held = 0;
    for (let i = 0; i < drawings; i++) {
      // The cube of a uniform number: its median is 1/8.
      const { low, high } = medianInterval(upTo(9).map(() => rng.uniform() ** 3));
      if (low <= 1 / 8 && 1 / 8 <= high) held++;
    }
    assert.ok(Math.abs(held / drawings - (1 - 20 / 512)) < 0.015);
  });
});

describe('the sign test', () => {
  it('of six that agree is 2 / 64, whichever way', () => {
    assert.equal(signTest(upTo(6)), 2 / 64);
    assert.equal(signTest(upTo(6).map((x) => -x)), 2 / 64);
  });
  it('does not count what is 0, and is never above 1', () => {
    assert.equal(signTest([0, 0, 5, 6, 7]), 2 / 8);
    assert.equal(signTest([1, -1]), 1);
    assert.equal(signTest([0]), 1);
  });
});
