// Tables and text figures.
// biome-ignore-all lint/suspicious/noControlCharactersInRegex: finding them is the point

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderFigure } from '../../../lib/render/figure.ts';
import { reach } from '../samples.ts';

const options = { width: 80, height: 24, colour: 0, unicode: true } as const;

test('columns without boxes, numbers at the right with their unit', () => {
  assert.deepEqual(renderFigure(reach, options).split('\n').slice(0, 2), [
    ' cell   decay a step   reaches back   σ max of one step   verdict',
    ' lstm           0.81       22 steps                1.04   vanishes, slowly',
  ]);
});

test('decimal points stand under one another', () => {
  const figure = {
    kind: 'table' as const,
    title: '',
    columns: [{ title: 'n', align: 'right' as const }],
    rows: [[0.812], [12.3], [123]],
  };
  assert.deepEqual(renderFigure(figure, options).split('\n'), ['       n', '   0.812', '  12.3', ' 123']);
});

test('one of a unit is singular, and its number still stands under the others', () => {
  const figure = { ...reach, columns: [reach.columns[2]!], rows: [[22], [1], [0.5]] };
  assert.deepEqual(renderFigure(figure, options).split('\n').slice(1), [
    '     22 steps',
    '      1 step',
    '    0.5 steps',
  ]);
  assert.match(renderFigure(figure, { ...options, plain: true }), /reaches back: 1 step\./);
});

test('with less room the columns move together, then titles are folded, the lower lines on the numbers', () => {
  const wide = renderFigure(reach, { ...options, width: 80 });
  const first = wide.split('\n')[0]!;
  const whole = Math.max(...wide.split('\n').map((line) => line.length));
  const closer = renderFigure(reach, { ...options, width: whole - 1 });
  assert.equal(closer.split('\n')[0]!.replaceAll(/ {2,}/g, '  '), first.replaceAll(/ {2,}/g, '  '));
  const folded = renderFigure(reach, { ...options, width: whole - 12 });
  const lines = folded.split('\n');
  assert.equal(lines.length, wide.split('\n').length + 1);
  assert.match(lines[0]!, /^ +decay +reaches +σ max of$/);
  assert.match(lines[1]!, /^ cell +a step +back +one step +verdict$/);
  assert.ok(lines.every((line) => line.length <= whole - 12));
});

test('too narrow for the columns: a record a row', () => {
  const drawn = renderFigure(reach, { ...options, width: 40 });
  assert.match(drawn, /^ lstm\n {3}decay a step: 0\.81\n {3}reaches back: 22 steps$/m);
});

test('plain: a sentence a row', () => {
  assert.match(
    renderFigure(reach, { ...options, plain: true }),
    /^cell: lstm; decay a step: 0\.81; reaches back: 22 steps; sigma max of one step:\n {2}1\.04; verdict: vanishes, slowly\.$/m,
  );
});

test('an empty table says so', () => {
  assert.match(renderFigure({ ...reach, rows: [] }, options), /^ No rows \(cell, decay a step/);
});

test('colour marks names and comments of equations and changes nothing else', () => {
  const lines = ['  f = sigmoid(W_f * h_prev)   # forget'];
  const drawn = renderFigure({ kind: 'text', title: '', language: 'equations', lines }, { ...options, colour: 1 });
  assert.equal(drawn.replace(/\u001b\[\d+m/g, ''), lines[0]);
  assert.match(drawn, /\u001b\[36msigmoid\u001b/);
});
