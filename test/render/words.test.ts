// The small pieces: numbers, widths, wrapping, transliteration, and the page as a whole.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnsOf, cut, graphemes, padEnd, wrap } from '../../lib/render/columns.ts';
import { renderFigure } from '../../lib/render/figure.ts';
import { toAscii, visible } from '../../lib/render/legible.ts';
import { numeral, numeralApart } from '../../lib/render/numerals.ts';
import { render } from '../../lib/render/render.ts';
import { linearTicks, logTicks } from '../../lib/render/ticks.ts';
import fc from '../fast-check.ts';
import { vanishing } from './samples.ts';

test('numbers have three digits, and an exponent where zeros would have to be counted', () => {
  const cases: [number, string][] = [
    [0, '0'],
    [22, '22'],
    [0.81, '0.81'],
    [0.0123456, '0.0123'],
    [1.2345e-5, '1.2e-5'],
    [4e-9, '4e-9'],
    [123456, '123456'],
    [12345.6, '12346'],
    [999.96, '1000'],
    [1.5e12, '1.5e12'],
    [-0.5, '-0.5'],
    [Number.NaN, 'not finite'],
    [Number.NEGATIVE_INFINITY, '-inf'],
  ]; // prettier-ignore
  for (const [value, text] of cases) assert.equal(numeral(value), text);
});

test('a number is read back within half a percent', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }), (value) => {
      fc.pre(value === 0 || Math.abs(value) > 1e-300);
      assert.ok(Math.abs(Number(numeral(value)) - value) <= 0.051 * Math.abs(value));
    }),
  );
});

test('a measured number is never rounded onto its bound', () => {
  assert.equal(numeralApart(0.99999, 1), '0.99999');
  assert.equal(numeralApart(4.1e-9, 1e-6), '4.1e-9');
});

test('ticks are round numbers inside the axis', () => {
  assert.deepEqual(
    linearTicks(0, 1, 6).map((tick) => tick.label),
    ['0.0', '0.2', '0.4', '0.6', '0.8', '1.0'].map((label) => (label === '0.0' ? '0' : label)),
  );
  assert.deepEqual(
    logTicks(-4, 0, 3).map((tick) => tick.label),
    ['1e-4', '1e-2', '1e0'],
  );
});

test('a log axis of less than two decades is marked at 1, 2 and 5 of each, or at fewer of them', () => {
  const labels = (low: number, high: number, most: number) => logTicks(low, high, most).map((tick) => tick.label);
  assert.deepEqual(labels(0.1, 1.8, 6), ['2', '5', '10', '20', '50']);
  assert.deepEqual(labels(0.1, 1.8, 4), ['3', '10', '30']);
  assert.deepEqual(labels(0.1, 1.8, 2), ['2', '20']);
  assert.deepEqual(labels(-4.2, -2.9, 6), ['1e-4', '2e-4', '5e-4', '1e-3']);
  assert.deepEqual(labels(2.1, 3.9, 6), ['200', '500', '1000', '2000', '5000']);
  for (const { value, label } of logTicks(0.1, 1.8, 6)) assert.ok(Math.abs(10 ** value - Number(label)) < 1e-9);
});

test('in words, what the printed digits do not show is no trend', () => {
  const says = (values: number[]) =>
    renderFigure(
      {
        kind: 'lines',
        title: '',
        x: { label: 't', values: values.map((_, t) => t + 1) },
        y: { label: 'y', scale: 'linear' },
        series: [{ name: 'only', values }],
      },
      { width: 80, height: 24, colour: 0, unicode: true, plain: true },
    );
  assert.match(says([1, 1 + 1e-12, 1 + 3e-9]), /only: steady\. First 1 at t 1, last 1 at t 3/);
  assert.match(says([1, 1, 1]), /only: constant\./);
  assert.match(says([0.5, 0.50001, 0.51, 0.509999, 0.6]), /only: rises throughout\./);
  assert.match(says([1, 1.01, 1.02]), /only: rises throughout\./);
  assert.match(says([3, 2, 1]), /only: falls throughout\./);
});

