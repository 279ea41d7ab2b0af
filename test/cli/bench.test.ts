// `unroll bench`: what it prints, what it refuses, and that its FLOPs are those of the equations. How fast it is, no test can hold.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn } from '../../lib/cells/catalogue.ts';
import { sizesFor } from '../../lib/equations/program.ts';
import { type BenchRow, benchResult, productFlops } from '../../lib/experiments/bench-measures.ts';
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
  'finite',
];
type Row = Readonly<Record<string, string | number | boolean>>;

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
    const rows = rowsOf(['gru', 'rnn', 'lstm', '--hidden', '2,3', '--batch', '2', ...small]);
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
    assert.match(text.out, /Medians of 2 measurements/);
    assert.match(text.out, /rnn +2 +2 +4 +1 +fast/);
    assert.match(unroll(['bench', 'rnn', '--hidden', '2', ...small, '--format', 'csv']).out, /training,µs,\d/);
  });

  it('measures several lengths, and fits how the time grows over a factor of ten', () => {
    const lengths = (steps: string) => ['bench', 'rnn', '--hidden', '2', '--repeats', '1', '--steps', steps];
    assert.match(
      unroll(lengths('4,20,40')).out,
      /grows with its length[\s\S]*rnn +2 +2 +1 +fast +4 to 40 +T\^\S+ +T\^\S+\n/,
    );
    for (const few of ['4,8,39', '4,40,40']) assert.doesNotMatch(unroll(lengths(few)).out, /grows with its length/);
    const rows = rowsOf(['rnn', '--hidden', '2', '--repeats', '1', '--steps', '4,20,40']);
    assert.deepEqual(
      rows.map(({ steps }) => steps),
      [4, 20, 40],
    );
  });

  it('finds the exponent of T in the time of the whole sequence', () => {
    const row = { cell: 'rnn', hidden: 2, input: 2, batch: 1, engine: 'fast', gflops: 1, finite: true } as const;
    const rows = [10, 40, 90, 160].map((steps): BenchRow => {
      // T steps of 3 µs each, and T steps of √T µs each: T¹ and T^1.5.
      return { ...row, steps, forwardMicrosecondsPerStep: 3, trainMicrosecondsPerStep: Math.sqrt(steps) };
    });
    const [, growth] = benchResult(rows, 1).figures;
    assert.ok(growth?.kind === 'table');
    assert.deepEqual(growth.rows, [['rnn', 2, 2, 1, 'fast', '10 to 160', 'T^1.00', 'T^1.50']]);
  });

  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['--engine', 'mathjs', '--batch', '1,16'], /mathjs engine runs one sequence at a time[\s\S]*1,16/],
    [['--engine', 'both', '--batch', '2'], /one sequence at a time/],
    [['--engine', 'mathsj'], /did you mean `mathjs`/],
    [['rnn', 'ltsm'], /did you mean `lstm`/],
    [['--steps', '50,x'], /`x` is not a whole number/],
    [['--hidden', '8,'], /is not a whole number/],
    [['--hidden', '0'], /--hidden 0 is too small/],
    [['--repeats', '0'], /--repeats 0 is too small/],
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
