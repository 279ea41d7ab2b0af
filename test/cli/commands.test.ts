// The commands as a script or a student uses them.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { program, unroll } from './run-unroll.ts';

describe('commands', () => {
  it('gives the same bytes for the same seed, and others for another', () => {
    const bytes = (seed: string) => unroll(['gradients', '--seed', seed, '--format', 'json']).out;
    assert.equal(bytes('3'), bytes('3'));
    assert.notEqual(bytes('3'), bytes('4'));
  });

  it('gives the numbers of the fast engine with --engine mathjs', () => {
    const args = ['gradients', 'lstm', '--steps', '20', '--hidden', '4', '--seeds', '2', '--format', 'json'];
    type Read = { figures: { series?: { values: number[] }[]; rows?: unknown[][] }[] };
    const numbersOf = (engine: string): number[] => {
      const { figures } = JSON.parse(unroll([...args, '--engine', engine]).out) as Read;
      return figures
        .flatMap((f) => [...(f.series ?? []).flatMap((s) => s.values), ...(f.rows ?? []).flat()])
        .filter((v) => typeof v === 'number');
    };
    const [fast, slow] = [numbersOf('fast'), numbersOf('mathjs')];
    assert.ok(fast.length > 20);
    assert.equal(fast.length, slow.length);
    for (const [i, value] of fast.entries())
      assert.ok(Math.abs(value - slow[i]!) <= 1e-6 * Math.abs(value), `${value} and ${slow[i]}`);
  });

  it('exits 1 with --assert when a claim does not hold', () => {
    // Inputs of size one leave tanh nearly linear: the gradient of an orthogonal recurrence stays.
    const { code, err } = unroll(['gradients', 'rnn', '--input', '1', '--hidden', '64', '--seeds', '3', '--assert']);
    assert.equal(code, 1);
    assert.match(err, /1 of 1 claims does not hold: rnn-vanishes/);
    assert.equal(unroll(['gradients', '--assert']).code, 0);
  });

  it('reads a cell from standard input, also its own derived text', () => {
    const derived = unroll(['cell', 'derive', 'gru-reset-after']).out;
    const shown = unroll(['cell', 'show', '-'], { input: derived });
    assert.equal(shown.err, '');
    assert.match(shown.out, /dL_h_prev = /);
    assert.match(unroll(['states', '--file', '-'], { input: 'the bank' }).out, /8 characters/);
  });

  it('runs vectors: the numbers of PyTorch, in full precision', () => {
    for (const name of ['rnn', 'lstm', 'gru', 'gru-reset-after', 'lstm-peephole'])
      for (const engine of ['mathjs', 'fast']) {
        const text = readFileSync(`fixtures/oracle/${name}.json`, 'utf8');
        const args = ['cell', 'run', name, '--vectors', 'v.json', '--engine', engine, '--format', 'json'];
        const { out, code } = unroll(args, { files: { 'v.json': text } });
        assert.equal(code, 0);
        const [got, expected] = [JSON.parse(out) as Vectors, JSON.parse(text) as Vectors];
        assert.deepEqual(Object.keys(got.gradients).sort(), Object.keys(expected.gradients).sort());
        assert.ok(apart(got.values, expected.values) < 1e-12);
        assert.ok(apart(got.gradients, expected.gradients) < 1e-12);
        assert.ok(apart(got.loss, expected.loss) < 1e-12);
      }
  });

  it('prints no figure to standard error and no warning for a built-in cell', () => {
    assert.equal(unroll(['cell', 'derive', 'lstm']).err, '');
  });

  it('warns of a name that is most likely a slip', () => {
    const { err, code } = unroll(['cell', 'derive', 'h = tanh(W * h_prev + U * x + h_prve)']);
    assert.equal(code, 0);
    assert.match(err, /h_prve.*h_prev/);
  });
});

interface Vectors {
  readonly values: object;
  readonly loss: number;
  readonly gradients: object;
}

/** The largest relative difference of two nested lists of the same shape. */
function apart(got: unknown, expected: unknown): number {
  if (typeof expected === 'number') return Math.abs((got as number) - expected) / Math.max(Math.abs(expected), 1e-3);
  assert.deepEqual(Object.keys(got as object), Object.keys(got as object));
  return Math.max(
    ...Object.entries(expected as object).map(([key, value]) => apart((got as Record<string, unknown>)[key], value)),
  );
}

describe('completion', () => {
  const complete = (...words: string[]) =>
    spawnSync(process.execPath, [program, '--get-completions', ...words], { encoding: 'utf8' }).stdout.split('\n');
  it('offers commands, options and cells', () => {
    assert.ok(complete('gra').includes('gradients'));
    assert.ok(complete('states', 'lst').includes('lstm'));
    assert.ok(complete('states', '--per').includes('--perturb'));
    assert.ok(complete('cell', 'show', 'gru').includes('gru-reset-after'));
    assert.ok(complete('states', 'rnn', 'ls').includes('lstm'));
  });
  it('offers tasks behind train, then cells', () => {
    assert.ok(complete('train', '').includes('adding'));
    assert.ok(!complete('train', '').includes('lstm'));
    for (const words of [['adding'], ['--hidden', '8', 'text', 'gru']])
      assert.ok(
        complete('train', ...words, '').includes('lstm') && !complete('train', ...words, '').includes('adding'),
      );
    assert.ok(complete('train', '--hidden', '8', 'rev').includes('reversal'));
    assert.deepEqual(complete('train', '--optimiser', 'rm'), ['rmsprop', '']);
  });
  for (const shell of ['bash', 'zsh', 'fish'])
    it(`has a script for ${shell}`, () => {
      assert.match(unroll(['completion', shell]).out, /--get-completions/);
    });
});
