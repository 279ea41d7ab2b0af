// The derived backward passes of the built-in cells against differences of their forward passes, and one by hand.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derive } from '../../lib/equations/derive.ts';
import { checkGradients } from '../../lib/equations/gradient-check.ts';
import { mathjsEngine } from '../../lib/equations/mathjs-engine.ts';
import { printEquations } from '../../lib/equations/print.ts';
import { column, matrix } from '../../lib/numbers/matrix.ts';
import { random } from '../../lib/numbers/random.ts';
import { randomGiven } from './arbitrary-program.ts';
import { cellTexts, programOf } from './cells.ts';

const sizes = new Map([
  ['H', 5],
  ['D', 3],
]);

for (const [cell, text] of cellTexts)
  test(`${cell}: every gradient is its central difference to 1e-7`, (t) => {
    const program = programOf(text);
    const engine = mathjsEngine(derive(program));
    const checks = [1, 2].map((seed) => checkGradients(engine, randomGiven(program, sizes, 5, random(seed))));
    const worst = checks.map((check) => check.worst).reduce((a, b) => (b.error > a.error ? b : a));
    t.diagnostic(`worst of ${checks.reduce((n, c) => n + c.entries, 0)}: ${worst.of} ${worst.error.toExponential(1)}`);
    for (const check of checks) assert.ok(check.worst.error < 1e-7, JSON.stringify(check.worst));
  });

test('by hand: a linear unit over two steps', () => {
  // h = w·h_prev + u·x from h₀ = 3, with w = 2, u = 1/2, x₁ = 4, x₂ = -2, and L = h₂.
  //   h₁ = 2·3 + 1/2·4    = 8        h₂ = 2·8 + 1/2·(-2) = 15
  //   ∂L/∂h₂ = 1                     ∂L/∂h₁ = w·∂L/∂h₂ = 2            ∂L/∂h₀ = w·∂L/∂h₁ = 4
  //   ∂L/∂w = ∂L/∂h₁·h₀ + ∂L/∂h₂·h₁ = 2·3 + 1·8 = 14
  //   ∂L/∂u = ∂L/∂h₁·x₁ + ∂L/∂h₂·x₂ = 2·4 + 1·(-2) = 6
  const program = programOf('h = w * h_prev + u * x\nh : 1\nw : 1\nu : 1\nx : 1');
  const backward = derive(program);
  assert.deepEqual(printEquations(backward.equations), [
    'd_h_prev = w * d_h    # goes to step t-1 as d_h',
    'd_x = u * d_h',
    'd_w = d_h .* h_prev   # this and the next lines: summed over the steps',
    'd_u = d_h .* x',
  ]);
  const got = mathjsEngine(backward).gradients({
    params: new Map([
      ['w', column([2])],
      ['u', column([0.5])],
    ]),
    initial: new Map([['h', column([3])]]),
    inputs: [column([4]), column([-2])],
    readout: [column([0]), column([1])],
  });
  assert.deepEqual(got.values.get('h'), [column([8]), column([15])]);
  assert.equal(got.loss, 15);
  assert.deepEqual(got.totals.get('h'), [column([2]), column([1])]);
  assert.deepEqual(got.initial.get('h'), column([4]));
  assert.deepEqual(got.params.get('w'), matrix(1, 1, [14]));
  assert.deepEqual(got.params.get('u'), matrix(1, 1, [6]));
  assert.deepEqual(got.inputs, [column([1]), column([0.5])]);
});

test('by hand: a tanh unit over two steps', () => {
  // h = tanh(w·h_prev + x), h₀ = 0, x₁ = artanh ½ = ½ ln 3, x₂ = 0, w = 2 artanh ½ = ln 3: so h₁ = ½ and h₂ = tanh(½ ln 3) = ½.
  // tanh' = 1 - h² = ¾ at both steps. With L = h₂:
  //   ∂L/∂h₂ = 1                 ∂L/∂a₂ = ¾
  //   ∂L/∂h₁ = w·¾               ∂L/∂a₁ = w·¾·¾ = 9/16 ln 3
  //   ∂L/∂w = ∂L/∂a₂·h₁ + ∂L/∂a₁·h₀ = ¾·½ + 0 = 3/8
  const program = programOf('h = tanh(w * h_prev + x)\nh : 1\nw : 1\nx : 1');
  const got = mathjsEngine(derive(program)).gradients({
    params: new Map([['w', column([Math.log(3)])]]),
    initial: new Map([['h', column([0])]]),
    inputs: [column([Math.log(3) / 2]), column([0])],
    readout: [column([0]), column([1])],
  });
  const near = (value: number | undefined, wanted: number) => assert.ok(Math.abs(value! - wanted) < 1e-15, `${value}`);
  near(got.values.get('h')![0]!.data[0], 1 / 2);
  near(got.values.get('h')![1]!.data[0], 1 / 2);
  near(got.totals.get('h')![0]!.data[0], (3 / 4) * Math.log(3));
  near(got.params.get('w')!.data[0], 3 / 8);
  near(got.inputs![0]!.data[0], (9 / 16) * Math.log(3));
});

test('a cell without anything to differentiate is answered in words', () => {
  const program = programOf('h = 3');
  const given = { params: new Map(), initial: new Map(), inputs: [column([0])], readout: [column([1])] };
  assert.throws(() => checkGradients(mathjsEngine(derive(program)), given), /no gradient/);
});
