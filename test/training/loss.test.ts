// The losses that train, derived from their equations, against what a textbook writes: softmax less the target, twice the error.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { random } from '../../lib/numbers/random.ts';
import type { LossKind } from '../../lib/tasks/task.ts';
import { lossOf } from '../../lib/training/loss.ts';

const [rows, O] = [40, 5];
const rng = random(1);
const outputs = Float64Array.from({ length: rows * O }, () => 3 * rng.normal());
const weights = Float64Array.from({ length: rows }, () => (rng.uniform() < 0.3 ? 0 : rng.uniform()));
const total = weights.reduce((a, b) => a + b);

/** [loss, gradient] of one row. */
type ByHand = (y: readonly number[], row: number) => readonly [number, readonly number[]];

const numbers = Float64Array.from({ length: rows * O }, () => rng.normal());
const classes = Float64Array.from({ length: rows }, () => rng.below(O));
const cases: Record<LossKind, { targets: Float64Array; byHand: ByHand }> = {
  'squared error': {
    targets: numbers,
    byHand: (y, row) => {
      const errors = y.map((v, j) => v - numbers[row * O + j]!);
      return [errors.reduce((sum, e) => sum + e * e, 0), errors.map((e) => 2 * e)];
    },
  },
  'cross-entropy': {
    targets: classes,
    byHand: (y, row) => {
      const parts = y.map(Math.exp);
      const sum = parts.reduce((a, b) => a + b);
      const p = parts.map((part) => part / sum);
      return [-Math.log(p[classes[row]!]!), p.map((v, j) => v - (j === classes[row] ? 1 : 0))];
    },
  },
};

describe('a loss', () => {
  for (const [kind, { targets, byHand }] of Object.entries(cases))
    it(kind, () => {
      const loss = lossOf(kind as LossKind, O, { rows: rows + 3, gradients: true });
      const gradients = new Float64Array(rows * O).fill(9);
      const found = loss({ outputs, targets, weights }, gradients);
      let expected = 0;
      for (let row = 0; row < rows; row++) {
        const [one, gradient] = byHand([...outputs.subarray(row * O, (row + 1) * O)], row);
        expected += (weights[row]! * one) / total;
        for (const [j, g] of gradient.entries())
          assert.ok(Math.abs(gradients[row * O + j]! - (weights[row]! * g) / total) < 1e-15);
      }
      assert.ok(Math.abs(found - expected) < 1e-14);
      assert.equal(lossOf(kind as LossKind, O, { rows, gradients: false })({ outputs, targets, weights }), found);
    });
  it('is 0, and so are its gradients, where nothing counts', () => {
    const gradients = new Float64Array(rows * O).fill(9);
    const loss = lossOf('cross-entropy', O, { rows, gradients: true });
    assert.equal(loss({ outputs, targets: classes, weights: new Float64Array(rows) }, gradients), 0);
    assert.ok(gradients.every((g) => g === 0));
  });
});
