// A claim about trained nets: held in the median of the seeds, and the seeds in which it does not hold are named.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { claimOfMedian } from '../../../lib/experiments/kit/claim.ts';

const right = (values: readonly number[]) => claimOfMedian('right', 'more than 90 % are right', values, '>', 90, 5);

describe('a claim over seeds', () => {
  it('holds in the median and names the seed that did not converge', () => {
    const { holds, measured, says } = right([97, 12, 95]);
    assert.ok(holds);
    assert.equal(measured, 95);
    assert.equal(says, 'more than 90 % are right, in the median of 3 seeds (not in seed 6)');
  });
  it('fails where most of the seeds fail', () => {
    const { holds, says } = right([97, 12, 80]);
    assert.ok(!holds);
    assert.match(says, /\(not in seeds 6, 7\)$/);
  });
  it('takes a seed that diverged for the worst there is, whichever way it is measured', () => {
    assert.equal(right([Number.NaN, 95, 99]).measured, 95);
    assert.ok(right([Number.NaN, 95, 99]).holds);
    assert.ok(!right([Number.NaN, Number.NaN, 99]).holds);
    const below = claimOfMedian('loss', 'the loss is below 1', [Number.NaN, 0.5, 0.2], '<', 1, 1);
    assert.equal(below.measured, 0.5);
    assert.match(below.says, /\(not in seed 1\)$/);
  });
  it('is about that one seed where there is one, and never holds on NaN', () => {
    assert.equal(right([97]).says, 'more than 90 % are right');
    assert.ok(!right([Number.NaN]).holds);
    assert.ok(!claimOfMedian('loss', 'the loss is below 1', [Number.NaN], '<', 1, 1).holds);
  });
});
