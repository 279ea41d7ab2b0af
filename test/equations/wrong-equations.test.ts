// What is said about wrong equations, whole: NAME.cell in fixtures/wrong-equations is what was typed, NAME.txt the answer, and under
// `=== mended` the text that follows its advice, which has to be right.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ProblemCode } from '../../lib/equations/errors.ts';
import { readProgram } from '../../lib/equations/read.ts';
import { errorText } from '../../lib/equations/wording.ts';

const folder = new URL('../../fixtures/wrong-equations/', import.meta.url);
const files = readdirSync(folder).sort();
const cells = files.filter((file) => file.endsWith('.cell'));

/** Every code, so that a new one does not compile without being looked for here. */
const seen: Record<ProblemCode, boolean> = {
  'text-too-long': false,
  'line-too-long': false,
  'too-deep': false,
  'no-equations': false,
  string: false,
  'starts-with-operator': false,
  'ends-with-operator': false,
  'operator-missing-operand': false,
  modulo: false,
  slash: false,
  caret: false,
  'double-star': false,
  'at-sign': false,
  brackets: false,
  braces: false,
  factorial: false,
  'empty-parentheses': false,
  'parenthesis-unclosed': false,
  'parenthesis-unopened': false,
  'no-right-side': false,
  'no-left-side': false,
  'chained-assignment': false,
  'assigns-input': false,
  concatenation: false,
  'stray-point': false,
  'strange-character': false,
  comparison: false,
  conditional: false,
  logical: false,
  comma: false,
  'wrong-assignment': false,
  'augmented-assignment': false,
  'no-equals': false,
  statement: false,
  'bad-target': false,
  'function-assignment': false,
  'assigns-function': false,
  'assigns-previous': false,
  accessor: false,
  'indexed-name': false,
  'implicit-product': false,
  'call-of-value': false,
  'unknown-function': false,
  'function-as-value': false,
  'argument-count': false,
  'number-too-large': false,
  'assigned-twice': false,
  'used-before-assigned': false,
  'reads-itself': false,
  'previous-of-unassigned': false,
  'elementwise-shapes': false,
  'two-columns': false,
  'product-shapes': false,
  'shape-open': false,
  'state-shape': false,
  'declared-shape': false,
  'output-shape': false,
  'declaration-malformed': false,
  'declaration-unknown': false,
  'declared-twice': false,
  'initialiser-malformed': false,
  'initialiser-unknown': false,
  'initialiser-arguments': false,
  'initialiser-unmatched': false,
  'initialiser-shape': false,
};

for (const cell of cells)
  test(`${cell}: the message is the one on file, and its advice works`, () => {
    const [message, mended] = readFileSync(new URL(cell.replace('.cell', '.txt'), folder), 'utf8').split(
      '\n=== mended\n',
    );
    const { errors = [] } = readProgram(readFileSync(new URL(cell, folder), 'utf8'), cell);
    assert.equal(`${errors.map((error) => errorText(error)).join('\n\n')}\n`, message);
    for (const { problem } of errors) seen[problem.code] = true;
    assert.ok(mended !== undefined, 'there is no mended text');
    const again = readProgram(mended, cell);
    assert.deepEqual(again.errors?.map((error) => errorText(error)) ?? [], []);
    assert.deepEqual(again.program?.warnings, []);
  });

test('every problem that can be found is on file, and every file is used', () => {
  assert.deepEqual(
    Object.entries(seen).filter(([, found]) => !found),
    [],
  );
  assert.equal(files.length, 2 * cells.length);
});

test('the guilty part is underlined, wherever a narrow terminal cuts the line', () => {
  const text = `h = tanh(${'W_h * h_prev + '.repeat(20)}U x + ${'b + '.repeat(20)}b)`;
  const [error] = readProgram(text).errors!;
  for (const width of [20, 30, 40, 60, 80, 120, 200, 1000]) {
    const [shown, line] = errorText(error!, width).split('\n') as [string, string];
    const [from, to] = [line.indexOf('~'), line.lastIndexOf('~') + 1];
    assert.equal(shown.slice(from, to), 'U x', `${width}: ${shown}`);
    assert.ok(shown.length <= Math.max(width, 40), `${shown.length} > ${width}`);
  }
});

test('no message prints a control character', () => {
  const [error] = readProgram('h = \u001b[31mW * \u0000x', 'a\u0007b.cell').errors!;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  assert.doesNotMatch(errorText(error!), /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
});
