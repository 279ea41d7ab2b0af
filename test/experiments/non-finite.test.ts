// The first non-finite number of a run, where it can be told by hand.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cellOf } from '../../lib/cells/catalogue.ts';
import { firstNonFinite, nonFiniteSays } from '../../lib/experiments/non-finite.ts';
import { column, zeros } from '../../lib/numbers/matrix.ts';

/** A cell of one unit, on the inputs u given, with every parameter 1 and a loss at the last step. */
function found(text: string, inputs: readonly number[], initial = 0, readout = true): string | undefined {
  const { program, backward } = cellOf('it', `u = U * x\n${text}`);
  const last = (t: number) => column([t === inputs.length - 1 ? 1 : 0]);
  const first = firstNonFinite(backward, {
    params: new Map(program.parameters.map((name) => [name, column([1])])),
    initial: new Map(program.states.map((name) => [name, column([initial])])),
    inputs: inputs.map((x) => column([x])),
    readout: readout ? inputs.map((_, t) => last(t)) : [],
  });
  return first === undefined ? undefined : nonFiniteSays(first);
}

describe('a pass that stops being finite', () => {
  it('is told by the step and the operation', () => {
    const of = (expression: string) => `h = ${expression} + 0 .* h_prev`;
    // e^(e^(e^(e^1))) is above 1.8e308, e^(e^(e^1)) = 3.8e6.
    assert.equal(found('h = exp(h_prev + u)', [1, 0, 0, 0]), 'the forward pass overflows at t = 4, in h');
    for (const [expression, x, cause] of [
      ['log(u)', -1, 'takes the log of a negative number'],
      ['log(u)', 0, 'takes the log of 0'],
      ['sqrt(u)', -1, 'takes the square root of a negative number'],
      ['1 ./ u', 0, 'divides by 0'],
      ['u .^ -1', 0, 'raises 0 to a negative power'],
      ['u .^ 0.5', -1, 'raises a negative number to a fractional power'],
      ['exp(exp(u))', 9, 'overflows'],
      ['u .* u', 1e200, 'overflows'],
    ] as const)
      assert.equal(found(of(expression), [1, x, 1]), `the forward pass ${cause} at t = 2, in h`, expression);
  });
  it('names the first equation of the step, and an input or a parameter that was not finite before', () => {
    const text = 'a = sqrt(u)\nh = a .* h_prev';
    assert.match(found(text, [1, -1])!, /at t = 2, in a$/);
    assert.match(found(text, [1, Number.POSITIVE_INFINITY])!, /reads a non-finite input at t = 2, in x$/);
    const { backward } = cellOf('it', 'h = tanh(w .* h_prev)');
    const given = { initial: new Map([['h', zeros(1, 1)]]), inputs: [column([0])], readout: [] };
    const first = firstNonFinite(backward, { ...given, params: new Map([['w', column([Number.NaN])]]) });
    assert.equal(first?.name, 'w');
  });
  it('is looked for in the backward pass too, where there is a loss: from the last step down', () => {
    // The derivative of sqrt at 0 divides by 0; h itself is 0 throughout.
    const text = 's = u + 0 .* s_prev\nh = sqrt(s)';
    assert.match(found(text, [1, 0])!, /^the backward pass divides by 0 at t = 2/);
    assert.equal(found(text, [1, 0], 0, false), undefined);
    // ∂L/∂h grows a hundredfold a step: 1e308 at lag 154, more than a double holds at lag 155, where t = 200 - 155 = 45.
    const grows = 'h = 100 .* h_prev + u';
    assert.match(found(grows, Array(200).fill(0))!, /^the backward pass overflows at t = 4[5-7], in /);
  });
  it('is undefined where all numbers are finite', () => {
    assert.equal(found('h = tanh(h_prev + u)', [1, 2, 3]), undefined);
  });
});
