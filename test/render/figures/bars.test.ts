// Bars with their numbers, as they stand on a terminal.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderFigure } from '../../../lib/render/figure.ts';
import type { BarsFigure } from '../../../lib/render/result.ts';

const weights: BarsFigure = {
  kind: 'bars',
  title: 'Weights',
  rows: { label: 'source', names: ['1 a', '2 b', '3 c', '4 d'] },
  values: [0.5, 0.25, 0, 1],
  most: 1,
};
const look = { width: 32, height: 24, colour: 0, unicode: true } as const;

test('a bar is as long as its share of the longest, to an eighth of a character', () => {
  assert.equal(
    renderFigure(weights, look),
    ['Weights', '  1 a  0.500 █████████', '  2 b  0.250 ████▌', '  3 c  0.000', '  4 d  1.000 ██████████████████'].join(
      '\n',
    ),
  );
});

test('in ASCII it is drawn with #, and in words it is a list', () => {
  assert.match(renderFigure(weights, { ...look, unicode: false }), /1 a {2}0\.500 #########\n/);
  assert.match(renderFigure(weights, { ...look, plain: true }), /\n1 a: 0\.500\.\n2 b: 0\.250\.\n/);
});

test('what is counted has no decimals', () => {
  const counts = { ...weights, values: [3, 0, 12, 1], most: 12, whole: true } as const;
  assert.match(renderFigure(counts, look), /1 a {3}3 █████▎\n {2}2 b {3}0\n {2}3 c {2}12 █/);
  assert.match(renderFigure(counts, { ...look, plain: true }), /1 a: 3\.\n/);
});

test('no bar for what is negative, no number, or above the longest by more than it can be', () => {
  const odd = { ...weights, values: [-1, Number.NaN, Number.POSITIVE_INFINITY, 2] };
  const lines = renderFigure(odd, look).split('\n');
  assert.deepEqual(lines.slice(1, 3), ['  1 a      -1.000', '  2 b  not finite']);
  assert.equal(lines[3]!.replace(/[^█]/g, '').length, lines[4]!.replace(/[^█]/g, '').length);
});

test('nothing to draw is said', () => assert.match(renderFigure({ ...weights, values: [] }, look), /Nothing to draw/));
