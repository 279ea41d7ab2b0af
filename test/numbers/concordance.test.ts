// The concordance index: by hand, against the count of all pairs, and what moves it not.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concordance } from '../../lib/numbers/statistics.ts';
import fc from '../fast-check.ts';

/** The definition, pair by pair. */
function counted(values: readonly number[], labels: readonly number[]): number {
  let [agree, pairs] = [0, 0];
  for (const [i, low] of labels.entries())
    for (const [j, high] of labels.entries()) {
      if (low >= high) continue;
      pairs++;
      agree += values[i]! < values[j]! ? 1 : values[i] === values[j] ? 0.5 : 0;
    }
  return agree / pairs;
}

const pairs = fc.array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.nat(4)), { minLength: 2, maxLength: 40 });

describe('concordance', () => {
  it('is 1, ½ and 0 where it must be', () => {
    assert.equal(concordance([1, 2, 3, 4], [0, 0, 1, 1]), 1);
    assert.equal(concordance([4, 3, 2, 1], [0, 1, 2, 3]), 0);
    assert.equal(concordance([7, 7, 7, 7], [0, 1, 0, 1]), 0.5);
  });
  it('is NaN where a value is, and comes to an end', () => {
    assert.ok(Number.isNaN(concordance([1, Number.NaN, 2], [0, 1, 0])));
  });
  it('is 5/6 by hand: of six pairs one is the wrong way round', () => {
    assert.equal(concordance([0.1, 0.4, 0.35, 0.8, 0.9], [0, 0, 1, 1, 1]), 5 / 6);
  });
  it('is the share of the pairs, ties and all', () => {
    fc.assert(
      fc.property(pairs, (all) => {
        const [values, labels] = [all.map(([v]) => v), all.map(([, l]) => l)];
        const [got, expected] = [concordance(values, labels), counted(values, labels)];
        assert.ok(Number.isNaN(expected) ? Number.isNaN(got) : Math.abs(got - expected) < 1e-12);
      }),
    );
  });
  it('turns round with the values, and is moved by no rising function of them', () => {
    fc.assert(
      fc.property(pairs, (all) => {
        const [values, labels] = [all.map(([v]) => v), all.map(([, l]) => l)];
        fc.pre(new Set(labels).size > 1);
        const index = concordance(values, labels);
        assert.ok(
          Math.abs(
            concordance(
              values.map((v) => -v),
              labels,
            ) -
              (1 - index),
          ) < 1e-12,
        );
        assert.equal(
          concordance(
            values.map((v) => v * v * v + 7),
            labels,
          ),
          index,
        );
      }),
    );
  });
});
