// Line charts, read as a student would read them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderFigure } from '../../../../lib/render/figure.ts';
import { resample } from '../../../../lib/render/figures/lines/resample.ts';
import type { LinesFigure } from '../../../../lib/render/result.ts';
import fc from '../../../fast-check.ts';
import { gradients, loss } from '../../samples.ts';

const options = { width: 80, height: 24, colour: 0, unicode: true } as const;

function curve(values: (number | null)[], scale: 'linear' | 'log' = 'linear'): LinesFigure {
  return {
    kind: 'lines',
    title: 'A curve',
    x: { label: 't', values: values.map((_, index) => index + 1) },
    y: { label: 'y', scale },
    series: [{ name: 'only', values }],
  };
}

test('curves over thirteen decades: decades on the axis, first and last step below, three strokes told apart', () => {
  const drawn = renderFigure(gradients, options);
  for (const label of ['1e0 ┤', '1e-12 ┤', 't=1 ', 't=64', '── lstm', '━━ rnn', '══ gru'])
    assert.ok(drawn.includes(label), label);
  const [first = '', second = ''] = drawn.split('\n');
  assert.match(first, /^‖∂L\/∂h_t‖.* {3,}H 32 · T 64 · 20 seeds$/);
  assert.match(second, /^ +1e0 ┤ .*═$|^ +1e0 ┤ .*[─━═]$/);
});

test('a rising line rises: the first column is at the bottom, the last at the top', () => {
  const rows = renderFigure(curve([0, 1, 2, 3, 4]), options)
    .split('\n')
    .filter((line) => /[┤│]/.test(line));
  assert.match(rows[0] ?? '', /─$/);
  assert.match(rows.at(-1) ?? '', /[┤│]─/);
});

test('a range given for the axis is shown, however little the values move; values beyond it too', () => {
  const of = (values: number[], range: { low: number; high: number }) => {
    const figure = curve(values);
    return { ...figure, y: { ...figure.y, range } };
  };
  const drawn = renderFigure(of([0.5, 0.51, 0.52], { low: 0, high: 1 }), options);
  assert.match(drawn, /^ 1\.0 ┤$/m);
  assert.match(drawn, /^ +0 ┤$/m);
  assert.equal(drawn.split('\n').filter((line) => line.includes('──')).length, 3, 'a level line, the axis, the legend');
  assert.match(renderFigure(of([0.5, 2], { low: 0, high: 1 }), options), /^ 2\.0 ┤/m);
  assert.match(
    renderFigure(of([0.5, 0.6], { low: 0, high: 1 }), { ...options, plain: true }),
    /on an axis from 0 to 1/,
  );
});

