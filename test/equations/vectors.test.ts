// Numbers from JSON: what is wrong with them is said with the entry's name, and what is right goes through unchanged.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derive } from '../../lib/equations/derive.ts';
import { checkGradients } from '../../lib/equations/gradient-check.ts';
import { InputError, type InputProblem } from '../../lib/equations/input-error.ts';
import { mathjsEngine } from '../../lib/equations/mathjs-engine.ts';
import { readVectors, vectorsJson } from '../../lib/equations/vectors.ts';
import { random } from '../../lib/numbers/random.ts';
import { randomGiven } from './arbitrary-program.ts';
import { programOf } from './cells.ts';

const program = programOf('h = tanh(W * h_prev + U * x + b)');
const right = {
  params: {
    W: [
      [1, 2],
      [3, 4],
    ],
    U: [
      [1, 0, 0],
      [0, 1, 0],
    ],
    b: [5, 6],
  },
  initial: { h: [0, 1] },
  inputs: [
    [1, 2, 3],
    [4, 5, 6],
  ],
  readout: [
    [1, 1],
    [0, 1],
  ],
};

function problemIn(json: unknown): InputProblem {
  try {
    readVectors(program, json, 'v.json');
  } catch (error) {
    assert.ok(error instanceof InputError);
    return error.problem;
  }
  return assert.fail('nothing was wrong');
}

/** What is changed, what is said, what was expected and got, and the advice. */
const cases: readonly (readonly [string, unknown, string, string | undefined, string | undefined, string])[] = [
  [
    'no object',
    [1, 2],
    'This is not an object of vectors.',
    undefined,
    undefined,
    'give an object with params, initial, inputs and readout',
  ],
  [
    'null',
    null,
    'This is not an object of vectors.',
    undefined,
    undefined,
    'give an object with params, initial, inputs and readout',
  ],
  [
    'no params',
    { ...right, params: undefined },
    '`params` is missing.',
    undefined,
    undefined,
    'add an object with a value for every parameter',
  ],
  [
    'a list of params',
    { ...right, params: [1] },
    '`params` is missing.',
    undefined,
    undefined,
    'add an object with a value for every parameter',
  ],
  [
    'a missing parameter',
    { ...right, params: { W: right.params.W, b: right.params.b } },
    '`params` has no `U`.',
    'W, U, b',
    'W, b',
    'add it, of shape H×D',
  ],
  [
    'another parameter',
    { ...right, params: { ...right.params, c: [1, 2] } },
    '`params.c` is no parameter of this cell.',
    'W, U, b',
    'c',
    'take it out, or check the name',
  ],
  [
    'a size that contradicts another',
    { ...right, params: { ...right.params, b: [1, 2, 3] } },
    '`params.b` has the wrong size.',
    'H = 2',
    '3',
    'check the size of `params.b`',
  ],
  [
    'a matrix that is not square',
    { ...right, params: { ...right.params, W: [[1, 2]] } },
    '`params.W` has the wrong size.',
    'H = 1',
    '2',
    'check the size of `params.W`',
  ],
  [
    'rows of different lengths',
    { ...right, params: { ...right.params, W: [[1, 2], [3]] } },
    '`params.W` is not a matrix (rows of numbers).',
    'H×H',
    '[[1,2],[3]]',
    'numbers only: NaN, null and rows of different lengths are refused',
  ],
  [
    'NaN, which is null in JSON',
    {
      ...right,
      inputs: [
        [1, null, 3],
        [4, 5, 6],
      ],
    },
    '`inputs[0]` is not a row of numbers.',
    'D',
    '[1,null,3]',
    'numbers only: NaN, null and rows of different lengths are refused',
  ],
  [
    'a text',
    { ...right, params: { ...right.params, b: ['1', 2] } },
    '`params.b` is not a row of numbers.',
    'H',
    '["1",2]',
    'numbers only: NaN, null and rows of different lengths are refused',
  ],
  [
    'infinity',
    JSON.parse('{"params": {"W": [[1e999]], "U": [[1]], "b": [1]}, "inputs": [[1]]}'),
    '`params.W` is not a matrix (rows of numbers).',
    'H×H',
    '[[null]]',
    'numbers only: NaN, null and rows of different lengths are refused',
  ],
  [
    'no inputs',
    { ...right, inputs: undefined },
    '`inputs` is missing.',
    undefined,
    undefined,
    'add one row of numbers a step',
  ],
  [
    'no step',
    { ...right, inputs: [], readout: [] },
    '`inputs` is empty.',
    undefined,
    undefined,
    'give at least one step',
  ],
  [
    'an input of another size',
    {
      ...right,
      inputs: [
        [1, 2, 3],
        [4, 5],
      ],
    },
    '`inputs[1]` has the wrong size.',
    'D = 3',
    '2',
    'check the size of `inputs[1]`',
  ],
  [
    'a state that there is not',
    { ...right, initial: { c: [1, 2] } },
    '`initial.c` is no state of this cell.',
    'h',
    'c',
    'take it out, or check the name',
  ],
  [
    'initial that is no object',
    { ...right, initial: [1, 2] },
    '`initial` is not an object.',
    undefined,
    undefined,
    'give a row of numbers for every state',
  ],
  [
    'too few readouts',
    { ...right, readout: [[1, 1]] },
    '`readout` and `inputs` differ in length.',
    '2 rows',
    '1',
    'give one readout a step',
  ],
  [
    'a readout of another size',
    { ...right, readout: [[1, 1], [1]] },
    '`readout[1]` has the wrong size.',
    'H = 2',
    '1',
    'check the size of `readout[1]`',
  ],
];

