// unroll attention, and the cells it makes, on what a user gives.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stackTrace, unroll } from './run-unroll.ts';

const quick = ['--updates', '5', '--lengths', '6'];

describe('unroll attention', () => {
  it('takes a source of your own, as long as it is', () => {
    const { code, out, err } = unroll([
      'attention',
      '--source',
      'badcafe',
      '--step',
      '7',
      ...quick.slice(0, 2),
      '--lengths',
      '2',
    ]);
    assert.equal(err, '');
    assert.equal(code, 0);
    assert.match(out, /S 7/);
    assert.match(out, /b a d c a f e\n/);
    assert.match(out, /at output 7, ".", which comes from source symbol 7/);
  });
  it('takes another cell, or one of your own', () => {
    for (const cell of ['lstm', 'h = tanh(W * h_prev + U * x)']) {
      const { code, out } = unroll(['attention', cell, '--compare', 'dot', ...quick]);
      assert.equal(code, 0);
      assert.match(out, /C\w* \* context/);
    }
  });
  it('fits 40 columns, equations apart, and is ASCII where that is asked for', () => {
    const { out } = unroll(['attention', '--width', '40', '--ascii', '--step', '1', ...quick]);
    assert.doesNotMatch(out, /[^\n\x20-\x7e]/);
    const wide = out.split('\n').filter((line) => line.length > 40);
    assert.ok(
      wide.every((line) => / = .*#|=/.test(line)),
      wide.join('\n'),
    );
  });

  const wrong: readonly (readonly [args: readonly string[], says: RegExp])[] = [
    [['--task', 'revesal'], /no task from one sequence to another named `revesal`[\s\S]*did you mean `reversal`/],
    [['--compare', 'plain,aditive'], /no way to hand over named `aditive`[\s\S]*did you mean `additive`/],
    [['--compare', ''], /no way to hand over named ``/],
    [['--steps', '1'], /from 2 to 50/],
    [['--steps', '6', '--step', '7'], /from 1 to 6[\s\S]*there are 6 outputs/],
    [['--step', '2', '--compare', 'plain,reversed'], /Without attention no output has weights/],
    [['--source', 'hello'], /`hello` is no source of copy[\s\S]*badcafe/],
    [['--source', 'abc', '--steps', '6'], /has 3 symbols[\s\S]*take --steps out/],
    [['--task', 'dates', '--source', '31 February 1990'], /no source of dates[\s\S]*3 March 1994/],
    [['--task', 'dates', '--steps', '6'], /17 symbols/],
    [['--task', 'dates', '--lengths', '6'], /differ in length by themselves/],
    [['--bidirectional', '--hidden', '7'], /half of\s+H for each, and 7 is\s+odd[\s\S]*--hidden 8/],
    [
      ['c = c_prev + sum(h_prev); h = tanh(W * h_prev + U * x + c); c : 1', '--bidirectional'],
      /Two directions share H, and `c` does not have H rows[\s\S]*c : 1/,
    ],
    [['--lengths', '2.5'], /not a whole number/],
    [['h = tanh(W * h_prev + x); x : H'], /otherwise than as `U \* x`/],
    [['h = tanh(W * h_prev)'], /reads no input/],
  ];
  for (const [args, says] of wrong)
    it(`refuses: unroll attention ${args.join(' ')}`, () => {
      const { code, out, err } = unroll(['attention', ...args]);
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(err, says);
      assert.doesNotMatch(err, stackTrace);
    });
});

describe('a cell with a read behind a plus', () => {
  it('is shown, derived and checked like any other', () => {
    assert.match(unroll(['cell', 'show', 'lstm+additive']).out, /alpha = softmax\(e\)/);
    const { code, out } = unroll(['cell', 'derive', 'gru+additive']);
    assert.equal(code, 0);
    assert.match(out, /d_e = alpha \.\* \(d_alpha - sum\(alpha \.\* d_alpha\)\)/);
    assert.equal(unroll(['cell', 'show', '-'], { input: out }).code, 0);
    assert.equal(unroll(['cell', 'check', 'gru+dot', 'rnn+additive', '--assert']).code, 0);
  });
  it('is refused where there is no memory', () => {
    for (const line of [
      'states gru+dot',
      'gates gru+dot',
      'gradients rnn gru+dot',
      'train adding gru+dot',
      'attention gru+dot',
    ]) {
      const { code, err } = unroll(line.split(' '));
      assert.equal(code, 2);
      assert.match(err, /gru\+dot reads a memory, and here there is none/);
    }
  });
  it('may be a file', () => {
    const files = { 'mine.cell': 'h = tanh(W * h_prev + U * x)\n' };
    assert.match(
      unroll(['cell', 'show', 'mine.cell+dot'], { files }).out,
      /h = tanh\(W \* h_prev \+ U \* x \+ C \* context\)/,
    );
  });
});
