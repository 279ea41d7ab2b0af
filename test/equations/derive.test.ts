// The derived pass as a text: it reads like a textbook's, and every rule of calculus in it is right.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derive } from '../../lib/equations/derive.ts';
import { checkGradients } from '../../lib/equations/gradient-check.ts';
import { mathjsEngine } from '../../lib/equations/mathjs-engine.ts';
import { printEquation, printEquations, printProgram } from '../../lib/equations/print.ts';
import { random } from '../../lib/numbers/random.ts';
import { randomGiven } from './arbitrary-program.ts';
import { cellTexts, programOf } from './cells.ts';

const derived = (text: string): string[] => derive(programOf(text)).equations.map(printEquation);
const line = (text: string, name: string): string | undefined =>
  derived(text)
    .find((equation) => equation.startsWith(`${name} = `))
    ?.slice(name.length + 3);

test('the LSTM, as Graves 2012 has it', () => {
  assert.deepEqual(printEquations(derive(programOf(cellTexts.get('lstm')!)).equations), [
    'tanh_c = tanh(c)',
    'd_c = d_c_next + d_h .* o .* (1 - tanh_c .^ 2)',
    'd_g = d_c .* i',
    'da_g = d_g .* (1 - g .^ 2)                                         # ∂L/∂(W_g * h_prev + U_g * x + b_g)',
    'd_o = d_h .* tanh_c',
    'da_o = d_o .* o .* (1 - o)                                         # ∂L/∂(W_o * h_prev + U_o * x + b_o)',
    'd_i = d_c .* g',
    'da_i = d_i .* i .* (1 - i)                                         # ∂L/∂(W_i * h_prev + U_i * x + b_i)',
    'd_f = d_c .* c_prev',
    'da_f = d_f .* f .* (1 - f)                                         # ∂L/∂(W_f * h_prev + U_f * x + b_f)',
    'd_c_prev = d_c .* f                                                # goes to step t-1 as d_c_next',
    "d_h_prev = W_g' * da_g + W_o' * da_o + W_i' * da_i + W_f' * da_f   # goes to step t-1 as d_h",
    "d_x = U_g' * da_g + U_o' * da_o + U_i' * da_i + U_f' * da_f",
    "d_W_f = da_f * h_prev'                                             # this and the next lines: summed over the steps",
    "d_U_f = da_f * x'",
    'd_b_f = da_f',
    "d_W_i = da_i * h_prev'",
    "d_U_i = da_i * x'",
    'd_b_i = da_i',
    "d_W_o = da_o * h_prev'",
    "d_U_o = da_o * x'",
    'd_b_o = da_o',
    "d_W_g = da_g * h_prev'",
    "d_U_g = da_g * x'",
    'd_b_g = da_g',
  ]);
});

test('the whole of the RNN is a text of the language', () => {
  assert.equal(
    printProgram(derive(programOf(cellTexts.get('rnn')!)).whole),
    [
      '# Simple recurrent network with tanh: Elman 1990',
      'h = tanh(W_h * h_prev + W_x * x + b)   # the hidden state is the memory',
      'da_h = d_h .* (1 - h .^ 2)             # ∂L/∂(W_h * h_prev + W_x * x + b)',
      "d_h_prev = W_h' * da_h                 # goes to step t-1 as d_h",
      "d_x = W_x' * da_h",
      "d_W_h = da_h * h_prev'                 # this and the next lines: summed over the steps",
      "d_W_x = da_h * x'",
      'd_b = da_h',
      '',
    ].join('\n'),
  );
});

test('contributions that share a factor are bracketed, like ones added, signs moved to the front', () => {
  assert.equal(line(cellTexts.get('mgu')!, 'd_f'), 'd_h .* (n - h_prev) + db_n .* h_prev');
  assert.equal(line('h = a .* a .* a', 'd_a'), '3 * da_h .* a');
  assert.equal(line('h = b .* a - c .* a', 'd_a'), 'd_h .* (b - c)');
  assert.equal(line('h = -(W * x)', 'd_W'), "-(d_h * x')");
  assert.equal(line('h = a - b', 'd_b'), '-d_h');
  assert.equal(line('h = a - a', 'd_a'), '0 * d_h');
  assert.equal(line('h = b - a .* -2', 'd_a'), '2 * d_h');
  assert.equal(line('h = 0.5 * (0.5 * a)', 'd_a'), '0.25 * d_h');
});

test('derivatives read what the forward pass has', () => {
  assert.equal(line('s = softmax(W * x)\nh = s .* b', 'da_s'), 's .* (d_s - sum(s .* d_s))');
  assert.equal(line('g = exp(W * x)\nh = g .* b', 'da_g'), 'd_g .* g');
  assert.equal(line('g = sqrt(a)\nh = g .* b', 'd_a'), 'd_g ./ (2 * g)');
  assert.equal(line('g = relu(a)\nh = g .* b', 'd_a'), 'd_g .* step(g)');
  assert.equal(line('q = a ./ b\nh = q', 'd_b'), '-(d_q .* q ./ b)');
});