test('numbers at the axis stand at least two rows apart, and there is always one', () => {
  const of = fc.array(fc.double({ min: 1e-12, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 20 });
  fc.assert(
    fc.property(of, fc.constantFrom('linear', 'log'), fc.integer({ min: 8, max: 60 }), (values, scale, height) => {
      const drawn = renderFigure(curve(values, scale), { ...options, height });
      const rows = drawn.split('\n').filter((line) => /[┤│]/.test(line));
      const marked = rows.flatMap((line, row) => (/\d ┤/.test(line) ? [row] : []));
      assert.ok(marked.length > 0, drawn);
      assert.ok(
        marked.every((row, index) => index === 0 || row - marked[index - 1]! >= 2),
        drawn,
      );
    }),
    { numRuns: 300 },
  );
});

test('a low chart of less than two decades has a number at its axis, too', () => {
  const drawn = renderFigure(curve([4, 0.1000000002], 'log'), { ...options, height: 8 });
  assert.match(drawn, /\d ┤/);
});

test('steps are whole, and so are the numbers under them', () => {
  const below = (points: number, width: number) =>
    renderFigure(curve(Array.from({ length: points }, (_, t) => t)), { ...options, width })
      .split('\n')
      .find((line) => line.includes('t=1'));
  assert.match(below(3, 80)!, /^ +t=1 +2 +t=3$/);
  for (const points of [2, 3, 4, 5, 7, 12])
    for (const width of [40, 80, 200]) assert.doesNotMatch(below(points, width)!, /\./);
});

test('a spike of one point among two thousand reaches the top of the chart', () => {
  const values = Array.from({ length: 2000 }, (_, index) => (index === 1003 ? 10 : 1));
  const drawn = renderFigure(curve(values), options);
  const top = drawn.split('\n').find((line) => line.includes('10 ┤'));
  assert.match(top ?? '', /┤ +[╭╮│─]+/);
});

test('resampling keeps the least and the greatest value', () => {
  const x = Array.from({ length: 1000 }, (_, index) => index);
  const y = x.map((value) => Math.sin(value * 1.7) * value);
  const { low, high } = resample(x, y, 60);
  assert.equal(Math.min(...low), Math.min(...y));
  assert.equal(Math.max(...high), Math.max(...y));
});

test('fewer points than columns are joined by straight lines', () => {
  assert.deepEqual(resample([0, 1, 2], [0, 4, 0], 5).line, [0, 2, 4, 2, 0]);
});

test('a gap stays a gap', () => {
  const { line } = resample([0, 1, 2, 3], [1, Number.NaN, 1, 1], 7);
  assert.deepEqual(line.map(Number.isNaN), [false, true, true, true, false, false, false]);
});

test('zero and below on a log scale are gaps, and it is said', () => {
  const drawn = renderFigure(curve([1, 0, -1, 0.1], 'log'), options);
  assert.match(drawn, /only: 2 of 4 values are zero or below, which a log scale cannot show\./);
});

test('NaN and infinity are left out, and it is said', () => {
  assert.match(
    renderFigure(curve([1, Number.NaN, Number.POSITIVE_INFINITY, 2]), options),
    /2 of 4 values are not finite and left out\./,
  );
});

test('nothing to draw is said in words', () => {
  assert.match(renderFigure(curve([null, null]), options), /Nothing to draw/);
  assert.match(renderFigure(curve([]), options), /Nothing to draw/);
  assert.match(renderFigure({ ...curve([1]), series: [] }, options), /no series/);
});

test('a constant and a single point are drawn, and named as such', () => {
  assert.match(renderFigure(curve([2, 2, 2]), options), /┤─{40,}[\s\S]*the same value everywhere, 2\./);
  assert.match(renderFigure(curve([2]), options), /•[\s\S]*Only one point, at t 1\./);
});

test('a curve of one point among others is named as such', () => {
  const figure = curve([null, 3, null, null]);
  const two = { ...figure, series: [...figure.series, { name: 'whole', values: [1, 2, 3, 4] }] };
  const drawn = renderFigure(two, options);
  assert.match(drawn, /only \(one point, at t 2\)/);
  assert.doesNotMatch(drawn, /whole \(/);
});

test('a long name in the legend goes on in the next line, whole', () => {
  const name = 'the error of a model that hears its own words and was never told what was true';
  const figure = curve([1, 2, 3]);
  const reference = { label: 'what a model knows that has never been told anything at all', value: 2 };
  const drawn = renderFigure(
    { ...figure, series: [{ name, values: [1, 2, 3] }], reference },
    { ...options, width: 40 },
  );
  const legend = drawn.slice(drawn.indexOf('── the')).replace(/\s+/g, ' ');
  assert.equal(legend, `── ${name} ╌╌╌ ${reference.label} (2)`);
  for (const line of drawn.split('\n')) assert.ok([...line].length <= 40, line);
});

test('the reference line and the band are drawn and named', () => {
  const drawn = renderFigure(loss, options);
  assert.match(drawn, /╌{10}/);
  assert.match(drawn, /╌╌╌ chance \(2\.4\)/);
  assert.match(drawn, /·· range over seeds/);
});

function several(...curves: { name: string; values: number[]; band?: boolean }[]): LinesFigure {
  return {
    ...curve(curves[0]!.values),
    series: curves.map(({ name, values, band }) => ({
      name,
      values,
      ...(band ? { band: { low: values.map((value) => value - 1), high: values.map((value) => value + 1) } } : {}),
    })),
  };
}

test('where two curves coincide, both can be seen, and the legend says whose line the second is on', () => {
  const both = several({ name: 'a', values: [1, 2] }, { name: 'b', values: [1, 2] }, { name: 'c', values: [2, 1] });
  const drawn = renderFigure(both, options);
  assert.match(drawn, /─━|━─/);
  assert.match(drawn, /── a {3}━━ b \(on the line of a\) {3}══ c$/m);
  assert.match(renderFigure(both, { ...options, plain: true }), /b has nearly the values of a\./);
});

test('a curve that leaves the line of another for more than a tenth of the way has a line of its own', () => {
  const flat = new Array<number>(20).fill(0);
  const drawn = (last: number) =>
    renderFigure(
      several({ name: 'a', values: flat }, { name: 'b', values: flat.map((_, t) => (t < 20 - last ? 0 : 1)) }),
      options,
    );
  assert.match(drawn(2), /on the line of a/);
  assert.doesNotMatch(drawn(3), /on the line of/);
});

test('three bands are drawn, each with its mark in the legend; a fourth would hide them, so there are none, and it is said', () => {
  const banded = (count: number) =>
    several(
      ...['a', 'b', 'c', 'd'].slice(0, count).map((name, k) => ({ name, values: [3 * k, 3 * k + 0.5], band: true })),
    );
  assert.match(renderFigure(banded(3), options), /·· ░░ :: range over seeds/);
  const drawn = renderFigure(banded(4), options);
  assert.doesNotMatch(drawn, /░/);
  assert.match(drawn, /Not drawn, since 4 would hide one another: the ranges over seeds\./);
  assert.match(renderFigure(banded(4), { ...options, plain: true }), /d, range over seeds: 8 to 10 at t 1/);
});

test('in ASCII several curves are drawn with a mark each', () => {
  const drawn = renderFigure(gradients, { ...options, unicode: false });
  for (const part of ['** lstm', 'oo rnn', '++ gru', '|dL/dh_t|']) assert.ok(drawn.includes(part), part);
});

test('plain: the first, last, smallest and largest value and the trend, in words', () => {
  const drawn = renderFigure(curve([3, 2, 1, 0.5]), { ...options, plain: true });
  assert.match(
    drawn,
    /only: falls throughout\. First 3 at t 1, last 0\.5 at t 4, smallest 0\.5 at t 4,\s+largest 3 at t 1\./,
  );
});

test('a logarithmic x axis gives every decade as much room, and leaves out what it has no place for', () => {
  const decades: LinesFigure = {
    kind: 'lines',
    title: 'Decades',
    x: { label: 't', values: [0, 1, 10, 100, 1000], scale: 'log' },
    y: { label: 'y', scale: 'linear' },
    series: [{ name: 'straight', values: [99, 0, 1, 2, 3] }],
  };
  const drawn = renderFigure(decades, { width: 60, height: 24, colour: false, unicode: true });
  const axis = drawn.split('\n').find((line) => line.includes('t=1 '))!;
  assert.match(axis, /t=1 +10 +100 +t=1000$/);
  const [first, second] = [axis.indexOf('10'), axis.indexOf('100')];
  assert.ok(Math.abs(second - first - (first - axis.indexOf('t=1'))) <= 2);
  // A power law is a straight line: the value at 0 is nowhere, so the axis of y ends at 3.
  assert.doesNotMatch(drawn, /99/);
});
