// Every command as a script or a student uses it: at two widths, in ASCII, in words, as JSON and as CSV.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stackTrace, unroll } from './run-unroll.ts';

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
});
