// The commands as a script or a student uses them.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { program, stackTrace, unroll } from './run-unroll.ts';

const commands: readonly (readonly string[])[] = [
  ['tour'],
  ['states', 'lstm', '--text', 'the bank'],
  ['states', '--signal', 'sine', '--units', '1,2'],
  ['states', 'rnn', 'h = tanh(W_x * x + b)', '--perturb', '2'],
  ['gates', 'lstm', 'gru', '--seeds', '3'],
  ['gates', 'rnn'],
  ['gradients'],
  ['gradients', 'rnn', 'lstm', '--forget-bias', '0', '--seeds', '3'],
  ['gradients', 'rnn', '--radius', '.5,.9,1,1.1', '--seeds', '3'],
  ['gradients', 'lstm', 'gru', '--decompose', '--seeds', '3'],
  ['gradients', 'lstm', '--text', 'the bank of the river', '--forget-bias', 'chrono', '--seeds', '2'],
  ['gradients', '--matrix', '.9 3; 0 .9'],
  ['gradients', '--cliff'],
  ['truncation'],
  ['truncation', 'rnn', '--radius', '.5,.9,1', '--seeds', '3', '--windows', '5,20'],
  ['truncation', 'lstm', 'gru', '--text', 'the bank of the river', '--seeds', '2'],
  ['truncation', '--balancing'],
  ['truncation', '--clip', '--seeds', '3'],
  ['exposure', '--seeds', '2', '--updates', '200'],
  ['exposure', '--series', 'two-sines', '--compare', 'forced,scheduled', '--seeds', '1', '--updates', '150'],
  ['sampling', '--epsilon', '1,.5,0', '--seeds', '1', '--updates', '150'],
  ['attention', '--lengths', '2,6', '--updates', '200'],
  ['attention', '--task', 'reversal', '--compare', 'additive,dot', '--step', '3', '--seeds', '1'],
  ['parallel', '--length', '64'],
  ['parallel', 'lstm', '--weights', 'flops', '--length', '64', '--steps', '5'],
  ['bidirectional', '--seeds', '2'],
  ['bidirectional', 'gru', '--task', 'parity', '--seeds', '1', '--updates', '20'],
  ['variants', '--seeds', '2', '--updates', '8'],
  ['variants', 'lstm-peephole', 'lstm-coupled', '--task', 'counting', '--seeds', '2'],
  ['variants', 'gru', 'mgu', 'h = tanh(W * h_prev + U * x)', '--task', 'adding', '--seeds', '1', '--updates', '5'],
  ['probe', '--seeds', '2', '--updates', '300'],
  ['probe', 'gru', '--property', 'space', '--at', '60', '--unit', '2', '--seeds', '1'],
  ['compare', 'rnn', 'lstm'],
  ['compare', 'states rnn --text "the bank"', 'states lstm --text "the bank"'],
  ['compare', 'lstm --forget-bias 0', 'lstm --forget-bias 2', '--in', 'gates', '--seeds', '2'],
  ['compare', 'rnn', 'lstm', '--in', 'diagram'],
  ['diagram', 'lstm', '--steps', '9'],
  ['diagram', '--bidirectional'],
  ['diagram', 'gru', '--teacher-forcing', '--steps', '3'],
  ['diagram', 'lstm', '--inside'],
  ['diagram', 'lstm', '--truncated', '2'],
  ['diagram', '--truncated', '3', '--steps', '9'],
  ['diagram', '--seq2seq'],
  ['diagram', 'lstm', '--seq2seq', '--steps', '7'],
  ['diagram', '--attention'],
  ['diagram', 'lstm', '--attention', '--steps', '7'],
  ['cell', 'list'],
  ['cell', 'show', 'lstm'],
  ['cell', 'derive', 'gru'],
  ['cell', 'check', 'rnn'],
  ['cell', 'show', 'gru+additive'],
  ['cell', 'derive', 'gru+additive'],
];

describe('every command', () => {
  for (const args of commands) {
    it(`unroll ${args.join(' ')}: at 80 and 40 columns, in ASCII, in words`, () => {
      for (const extra of [[], ['--width', '40'], ['--ascii'], ['--plain', '--ascii']]) {
        const { code, out, err } = unroll([...args, ...extra]);
        assert.equal(err, '');
        assert.equal(code, 0);
        assert.ok(out.length > 100);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: a pipe gets no colour
        assert.doesNotMatch(out, /\u001b/);
        assert.doesNotMatch(out, stackTrace);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what ASCII is
        if (extra.includes('--ascii')) assert.match(out, /^[\u0000-\u007f]*$/);
        if (extra.includes('--plain')) assert.doesNotMatch(out, /[│┤─█▓▒░]/);
        // Only a command stays whole, so that it can be copied.
        if (extra.includes('40')) assert.doesNotMatch(out, /^(?! *unroll ).{41,}$/m);
      }
    });
  }

  for (const args of commands.filter(([name]) => name !== 'tour'))
    it(`unroll ${args.join(' ')} --format json and csv`, () => {
      const { code, out } = unroll([...args, '--format', 'json']);
      assert.equal(code, 0);
      const result = JSON.parse(out) as { unroll: number; claims: { holds: boolean; says: string }[] };
      assert.equal(result.unroll, 1);
      assert.deepEqual(
        result.claims.filter((c) => !c.holds),
        [],
      );
      assert.equal(unroll([...args, '--format', 'csv']).code, 0);
    });

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
