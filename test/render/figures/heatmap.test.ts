// Heatmaps: cells under the characters that drive them.
// biome-ignore-all lint/suspicious/noControlCharactersInRegex: finding them is the point

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnsOf } from '../../../lib/render/columns.ts';
import { renderFigure } from '../../../lib/render/figure.ts';
import type { HeatmapFigure } from '../../../lib/render/result.ts';
import { gates, states } from '../samples.ts';

const options = { width: 80, height: 40, colour: 0, unicode: true } as const;

function map(names: string[], rows: number[][], kind: 'diverging' | 'sequential' = 'diverging'): HeatmapFigure {
  return {
    kind: 'heatmap',
    title: 'Map',
    rows: { label: 'unit', names: rows.map((_, row) => `h ${row + 1}`) },
    columns: { label: 'character', names },
    values: rows,
    scale: { kind, low: -1, high: 1 },
  };
}

test('every cell stands under its character', () => {
  const [, header = '', first = ''] = renderFigure(states, options).split('\n');
  assert.ok(header.endsWith('t h e   b a n k   o f   t h e   r i v e r'));
  assert.match(first, /^ {2}h 1 {3}/);
  assert.equal(columnsOf(first), columnsOf(header));
});

test('the sign can be read without colour: strokes below zero, a dot at zero, shades above', () => {
  const [, , row] = renderFigure(map([...'abcdefg'], [[-1, -0.67, -0.33, 0, 0.33, 0.67, 1]]), options).split('\n');
  assert.equal(row, '  h 1  ≡ = - · ░ ▒ █');
});

test('the legend says what each shade means', () => {
  assert.match(renderFigure(gates, options), /· 0 {3}░ 0\.25 {3}▒ 0\.5 {3}▓ 0\.75 {3}█ 1$/);
});

test('a diverging scale is centred on zero even where its ends are not', () => {
  const figure = { ...map(['a'], [[0]]), scale: { kind: 'diverging' as const, low: -1, high: 3 } };
  assert.match(renderFigure(figure, options), /h 1 {2}·/);
});

test('at 40 columns the cells close up and the text reads as it is', () => {
  assert.match(renderFigure(states, { ...options, width: 40 }), /the bank of the river/);
});

test('text that is longer than the line goes on below, in blocks', () => {
  const names = [...'it was the best of times it was the worst of times'];
  const drawn = renderFigure(map(names, [names.map(() => 0.5)]), { ...options, width: 40 });
  assert.equal(drawn.match(/^ {2}h 1/gm)?.length, 2);
  const cells = drawn
    .split('\n')
    .filter((line) => line.startsWith('  h 1'))
    .map((line) => line.slice(7))
    .join('');
  assert.equal(cells.length, names.length);
});

test('very long text is pooled, it is said, and the farthest value from zero survives', () => {
  const values = Array.from({ length: 900 }, (_, step) => (step === 450 ? -1 : 0.4));
  const drawn = renderFigure(
    map(
      values.map(() => 'a'),
      [values],
    ),
    options,
  );
  assert.match(drawn, /Each cell stands for \d steps and shows the one farthest from zero\./);
  assert.match(drawn, /░≡░/);
});

test('wide characters and accents keep the cells under their characters', () => {
  const drawn = renderFigure(map([...'漢字', 'e\u0301', 'a'], [[1, 1, 1, 1]]), options).split('\n');
  assert.equal(columnsOf(drawn[1] ?? ''), 7 + 2 * 3 + 1);
  assert.equal(drawn[2], '  h 1  █ █ █ █');
});

test('a line break in the text is one visible character', () => {
  const figure = map(['a', '\n', 'b'], [[0, 0, 0]]);
  assert.match(renderFigure(figure, options), /a ␊ b/);
  assert.match(renderFigure(figure, { ...options, unicode: false }), /a \/ b/);
});

test('samples as names are written where there is room', () => {
  const names = Array.from({ length: 30 }, (_, index) => (index / 10).toFixed(2));
  const header = renderFigure(map(names, [names.map(() => 0)]), options).split('\n')[1] ?? '';
  assert.match(header, /^ {7}0\.00 {2}0\.30 {2}0\.60/);
});

test('what is not a number is marked and named', () => {
  assert.match(renderFigure(map(['a'], [[Number.NaN]]), options), /h 1 {2}\?[\s\S]*\? not finite/);
});

test('colours are blocks with a scale; low is blue, high is orange', () => {
  const drawn = renderFigure(map(['a', 'b'], [[-1, 1]]), { ...options, colour: 3 });
  assert.match(drawn, /\u001b\[48;2;5;80;160m/);
  assert.match(drawn, /\u001b\[48;2;190;75;0m/);
  assert.match(renderFigure(map(['a'], [[-1]]), { ...options, colour: 2 }), /\u001b\[48;5;\d+m/);
});

test('more rows than lines are not dropped silently', () => {
  const rows = Array.from({ length: 64 }, () => [0.5]);
  assert.match(renderFigure(map(['a'], rows), { ...options, height: 24 }), /46 more rows do not fit/);
});

test('plain: where each unit is highest and lowest', () => {
  const drawn = renderFigure(map(['a', ' '], [[0.1, -0.9]]), { ...options, plain: true });
  assert.match(drawn, /h 1: highest 0\.1 at step 1 \(a\), lowest -0\.9 at step 2 \(a space\), mean -0\.4\./);
});

test('the halves of a flag and a skin tone stand over their own cells, joined as a terminal joins them', () => {
  const names = [...'a🇳🇱b👍🏽c'];
  const drawn = renderFigure(map(names, [names.map((_, i) => i)]), { ...options, width: 60 }).split('\n');
  const head = drawn.find((line) => line.includes('a '))!;
  // Two columns for each step, and what is joined takes two of its four.
  assert.equal(head.trim(), 'a 🇳🇱  b 👍🏽  c');
});
