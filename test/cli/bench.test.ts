// `unroll bench`: what it prints, what it refuses, and that its FLOPs are those of the equations. How fast it is, no test can hold.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn } from '../../lib/cells/catalogue.ts';
import { sizesFor } from '../../lib/equations/sizes.ts';
import { productFlops } from '../../lib/experiments/flops.ts';
import { stackTrace, unroll } from './run-unroll.ts';

const keys = [
  'cell',
  'hidden',
  'input',
  'steps',
  'batch',
  'engine',
  'forwardMicrosecondsPerStep',
  'trainMicrosecondsPerStep',
  'gflops',
];
type Row = Readonly<Record<string, string | number>>;

const small = ['--steps', '4', '--repeats', '2'];

function rowsOf(args: readonly string[]): readonly Row[] {
  const { code, out, err } = unroll(['bench', ...args, '--format', 'json']);
  assert.equal(err, '');
  assert.equal(code, 0);
  const printed = JSON.parse(out) as { readonly results: readonly Row[] };
  assert.deepEqual(Object.keys(printed), ['results']);
  for (const row of printed.results) {
    assert.deepEqual(Object.keys(row), keys);
    for (const key of keys.slice(6)) assert.ok(Number(row[key]) > 0, `${key} is ${row[key]}`);
  }
  return printed.results;
}

describe('unroll bench', () => {
  it('measures every cell at every size and batch, D as large as H', () => {
    const rows = rowsOf(['gru', '--cell', 'rnn,lstm', '--hidden', '2,3', '--batch', '2', ...small]);
    assert.deepEqual(
      rows.map(({ cell, hidden, input, batch }) => `${cell} ${hidden} ${input} ${batch}`),
      ['gru', 'rnn', 'lstm'].flatMap((cell) => ['2 2 2', '3 3 2'].map((rest) => `${cell} ${rest}`)),
    );
  });

  it('puts both engines side by side', () => {
    const rows = rowsOf(['rnn', '--engine', 'both', '--hidden', '2', '--input', '1', ...small]);
    assert.deepEqual(
      rows.map(({ engine, input, steps }) => `${engine} ${input} ${steps}`),
      ['fast 1 4', 'mathjs 1 4'],
    );
  });

  it('takes GFLOP/s from the training time', () => {
    const [row] = rowsOf(['--hidden', '3', '--input', '5', '--steps', '4', '--batch', '2', '--repeats', '1']);
    // Four gates, each with a product over h (3×3) and one over x (3×5); forward once, backward twice; two sequences.
    const flops = 4 * 2 * (3 * 3 + 3 * 5) * 3 * 2;
    assert.ok(Math.abs(Number(row!.gflops) / (flops / Number(row!.trainMicrosecondsPerStep) / 1000) - 1) < 1e-12);
  });

  it('counts products of matrices and not those of scalars', () => {
    const { program } = builtIn('gru');
    assert.equal(productFlops(program, sizesFor(program, 7, 2)), 3 * 2 * (7 * 7 + 7 * 2));
  });

  it('is a table in text and in CSV', () => {
    const text = unroll(['bench', 'rnn', '--hidden', '2', ...small]);
    assert.equal(text.code, 0);
    assert.match(text.out, /GFLOP\/s/);
    assert.match(text.out, /rnn +2 +2 +4 +1 +fast/);
    assert.match(unroll(['bench', 'rnn', '--hidden', '2', ...small, '--format', 'csv']).out, /training,µs,\d/);
  });

  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['--engine', 'mathjs', '--batch', '1,16'], /mathjs engine runs one sequence at a time[\s\S]*1,16/],
    [['--engine', 'both', '--batch', '2'], /one sequence at a time/],
    [['--engine', 'mathsj'], /did you mean `mathjs`/],
    [['--cell', 'rnn,ltsm'], /did you mean `lstm`/],
    [['--hidden', '8,'], /is not a whole number/],
    [['--hidden', '0'], /--hidden 0 is out of range/],
    [['--repeats', '0'], /--repeats 0 is out of range/],
    [['--hidden', '1024', '--steps', '100000', '--batch', '1024'], /more than fits into memory/],
    [['--format', 'jsn'], /did you mean `json`/],
  ];
  for (const [args, says] of wrong)
    it(`refuses ${args.join(' ')}`, () => {
      const { code, out, err } = unroll(['bench', ...args]);
      assert.match(err, says);
      assert.doesNotMatch(err, stackTrace);
      assert.equal(out, '');
      assert.equal(code, 2);
    });
});
