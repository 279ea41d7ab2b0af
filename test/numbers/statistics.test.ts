// Intervals and tests that assume nothing of a distribution, beside what can be counted by hand.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { random } from '../../lib/numbers/random.ts';
import { fewHeads, median, medianInterval, quantile, signTest, standardised } from '../../lib/numbers/statistics.ts';
import fc from '../fast-check.ts';

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

describe('standardised', () => {
  /** A double as a whole number of 2^-1074, so that everything but the last division is exact. */
  const exact = (value: number): bigint => {
    let [rest, shift] = [value, 1074n];
    while (!Number.isInteger(rest) && shift > 0n) [rest, shift] = [rest * 2, shift - 1n];
    return BigInt(rest) << shift;
  };
  const ratio = (a: bigint, b: bigint): number => {
    const bits = BigInt(Math.max(0, b.toString(2).length - a.toString(2).length + 64));
    return Number((a << bits) / b) * 2 ** -Number(bits);
  };

  /** The square of each standardised value, with its sign, from whole numbers. */
  function squares(values: readonly number[]): number[] {
    const [n, whole] = [BigInt(values.length), values.map(exact)];
    const sum = whole.reduce((a, b) => a + b, 0n);
    const apart = whole.map((x) => n * x - sum);
    const total = apart.reduce((a, b) => a + b * b, 0n);
    return apart.map((d) => (d < 0n ? -1 : 1) * ratio(d * d * n, total));
  }

  const series = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 2, maxLength: 30 });
  const near = fc
    .tuple(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: 1 }),
      fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 2, maxLength: 30 }),
    )
    .map(([about, steps]) => steps.map((step) => about * (1 + step * Number.EPSILON)).filter(Number.isFinite));

  for (const [says, drawn] of [
    ['of any size', series],
    ['that differ in their last digits', near],
  ] as const)
    it(`is right for numbers ${says}`, () => {
      fc.assert(
        fc.property(drawn, (values) => {
          fc.pre(new Set(values.map((v) => v + 0)).size > 1);
          const { values: scaled } = standardised(values);
          for (const [i, square] of squares(values).entries())
            assert.ok(Math.abs(Math.sign(square) * Math.sqrt(Math.abs(square)) - scaled[i]!) < 1e-9, `${values[i]}`);
        }),
      );
    });

  it('goes back to the units that were given, from the smallest to the largest double', () => {
    for (const unit of [2 ** -1060, 2 ** -900, 1, 2 ** 900, 2 ** 1020]) {
      const { values, mean, deviation, spread } = standardised([1, 2, 4, 7].map((v) => v * unit));
      for (const [i, v] of [1, 2, 4, 7].entries())
        assert.ok(Math.abs((values[i]! * deviation + mean) / unit - v) < 1e-3);
      assert.ok(Math.abs(spread - Math.sqrt(5.25) / 7) < 1e-12);
    }
  });

  it('makes a constant 0, whatever rounding makes of its mean', () => {
    for (const value of [0.1, 5e-324, 0, -1e308]) {
      const { values, mean, deviation, spread } = standardised([value, value, value]);
      assert.deepEqual([[...values], mean, deviation, spread], [[0, 0, 0], value, 1, 0]);
    }
  });

  it('takes the fitted values alone for its measure', () => {
    const { values, mean, deviation } = standardised([1, 3, 5], 2);
    assert.deepEqual([[...values], mean, deviation], [[-1, 1, 3], 2, 1]);
  });
});