for (const [what, json, says, expected, got, fix] of cases)
  test(`${what}: ${says}`, () => assert.deepEqual(problemIn(json), { where: 'v.json', says, expected, got, fix }));

test('the sizes are those of the numbers', () => {
  assert.deepEqual([...readVectors(program, right, 'v.json').sizes].sort(), [
    ['D', 3],
    ['H', 2],
  ]);
});

test('without initial and readout: zeros, and a loss of 0', () => {
  const { given } = readVectors(program, { params: right.params, inputs: right.inputs }, 'v.json');
  const trace = mathjsEngine(derive(program)).gradients(given);
  assert.equal(trace.loss, 0);
  assert.deepEqual([...trace.values.get('h')![0]!.data], [Math.tanh(6), Math.tanh(8)]);
  assert.ok([...trace.params.values()].every(({ data }) => data.every((v) => v === 0)));
});

test('what is written has the form of what is read', () => {
  const out = vectorsJson(
    program,
    mathjsEngine(derive(program)).gradients(readVectors(program, right, 'v.json').given),
  );
  const { values, gradients } = out as { values: Record<string, unknown[]>; gradients: Record<string, unknown[]> };
  const sizes = (value: unknown): number[] => (Array.isArray(value) ? [value.length, ...sizes(value[0])] : []);
  assert.deepEqual(sizes(values.h), [2, 2]);
  assert.deepEqual(
    Object.entries(gradients).map(([name, value]) => [name, sizes(value)]),
    [
      ['W', [2, 2]],
      ['U', [2, 3]],
      ['b', [2]],
      ['x', [2, 3]],
      ['h_0', [2]],
      ['h', [2, 2]],
    ],
  );
});

test('a state may be a matrix: fast weights, Schmidhuber 1992', () => {
  const text =
    "k = tanh(W_k * x)\nv = W_v * x\nM = lambda * M_prev + v * k'\nh = M * tanh(W_q * x)\nM : H K\nlambda : 1";
  const fast = programOf(text);
  const sizes = new Map([
    ['H', 3],
    ['D', 2],
    ['K', 4],
  ]);
  const given = randomGiven(fast, sizes, 4, random(1));
  const engine = mathjsEngine(derive(fast));
  assert.ok(checkGradients(engine, given).worst.error < 1e-7);
  const [first] = engine.forward({ ...given, initial: new Map() }).values.get('M')!;
  assert.deepEqual([first!.rows, first!.columns], [3, 4]);
  const { values } = vectorsJson(fast, engine.gradients(given)) as { values: Record<string, number[][][]> };
  assert.deepEqual([values.M!.length, values.M![0]!.length, values.M![0]![0]!.length], [4, 3, 4]);
});
