// What a second direction costs, beside the formulas.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn, cellOf } from '../../lib/cells/catalogue.ts';
import { asManyParameters, directionCounts, isEven } from '../../lib/experiments/bidirectional/direction-counts.ts';
import { emptyModel } from '../../lib/training/model.ts';

const design = (cell: string, hidden = 8) => ({ cells: [builtIn(cell)], hidden, inputs: 1, outputs: 2 });

describe('the second direction', () => {
  for (const [cell, gates] of [
    ['rnn', 1],
    ['gru', 3],
    ['lstm', 4],
  ] as const)
    it(`of ${cell} doubles the layer and what the head reads, and makes two layers 2.5 times as heavy`, () => {
      const { own, width, deep } = directionCounts(design(cell));
      const layer = gates * (8 * 8 + 8 * 1 + 8);
      assert.deepEqual([own.layer.one, own.layer.both], [layer, 2 * layer]);
      assert.deepEqual([own.headInput.one, own.headInput.both], [8, 16]);
      assert.deepEqual([own.head.one, own.head.both], [2 * 8 + 2, 2 * 16 + 2]);
      assert.deepEqual([width.one, width.both], [512, 1024]);
      const [one, both] = [4 * 64 * 64, 2 * (2 * 64 * 64) + 2 * (64 * 64 + 64 * 128)];
      assert.deepEqual([deep.matrices.one, deep.matrices.both], [gates * one, gates * both]);
      assert.equal(both / one, 2.5);
      assert.deepEqual([deep.layers.one, deep.layers.both], [gates * (one + 128), gates * (both + 256)]);
    });
});

describe('one direction with as many parameters', () => {
  it('for an rnn of 8 units is exactly one of 12', () => {
    const count = (hidden: number, directions: 1 | 2) =>
      emptyModel({ ...design('rnn', hidden), directions }).parameters.length;
    assert.equal(asManyParameters(design('rnn')), 12);
    assert.equal(count(12, 1), count(8, 2));
  });
  it('is one of the same size where no width brings more parameters', () => {
    const bare = { cells: [cellOf('bare', 'h = 2 * x')], hidden: 8, inputs: 1, outputs: 2 };
    assert.equal(asManyParameters(bare), 8);
  });
  for (const cell of ['gru', 'lstm', 'mingru', 'lstm-full-gate-recurrence'])
    it(`for ${cell} is the nearest of all widths`, () => {
      const wanted = emptyModel({ ...design(cell), directions: 2 }).parameters.length;
      const off = (hidden: number) =>
        Math.abs(emptyModel({ ...design(cell, hidden), directions: 1 }).parameters.length - wanted);
      const nearest = Math.min(...Array.from({ length: 40 }, (_, i) => off(i + 1)));
      assert.equal(off(asManyParameters(design(cell))), nearest);
    });
});

describe('a cell with as many matrices on its states as on its input', () => {
  it('is the lstm, and not one whose gates read gates, or that has no state', () => {
    assert.equal(isEven(builtIn('lstm')), true);
    assert.equal(isEven(builtIn('lstm-full-gate-recurrence')), false);
    assert.equal(isEven(cellOf('net', 'h = tanh(W * x + b)')), false);
  });
});
