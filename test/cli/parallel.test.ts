// `unroll parallel`: what it refuses, and its second thread, which must be found from the built program.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stackTrace, unroll } from './run-unroll.ts';

describe('unroll parallel', () => {
  it('measures on two threads when it is told to, and only then', () => {
    const result = (...args: string[]) => {
      const { code, out, err } = unroll(['parallel', 'gru', '--length', '16', ...args, '--format', 'json']);
      assert.equal(err, '');
      assert.equal(code, 0);
      return JSON.parse(out) as Read;
    };
    const { figures, claims } = result('--measure');
    const table = figures.find(({ title }) => title.startsWith('On this machine'))!;
    assert.equal(table.rows!.length, 2);
    for (const [, one, two, gain] of table.rows as [string, number, number, number][]) {
      assert.ok(one > 0 && two > 0);
      assert.ok(Math.abs(gain * two - one) < 1e-9 * one);
    }
    // To hand a step over takes longer than the step, on any machine.
    assert.equal(claims.find(({ id }) => id === 'in-turn-is-slower')?.holds, true);
    assert.ok(!result().figures.some(({ title }) => title.startsWith('On this machine')));
  });

  it('takes a cell of two states of different sizes there and back', () => {
    const cell = 'n = 0.5 * n_prev + sum(x)\nh = tanh(W * h_prev + n * (U * x))\nn : 1';
    const { code, err } = unroll(['parallel', cell, '--length', '16', '--measure']);
    assert.equal(err, '');
    assert.equal(code, 0);
  });

  it('gives the same bytes for the same seed', () => {
    const bytes = () => unroll(['parallel', '--length', '32', '--format', 'json']).out;
    assert.equal(bytes(), bytes());
  });

  for (const [args, says] of [
    [['--weights', 'flop'], /did you mean `flops`/],
    [['--workers', '0'], /--workers 0 is too small/],
    [['--steps', '40'], /--steps 40 is too large[\s\S]*--length/],
    [['--length', '4096'], /--length 4096 is too large[\s\S]*pairs/],
    [['h = tanh(W * x)', '--measure'], /has no state/],
  ] as const)
    it(`refuses ${args.join(' ')}`, () => {
      const { code, out, err } = unroll(['parallel', ...args]);
      assert.match(err, says);
      assert.doesNotMatch(err, stackTrace);
      assert.equal(out, '');
      assert.equal(code, 2);
    });
});

interface Read {
  readonly figures: readonly { readonly title: string; readonly rows?: readonly unknown[] }[];
  readonly claims: readonly { readonly id: string; readonly holds: boolean }[];
}
