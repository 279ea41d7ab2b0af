// mathjs evaluates arithmetic and nothing else: no text can reach a file, another module or an evaluator through it.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fromMath, mathEngine, toMath } from '../../lib/equations/mathjs-engine.ts';
import { functionNames, ops } from '../../lib/equations/ops.ts';
import { readProgram } from '../../lib/equations/read.ts';
import { matrix } from '../../lib/numbers/matrix.ts';
import * as fc from '../fast-check.ts';

const folder = new URL('../../lib/equations/', import.meta.url);

test('the engine is arithmetic alone', () => {
  assert.deepEqual(Object.keys(mathEngine), Object.keys(ops));
  for (const forbidden of [
    'import',
    'config',
    'evaluate',
    'parse',
    'parser',
    'compile',
    'chain',
    'createUnit',
    'simplify',
    'derivative',
    'reviver',
    'help',
  ])
    assert.ok(!(forbidden in mathEngine), forbidden);
});

test('only two files of the folder import mathjs, and neither gives its instance away', () => {
  const importing = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && /from 'mathjs/.test(readFileSync(new URL(file, folder), 'utf8')),
  );
  assert.deepEqual(importing.sort(), ['mathjs-engine.ts', 'parse.ts']);
  for (const file of importing) {
    const text = readFileSync(new URL(file, folder), 'utf8');
    assert.doesNotMatch(text, /export (const|default) (math|parse)\b/);
    assert.doesNotMatch(text, /\ball\b\s*[,}]|evaluateDependencies|importDependencies/);
  }
});

test('the functions of mathjs that are not of the table are refused by name', () => {
  for (const name of [
    'import',
    'evaluate',
    'parse',
    'createUnit',
    'config',
    'det',
    'inv',
    'eval',
    'require',
    'fetch',
    'random',
    'simplify',
  ]) {
    const error = readProgram(`h = ${name}(W * h_prev)`).errors?.[0];
    assert.equal(error?.problem.code, 'unknown-function', name);
  }
  assert.deepEqual(
    [...functionNames],
    ['sigmoid', 'tanh', 'relu', 'step', 'exp', 'log', 'sqrt', 'abs', 'sign', 'softmax', 'sum'],
  );
  for (const rule of Object.values(ops)) assert.ok(rule.says.length > 0);
});

test('a matrix comes back from mathjs as it went in', () => {
  const entries = fc.array(fc.double({ noNaN: true }), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(fc.constantFrom(1, 2, 3, 4, 6, 12), entries, (rows, data) => {
      const m = matrix(rows, 12 / rows, data);
      assert.deepEqual(fromMath(toMath(m)), m);
    }),
  );
  assert.equal(toMath(matrix(1, 1, [7])), 7);
  assert.deepEqual(fromMath(7), matrix(1, 1, [7]));
});

test('logarithms and roots of negative numbers are NaN, not complex', () => {
  const negative = toMath(matrix(2, 1, [-1, 4]));
  for (const op of ['log', 'sqrt'] as const) assert.ok(Number.isNaN(fromMath(mathEngine[op](negative)).data[0]));
  assert.ok(Number.isNaN(fromMath(mathEngine.power(negative, 0.5)).data[0]));
});

test('softmax of large numbers does not overflow, and sums to 1', () => {
  const values = fromMath(mathEngine.softmax(toMath(matrix(3, 1, [1000, 1001, 999])))).data;
  assert.ok(Math.abs(values.reduce((a, b) => a + b) - 1) < 1e-15);
  assert.ok(Math.abs(values[1]! / values[0]! - Math.E) < 1e-12);
});
