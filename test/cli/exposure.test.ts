// unroll exposure and unroll sampling on what a user brings, and on what is wrong with it.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stackTrace, unroll } from './run-unroll.ts';

const series = `year,co2\n${Array.from({ length: 200 }, (_, i) => `${i},${(i % 12) + 0.01 * i}`).join('\n')}\n`;
const files = {
  'co2.csv': series,
  'flat.csv': `a\n${'3\n'.repeat(100)}`,
  'few.csv': 'a\n1\n2\n3\n',
  'book.txt': 'the bank of the river and the bank of the road. '.repeat(20),
};
const quick = ['--seeds', '1', '--updates', '20'];

describe('unroll exposure', () => {
  it('takes a column of a CSV file, and gives its error in the units of the column', () => {
    const { code, out, err } = unroll(['exposure', '--csv', 'co2.csv', '--column', 'co2', ...quick], { files });
    assert.equal(err, '');
    assert.equal(code, 0);
    assert.match(out, /RMSE of co2/);
    assert.match(out, /last fifth is kept apart/);
  });
  it('takes a text', () => {
    const { code, out } = unroll(['exposure', '--file', 'book.txt', ...quick], { files });
    assert.equal(code, 0);
    assert.match(out, /differs from this one need not be wrong/);
  });
  it('takes a cell, also one of your own', () => {
    const { code, out } = unroll(['exposure', 'h = tanh(W * h_prev + U * x)', ...quick]);
    assert.equal(code, 0);
    assert.match(out, /equation · H 8/);
  });
  it('lives with a series that never changes', () => {
    const { code, err } = unroll(['exposure', '--csv', 'flat.csv', ...quick], { files });
    assert.equal(err, '');
    assert.equal(code, 0);
  });
  it('writes no progress where nobody looks', () => assert.equal(unroll(['exposure', ...quick]).err, ''));

  const wrong: readonly (readonly [line: string, says: RegExp])[] = [
    ['exposure --series two-sine', /did you mean `two-sines`/],
    ['exposure --compare forced,schedule', /did you mean `scheduled`/],
    ['exposure --compare ,', /no way to train named ``/],
    ['exposure --csv few.csv', /3 numbers are too few/],
    ['exposure --csv co2.csv', /has 2 columns of numbers/],
    ['exposure --csv co2.csv --column co2 --steps 60', /at most 39 steps/],
    ['exposure --csv co2.csv --file book.txt', /more than one input/],
    ['exposure --column co2', /goes with --csv/],
    ['exposure --prefix 29', /from 0 to 28/],
    ['exposure --updates 0', /from 1 to/],
    ['sampling --epsilon 2', /from 0 to 1/],
    ['sampling --hidden x', /not a whole number/],
  ];
  for (const [line, says] of wrong)
    it(`refuses: unroll ${line}`, () => {
      const { code, out, err } = unroll(line.split(' '), { files });
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(err, says);
      assert.doesNotMatch(err, stackTrace);
    });
  it('refuses a cell that reads no input', () => {
    const { code, err } = unroll(['exposure', 'h = tanh(W * h_prev)']);
    assert.equal(code, 2);
    assert.match(err, /reads no input/);
  });
});
