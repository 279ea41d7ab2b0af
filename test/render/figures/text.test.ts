// Lines of text in few columns: equations broken where they are weakest, comments below, nothing lost.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderFigure } from '../../../lib/render/figure.ts';
import type { TextFigure } from '../../../lib/render/result.ts';
import fc from '../../fast-check.ts';

const options = { width: 40, height: 24, colour: 0, unicode: true } as const;
const equations = (...lines: string[]): TextFigure => ({ kind: 'text', title: '', language: 'equations', lines });
const at40 = (...lines: string[]): string => renderFigure(equations(...lines), options);

test('a line that fits keeps its blanks', () => {
  assert.equal(at40('h   = tanh(x)      # why', '    # and how'), 'h   = tanh(x)      # why\n    # and how');
});

test('a long equation is broken before an operator, and goes on indented', () => {
  assert.equal(at40('f = sigmoid(W_f * h_prev + U_f * x + b_f)'), 'f = sigmoid(W_f * h_prev + U_f * x\n    + b_f)');
});

test('a sum is broken before a product, and outside of parentheses before inside', () => {
  assert.equal(
    at40('d = d_h .* (1 - tanh_c) + d_c .* (f - o) .* g'),
    'd = d_h .* (1 - tanh_c)\n    + d_c .* (f - o) .* g',
  );
  assert.equal(at40('state = softmax(a + b) * softmax(c + d + e)'), 'state = softmax(a + b)\n    * softmax(c + d + e)');
});

test('a comment for which there is no room stands below, indented; every line of it is a comment', () => {
  assert.equal(
    at40('c = f .* c_prev + i .* g                 # cell state: the memory of it all'),
    'c = f .* c_prev + i .* g\n    # cell state: the memory of it all',
  );
  assert.equal(
    at40('# forget gate: how much of the old cell state stays'),
    '# forget gate: how much of the old cell\n#   state stays',
  );
});

test('blanks between an equation and its comment go first', () => {
  assert.equal(at40(`z = x${' '.repeat(30)}# as it came in`), 'z = x   # as it came in');
});

test('joined again, a broken equation is what it was', () => {
  const name = fc.constantFrom('W_h', 'h_prev', 'sigmoid(x)', '(1 - z)', 'tanh(a + b_long_name)');
  const operator = fc.constantFrom(' + ', ' - ', ' * ', ' .* ', ' ./ ');
  const side = fc
    .array(fc.tuple(name, operator), { minLength: 3, maxLength: 20 })
    .map((parts) => parts.flat().slice(0, -1).join(''));
  fc.assert(
    fc.property(side, fc.integer({ min: 24, max: 120 }), (right, width) => {
      const lines = renderFigure(equations(`h = ${right}`), { ...options, width }).split('\n');
      assert.equal(lines.map((line) => line.trim()).join(' '), `h = ${right}`);
      assert.ok(
        lines.slice(1).every((line) => /^ {4}(\.?[-+*/]) /.test(line)),
        lines.join('\n'),
      );
    }),
    { numRuns: 200 },
  );
});

test('prose keeps its indent, and is wrapped', () => {
  const long = `  ${'a word and '.repeat(8)}b`;
  const drawn = renderFigure({ kind: 'text', title: '', language: 'plain', lines: [long] }, options);
  assert.ok(drawn.split('\n').every((line) => line.length <= 40 && line.startsWith('  ')));
  assert.equal(drawn.trim().replace(/\s+/g, ' '), long.trim());
});

test('a sample is printed verbatim: blanks, indent and empty lines stay, what nobody sees has a sign, and lines break at the edge alone', () => {
  const lines = ['def f(x):', '    return  x  ', '', '\tb\u0007', `${'0123456789'.repeat(5)} end`];
  const sample = { kind: 'text', title: 't', language: 'sample', lines } as const;
  assert.deepEqual(renderFigure(sample, options).split('\n').slice(1), [
    'def f(x):',
    '    return  x··',
    '',
    '␉b␇',
    `${'0123456789'.repeat(5).slice(0, 39)}↩`,
    '90123456789 end',
    '(␉ a tab, · a blank at the end of a',
    'line, ↩ the line goes on below)',
  ]);
  for (const plain of [false, true]) {
    const drawn = renderFigure(sample, { ...options, plain, unicode: false }).split('\n');
    assert.deepEqual(drawn.slice(1, 5), ['def f(x):', '    return  x\\x20\\x20', '', '\\tb\\x07']);
    assert.ok(drawn.every((line) => line.length <= 40));
  }
});
