// Weight sharing: the gradient of the shared weights is the sum over the copies of the unrolled net.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn, builtInNames, cellOf } from '../../../lib/cells/catalogue.ts';
import { parameterCount } from '../../../lib/experiments/cell-facts.ts';
import { sharedAgainstUnshared, unsharedProgram } from '../../../lib/experiments/diagram/unshared-weights.ts';

describe('the unrolled net', () => {
  for (const name of builtInNames())
    it(`of ${name} has the gradient of its copies`, async () => {
      assert.ok((await sharedAgainstUnshared(builtIn(name), 5, 1, 'fast')).difference < 1e-12);
    });

  it('has a parameter of its own in every copy', () => {
    const { program } = builtIn('rnn');
    const copies = unsharedProgram(program, 3);
    assert.ok(['W_h_at_1', 'W_h_at_2', 'W_h_at_3', 'h_at_0'].every((p) => copies.parameters.includes(p)));
    assert.equal(copies.states.length, 0);
  });

  it('counts the parameters of an LSTM as 4(H² + HD + H), and of a GRU as three quarters of that', () => {
    assert.equal(parameterCount(builtIn('lstm').program, 32, 16), 4 * (32 * 32 + 32 * 16 + 32));
    assert.equal(parameterCount(builtIn('gru').program, 32, 16), 3 * (32 * 32 + 32 * 16 + 32));
  });

  it('works for a cell with a scalar, a declared size and a constant state', async () => {
    const cell = cellOf('mine', 'u = tanh(A * x)\nh = alpha * h_prev + B * u\nalpha : 1\nA : 5 D');
    assert.ok((await sharedAgainstUnshared(cell, 4, 2, 'fast')).difference < 1e-12);
  });
});
