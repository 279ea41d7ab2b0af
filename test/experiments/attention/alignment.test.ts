// Measures of an alignment, counted by hand.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lagsOf, measuresOf } from '../../../lib/experiments/attention/alignment.ts';

/** Weights that are all at one place. */
const at = (places: readonly number[], S: number) =>
  Float64Array.from({ length: places.length * S }, (_, k) => (places[Math.floor(k / S)] === k % S ? 1 : 0));
const near = (got: number, wanted: number) => assert.ok(Math.abs(got - wanted) < 1e-12, `${got}, not ${wanted}`);

describe('an alignment', () => {
  it('that is the true one has no error and no entropy', () => {
    const { error, oneLater, entropy, crossing, trueCrossing } = measuresOf(
      [{ alpha: at([2, 0, 1], 3), gold: [[2], [0], [1]] }],
      3,
    );
    assert.deepEqual({ error, oneLater, entropy }, { error: 0, oneLater: Number.NaN, entropy: 0 });
    // Of the pairs (2, 0), (2, 1), (0, 1) the first two cross.
    near(crossing, 2 / 3);
    near(trueCrossing, 2 / 3);
  });
  it('is held against any of several sources, and not where there is none', () => {
    const gold = [[0, 1], [], [2]];
    const { error, oneLater } = measuresOf([{ alpha: at([1, 0, 0], 3), gold }], 3);
    near(error, 1 / 2);
    near(oneLater, 0);
  });
  it('that looks one later everywhere is wrong everywhere, and says so', () => {
    const { error, oneLater, crossing } = measuresOf([{ alpha: at([3, 2, 1], 4), gold: [[2], [1], [0]] }], 4);
    assert.deepEqual({ error, oneLater, crossing }, { error: 1, oneLater: 1, crossing: 1 });
  });
  it('that looks at all alike has an entropy of 1; at two of four, of one half', () => {
    const gold = [[0], [1]];
    near(measuresOf([{ alpha: new Float64Array(8).fill(0.25), gold }], 4).entropy, 1);
    near(measuresOf([{ alpha: Float64Array.of(0.5, 0.5, 0, 0, 0, 0, 0.5, 0.5), gold }], 4).entropy, 0.5);
  });
  it('of several sequences is the mean over their outputs', () => {
    const gold = [[0], [1]];
    const { error } = measuresOf(
      [
        { alpha: at([0, 1], 2), gold },
        { alpha: at([1, 1], 2), gold },
      ],
      2,
    );
    near(error, 1 / 4);
  });
});

describe('lags between reading and saying', () => {
  const gold = [[0], [1], [2]];
  it('of a copy are all S in order, and 1, 3, 5 read backwards: the same mean', () => {
    assert.deepEqual(lagsOf(gold, 3, false), [3, 3, 3]);
    assert.deepEqual(lagsOf(gold, 3, true), [1, 3, 5]);
  });
  it('skip what comes from nowhere', () => assert.deepEqual(lagsOf([[], [1]], 3, false), [3]));
});