test('an accent takes no column, an East Asian letter and an emoji two', () => {
  assert.equal(columnsOf('e\u0301'), 1);
  assert.equal(columnsOf('漢字'), 4);
  assert.equal(columnsOf('👩‍👩‍👧'), 2);
  assert.equal(columnsOf('🇩🇪'), 2);
  assert.equal(columnsOf('\u001b[31mred\u001b[39m'), 3);
  assert.equal(columnsOf('‖∂L/∂h_t‖ ─│░█✓·'), 16);
  assert.equal(padEnd('漢', 4), '漢  ');
  assert.equal(cut('vanishing', 5, true), 'vani…');
});

test('wrapping keeps every word and no line is too long', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,30}$/)), fc.integer({ min: 10, max: 60 }), (words, width) => {
      const lines = wrap(words.join(' '), width, { first: ' ', rest: '   ' });
      assert.ok(lines.every((line) => columnsOf(line) <= width));
      assert.equal(lines.join('').replace(/\s/g, ''), words.join(''));
    }),
  );
});

test('mathematics has an ASCII spelling', () => {
  assert.equal(toAscii('‖∂L/∂h_t‖ ≤ σ² · 10⁻³ × ∏ γ → x₁'), '|dL/dh_t| <= sigma^2 . 10^-3 x prod gamma -> x_1');
  assert.equal(toAscii('café Ökonomie 漢'), 'cafe Okonomie ?');
  assert.equal(toAscii('┌─┐│░'), '+-+|.');
});

test('control characters are shown, not obeyed', () => {
  assert.equal(visible('a\u001b[31m\n\u0007', true), 'a␛[31m␊␇');
  assert.equal(visible('a\u001b[31m\n\u009b', false), 'a\\x1b[31m\\n\\x9b');
  assert.equal(visible('\u202eabc', true), '\\u202eabc');
});

const page = { format: 'text', width: 80, height: 24, colour: 0, unicode: true } as const;

test('a page: question and settings, chart, table, claims, notes, and one thing to try next', () => {
  const text = render(vanishing, page);
  const order = [
    'How far back does',
    'H 32 · T 64',
    '‖∂L/∂h_t‖',
    't=64',
    'decay a step',
    '✓ the rnn',
    '✗ the lstm',
    'Every cell was',
    'See it:',
    'unroll gradients rnn lstm --forget-bias 0',
  ];
  const places = order.map((part) => text.indexOf(part));
  assert.ok(
    places.every((place) => place >= 0),
    String(places),
  );
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
  );
  assert.equal(text.match(/H 32 · T 64/g)?.length, 1);
  assert.ok(text.endsWith('\n') && !text.endsWith('\n\n'));
});

test('the numbers of claims end in one column, and a claim that fails says what was expected', () => {
  const claims = render(vanishing, page)
    .split('\n')
    .filter((line) => /^ [✓✗]/.test(line));
  assert.equal(new Set(claims.map(columnsOf)).size, 1);
  assert.match(render(vanishing, page), /✗ .*19 of 20\n {5}expected at least 20\n/);
});

test('quiet leaves out the notes and what to try next', () => {
  assert.doesNotMatch(render(vanishing, { ...page, quiet: true }), /Every cell|See it/);
});

test('plain claims are sentences', () => {
  const text = render(vanishing, { ...page, plain: true });
  assert.match(text, /^Holds: the rnn's gradient/m);
  assert.match(text, /^Does not hold: the lstm .*\n? *.*Measured: 19 of 20;\s+expected at least 20\.$/m);
});

test('a text of any length is taken apart into the same characters', () => {
  const characters = [
    'a',
    'e\u0301',
    '\u6f22',
    '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
    '\u{1f1e8}\u{1f1ed}',
    '\r\n',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...characters), { minLength: 300, maxLength: 2000 }), (text) => {
      assert.deepEqual(graphemes(text.join('')), text);
    }),
    { numRuns: 30 },
  );
});
