// Names that are something else to JavaScript, to mathjs or to LaTeX are ordinary names here.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derive } from '../../lib/equations/derive.ts';
import { checkGradients } from '../../lib/equations/gradient-check.ts';
import { initialValues } from '../../lib/equations/initialisers.ts';
import { mathjsEngine } from '../../lib/equations/mathjs-engine.ts';
import { printProgram } from '../../lib/equations/print.ts';
import { readProgram } from '../../lib/equations/read.ts';
import { readVectors, vectorsJson } from '../../lib/equations/vectors.ts';
import { errorText } from '../../lib/equations/wording.ts';
import { random } from '../../lib/numbers/random.ts';
import { randomGiven } from './arbitrary-program.ts';
import { programOf } from './cells.ts';

const odd =
  'constructor __proto__ process hasOwnProperty valueOf toString i e tau pi mod in to end true false null undefined this and or not xor NaN Infinity E LN2 PI H D x_1 default var new'.split(
    ' ',
  );
const sizes = new Map([
  ['H', 3],
  ['D', 2],
]);

/** A cell that has a parameter p, a state s and a value v. */
const cell = (p: string, s: string, v: string) =>
  `${v} = tanh(W * ${s}_prev + U * x + ${p})\n${s} = ${v} .* ${p} + 0.5 * ${s}_prev\n${p} : H\n${p} ~ constant(0.25)\n`;

for (const name of odd)
  test(`${name} is a name: of a parameter, of a state and of a value`, () => {
    for (const text of [cell(name, 's', 'v'), cell('p', name, 'v'), cell('p', 's', name)]) {
      const program = programOf(text);
      assert.deepEqual(programOf(printProgram(program)).parameters, program.parameters);
      assert.deepEqual(program.warnings, []);
      const backward = derive(program);
      programOf(printProgram(backward.whole));
      const given = randomGiven(program, sizes, 3, random(7));
      const odd = mathjsEngine(backward).gradients(given);
      const plain = mathjsEngine(derive(programOf(cell('p', 's', 'v')))).gradients(renamed(given, name));
      assert.equal(odd.loss, plain.loss);
      assert.deepEqual(odd.params.get('W'), plain.params.get('W'));
      assert.deepEqual(odd.inputs, plain.inputs);
    }
  });

/** The same numbers under the plain names. */
function renamed(given: ReturnType<typeof randomGiven>, name: string) {
  const back = (text: string, to: string) => (text === name ? to : text);
  return {
    ...given,
    params: new Map([...given.params].map(([text, value]) => [back(text, 'p'), value])),
    initial: new Map([...given.initial].map(([text, value]) => [back(text, 's'), value])),
  };
}

test('an odd name is drawn, read from JSON and written to JSON like any other', () => {
  const program = programOf(cell('__proto__', 'constructor', 'toString'));
  const values = initialValues(program, sizes, random(1));
  assert.deepEqual([...values.get('__proto__')!.data], [0.25, 0.25, 0.25]);
  const json = JSON.parse(
    '{"params": {"__proto__": [1, 2, 3], "W": [[1, 0, 0], [0, 1, 0], [0, 0, 1]], "U": [[1, 0], [0, 1], [1, 1]]},' +
      '"initial": {"constructor": [0, 0, 0]}, "inputs": [[1, 2]], "readout": [[1, 1, 1]]}',
  );
  const { given } = readVectors(program, json, 'vectors.json');
  const out = vectorsJson(program, mathjsEngine(derive(program)).gradients(given));
  const text = JSON.stringify(out);
  for (const key of ['__proto__', 'constructor', 'constructor_0', 'toString'])
    assert.ok(text.includes(`"${key}":`), key);
});

test('a name of the cell that a derived line would have had moves the derived one away', () => {
  // GRU's d_n is a bias; d_h_next is what arrives at h, unless the cell has a value h_next.
  const texts = [
    'h = tanh(W * h_prev + d_h)',
    'h = tanh(W * h_prev + d_h + dL_h + grad_h + grad1_h)',
    'h_next = tanh(W * h_prev + U * h_next_prev)\nh = h_next .* h_prev\nc = h + h_next',
    'h = tanh(W * (tanh_h .* h_prev))\ny = tanh(h) .* tanh_h + b .* tanh(h)',
    'a_h = W * h_prev\nh = tanh(a_h) .* a_h + da_h',
    'h = tanh(W * h_prev) .* v_tanh + (a .* b .* c .* a .* b .* c .* a .* b) .* (v_times .* d)',
  ];
  for (const text of texts) {
    const program = programOf(text);
    const backward = derive(program);
    const all = [...program.parameters, ...backward.whole.equations.map((equation) => equation.name)];
    assert.equal(new Set(all).size, all.length);
    const given = randomGiven(program, sizes, 3, random(2));
    assert.ok(checkGradients(mathjsEngine(backward), given).worst.error < 1e-7, text);
  }
});

test('a constant of another language is warned of where it is a parameter, and not where an equation assigns it', () => {
  const warningsOf = (text: string) => readProgram(text).program!.warnings;
  for (const name of ['pi', 'e', 'tau'])
    assert.match(
      warningsOf(`h = tanh(W_h * h_prev + W_x * x + ${name})`).join(),
      new RegExp(`^\`${name}\` is read as a learned parameter, not as a constant\\. For the number, write \\d`),
    );
  assert.deepEqual(warningsOf('e = tanh(W_x * x)\nh = tanh(W_h * h_prev + e)'), []);
  // With an initialiser of its own it is known to be a parameter.
  assert.deepEqual(warningsOf('h = tanh(W_h * h_prev + W_x * x + e)\ne ~ constant(0)'), []);
});

test('a function that there is none of is not taken for another one misspelt', () => {
  const adviceOn = (name: string): string => errorText(readProgram(`h = ${name}(W_h * h_prev)`).errors![0]!);
  for (const name of ['sin', 'cos', 'tan', 'floor', 'mean']) assert.doesNotMatch(adviceOn(name), /did you mean/);
  assert.match(adviceOn('sinh'), /compose it: `\(exp\(a\) - exp\(-a\)\) \.\/ 2`/);
  assert.match(adviceOn('sing'), /did you mean `sign`/);
});
