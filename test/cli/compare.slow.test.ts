// unroll compare: its grammar, what each side is called, and errors that say which side is wrong.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { differences, wordsOf } from '../../lib/cli/command-words.ts';
import type { LinesFigure, Result } from '../../lib/render/result.ts';
import { stackTrace, unroll } from './run-unroll.ts';

const seriesOf = (...args: string[]) => {
  const { out, err, code } = unroll(['compare', ...args, '--format', 'json', '--quiet']);
  assert.equal(err, '');
  assert.equal(code, 0);
  const result = JSON.parse(out) as Result;
  const chart = result.figures.find((figure): figure is LinesFigure => figure.kind === 'lines')!;
  return { result, series: chart.series };
};

describe('a line within a line', () => {
  it('is split as a shell would', () => {
    assert.deepEqual(wordsOf(`gradients  "h = a b" --text='x y' ''`, 'A'), ['gradients', 'h = a b', '--text=x y', '']);
    assert.deepEqual(wordsOf('  ', 'A'), []);
    assert.throws(() => wordsOf('rnn "h', 'A'), /never closed/);
  });
  it('is called by what the other has not', () => {
    const names = (a: string, b: string) => differences(wordsOf(a, 'A'), wordsOf(b, 'B'));
    assert.deepEqual(names('gradients rnn --seeds 2', 'gradients lstm --seeds 2'), ['rnn', 'lstm']);
    assert.deepEqual(names('g lstm --forget-bias 0', 'g lstm --forget-bias 2'), ['forget-bias 0', 'forget-bias 2']);
    assert.deepEqual(names('g lstm', 'g lstm --forget-bias=2'), ['without forget-bias', 'forget-bias=2']);
  });
});

describe('unroll compare', () => {
  it('draws what the commands draw alone, whichever way it is written', () => {
    const alone = (line: string) =>
      (JSON.parse(unroll([...line.split(' '), '--format', 'json']).out) as Result).figures.find(
        (figure): figure is LinesFigure => figure.kind === 'lines',
      )!.series[0]!.values;
    const expected = [alone('gradients rnn --steps 20'), alone('gradients lstm --steps 20 --forget-bias 0')];
    const whole = seriesOf('gradients rnn --steps 20', 'gradients lstm --steps 20 --forget-bias 0');
    const short = seriesOf('rnn', 'lstm --forget-bias 0', '--in', 'gradients --steps 20');
    for (const { series } of [whole, short])
      assert.deepEqual(
        series.map(({ values }) => values),
        expected,
      );
    assert.deepEqual(
      short.series.map(({ name }) => name),
      ['rnn', 'lstm forget-bias 0'],
    );
  });
  it('takes equations as they are, and gives seeds to both', () => {
    const { result } = seriesOf('rnn', 'h = tanh(W * h_prev + U * x)', '--seeds', '3', '--seed', '7');
    for (const side of [result.options.a, result.options.b] as unknown as Result[]) {
      assert.equal(side.seed, 7);
      assert.equal(side.options.seeds, 3);
    }
  });
  it('trains, with the same bytes on one core and on two', () => {
    const line = ['compare', 'rnn', 'gru', '--in', 'train adding --updates 60 --hidden 8', '--seeds', '4', '--quiet'];
    const json = (jobs: string) => unroll([...line, '--jobs', jobs, '--format', 'json']);
    const [one, two] = [json('1'), json('2')];
    assert.equal(one.err, '');
    assert.equal(one.code, 0);
    assert.equal(one.out, two.out);
  });
  it('stands maps side by side at 80 columns and one below the other at 40 and in words', () => {
    const beside = /rnn: all units .*lstm: all units/;
    const out = (...more: string[]) => unroll(['compare', 'rnn', 'lstm', '--in', 'states', ...more]).out;
    assert.match(out(), beside);
    assert.ok(
      out()
        .split('\n')
        .every((line) => [...line].length <= 80),
    );
    for (const more of [['--width', '40'], ['--plain']]) {
      assert.doesNotMatch(out(...more), beside);
      assert.match(out(...more), /lstm: all units/);
    }
  });
  it('reads standard input for both sides', () => {
    const { code, out } = unroll(['compare', 'rnn', 'lstm', '--in', 'states --file -'], { input: 'the bank' });
    assert.equal(code, 0);
    assert.match(out, /8 characters/);
  });
  it('asserts the claims of both', () => {
    const { code, err } = unroll([
      'compare',
      'rnn',
      'rnn --input 1 --hidden 64',
      '--seeds',
      '3',
      '--assert',
      '--quiet',
    ]);
    assert.equal(code, 1);
    assert.match(err, /b\.rnn-vanishes/);
  });
  const wrong: readonly (readonly [args: readonly string[], says: RegExp])[] = [
    [['rnnn', 'lstm'], /^A \(gradients rnnn\).*\n(.*\n)*.*did you mean `rnn`/],
    [['rnn', 'lstm --sede 2'], /^B \(gradients lstm --sede 2\): There is no option --sede/],
    [['rnn', 'h = tanh(W * h_prev .* U * x)'], /^B \(.*:\nequation:1 {2}h/],
    [['rnn', 'lstm --hidden 0'], /^B .*--hidden 0 is too small/],
    [['gradients rnn', 'lstm'], /A is a whole command and B is not/],
    [['rnn', 'rnn'], /Both sides are the same/],
    [['rnn --out x.txt', 'lstm'], /^A .*--out belongs to the whole/],
    [['rnn', 'lstm --help'], /^B .*--help belongs/],
    [['train adding rnn --save x.json', 'train adding gru'], /^A .*--save belongs/],
    [['tour', 'schema'], /^A \(tour\): `tour` has no result/],
    [['compare rnn lstm', 'gradients rnn'], /no result that could be compared/],
    [['rnn "', 'lstm'], /^A: a quotation mark is never closed/],
    [['rnn'], /compare wants two sides/],
    [['rnn', 'lstm', 'gru'], /`gru` is a third/],
    [['rnn', 'lstm', '--in', 'nothing'], /^A \(nothing rnn\)/],
    [['rnn', 'lstm', '--in', 'diagram', '--seeds', '3'], /^A .*no option --seeds/],
  ];
  for (const [args, says] of wrong)
    it(`refuses ${args.join(' | ')}`, () => {
      const { code, out, err, files } = unroll(['compare', ...args]);
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(err, says);
      assert.doesNotMatch(err, stackTrace);
      assert.deepEqual(files, []);
    });
});