test('a scalar that was spread collects its gradient from all entries', () => {
  const scalar = '\nalpha : 1';
  assert.equal(line(`h = alpha * h_prev${scalar}`, 'd_alpha'), "h_prev' * d_h");
  assert.equal(line(`h = h_prev .* alpha${scalar}`, 'd_alpha'), "h_prev' * d_h");
  assert.equal(line(`h = h_prev + alpha${scalar}`, 'd_alpha'), 'sum(d_h)');
  assert.equal(line(`h = h_prev - alpha${scalar}`, 'd_alpha'), '-sum(d_h)');
  assert.equal(line(`h = alpha .* alpha + h_prev${scalar}`, 'd_alpha'), '2 * da_h .* alpha');
});

/** What a random program may miss: each text's derivative against differences, H = 3, D = 2, K = 4. */
const rules: readonly string[] = [
  "h = h_prev .* (v' * x)\nv : D",
  "h = (v * w')' * tanh(W * h_prev)\nv : D\nw : K\nh : K",
  'h = sum(W .* V) * h_prev\nW : H D\nV : H D',
  'h = W * h_prev ./ sum(softmax(h_prev) .* b)',
  "h = softmax(W)' * x + h_prev\nW : D H",
  'h = 2 .^ h_prev - h_prev .^ 3 + (1 + h_prev .^ 2) .^ b',
  'h = (1 + h_prev .^ 2) .^ alpha + alpha .^ tanh(h_prev) .^ 2 ./ b\nalpha : 1',
  'h = h_prev ./ alpha + alpha ./ (2 + h_prev)\nalpha : 1',
  'h = (2 + h_prev) .^ -1.5 - (-2) .* h_prev',
  'h = a - (b - (c - h_prev))',
  'h = a ./ (b .* (c ./ (2 + h_prev)))',
  'h = -(-(-h_prev)) - -h_prev .^ 2',
  "h = ((W * h_prev)' * V)' - (h_prev' * W')'\nV : H H",
  'a = tanh(h_prev)\nb = tanh(h_prev)\nh = a .* b + tanh(h_prev)',
  'a = h_prev\nb = a\nh = b .* a',
  'h = b\ng = W * x\nW : K D',
  'c = c_prev\nh = h_prev .* 0 + 1',
  'h = h_prev .^ 1 + h_prev .^ 0 .* h_prev',
  "M = 0.5 * M_prev + v * x'\nh = M * x\nM : H D",
];

for (const text of rules)
  test(`right: ${text.replaceAll('\n', '; ')}`, () => {
    const program = programOf(text);
    const sizes = new Map([
      ['H', 3],
      ['D', 2],
      ['K', 4],
    ]);
    // Entries between 0.6 and 1.4, away from the poles of these texts.
    const given = randomGiven(program, sizes, 3, random(4), 0.4);
    for (const m of [...given.params.values(), ...given.inputs, ...given.initial.values()])
      for (let i = 0; i < m.data.length; i++) m.data[i]! += 1;
    const check = checkGradients(mathjsEngine(derive(program)), given, { floor: 1e-5 });
    assert.ok(check.worst.error < 1e-6, JSON.stringify(check.worst));
  });

test('at 0 the gradient of relu is 0, of abs and sign 0, and a .^ 2 and a .^ 0 are smooth there', () => {
  for (const side of ['relu(b)', 'abs(b)', 'sign(b)', 'step(b)', 'b .^ 2', 'b .^ 0']) {
    const program = programOf(`h = ${side} + 0 * h_prev`);
    const given = randomGiven(
      program,
      new Map([
        ['H', 2],
        ['D', 1],
      ]),
      1,
      random(1),
    );
    given.params.get('b')!.data.fill(0);
    const { params } = mathjsEngine(derive(program)).gradients(given);
    assert.ok(
      params.get('b')!.data.every((v) => v === 0),
      side,
    );
  }
});

test('numbers too large or too small for a double are not multiplied out', () => {
  for (const text of [
    'h = 1e200 * (1e200 * h_prev)',
    'h = 1e-200 * (1e-200 * h_prev)',
    'h = 1e308 * h_prev + 1e308 * h_prev',
  ]) {
    const printed = printProgram(derive(programOf(text)).whole);
    assert.doesNotMatch(printed, /Infinity|\b0 \*/);
    programOf(printed);
  }
});

test('the direct path alone: what flows along the cell state of an LSTM is the forget gate', () => {
  const program = programOf(cellTexts.get('lstm')!);
  const { equations } = derive(program, { direct: 'c' });
  assert.ok(equations.map(printEquation).includes('d_c_prev = d_c .* f'));
  assert.ok(equations.map(printEquation).includes('d_h_prev = 0 * h_prev'));
});
