// unroll variants and unroll bidirectional with what a user brings, and what is wrong with it.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Result } from '../../lib/render/result.ts';
import { stackTrace, unroll } from './run-unroll.ts';

const files = {
  'mine.cell': 'z = sigmoid(V * x)\nh = (1 - z) .* h_prev + z .* tanh(W * h_prev + U * x)\n',
  'book.txt': 'the bank of the river and the bank of the road. '.repeat(20),
};
const quick = ['--seeds', '2', '--updates', '8'];
const resultOf = (out: string) => JSON.parse(out) as Result;

describe('unroll variants', () => {
  it('has the nine of Greff et al. where no cell is named', () => {
    const { code, out, err } = unroll(['variants', ...quick, '--format', 'json']);
    assert.equal(err, '');
    assert.equal(code, 0);
    const { options, figures } = resultOf(out);
    assert.equal((options.cells as string[]).length, 9);
    assert.equal(figures.length, 4);
  });
  it('takes cells of your own, and data', () => {
    const { code, out, err } = unroll(
      ['variants', 'gru', 'mine.cell', '--task', 'text', '--file', 'book.txt', ...quick],
      {
        files,
      },
    );
    assert.equal(err, '');
    assert.equal(code, 0);
    assert.match(out, /Which part of gru matters\?/);
    assert.match(out, /mine +\d/);
  });
  for (const [line, says] of [
    ['variants lstm', /One cell alone cannot be compared/],
    ['variants lstm gru --task addig', /did you mean `adding`/],
    ['variants lstm gru --task text', /wants a text/],
    ['variants lstm gruu', /did you mean `gru`/],
    ['variants lstm gru --updates 0', /from 1 to/],
    ['variants rnn gru --forget-bias 1', /no parameter `b_f`/],
  ] as const)
    it(`refuses: unroll ${line}`, () => refuses(line, says));
});

describe('unroll bidirectional', () => {
  it('takes another task, and a cell', () => {
    const { code, out, err } = unroll(['bidirectional', 'mine.cell', '--task', 'parity', ...quick], { files });
    assert.equal(err, '');
    assert.equal(code, 0);
    assert.match(out, /parity: accuracy at each step/);
    assert.match(out.replace(/\s+/g, ' '), /All of it can be known without the future/);
  });
  for (const [line, says] of [
    ['bidirectional --task two-sines', /the answer is the next input/],
    ['bidirectional --task majorty', /did you mean `majority`/],
    ['bidirectional --steps 2', /from 3 to/],
    ['bidirectional lst', /did you mean `lstm`/],
  ] as const)
    it(`refuses: unroll ${line}`, () => refuses(line, says));
  it('refuses a cell that reads no input', () => {
    const { code, err } = unroll(['bidirectional', 'h = tanh(W * h_prev)']);
    assert.equal(code, 2);
    assert.match(err, /reads no input/);
  });
});

function refuses(line: string, says: RegExp): void {
  const { code, out, err } = unroll(line.split(' '), { files });
  assert.equal(code, 2);
  assert.equal(out, '');
  assert.match(err, says);
  assert.doesNotMatch(err, stackTrace);
}
