// Precedence, signs and spaces: what is printed means what was read.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate } from '../../lib/equations/evaluate.ts';
import { apply, keyOf, name, number } from '../../lib/equations/expression.ts';
import { mathEngine } from '../../lib/equations/mathjs-engine.ts';
import { printExpression, printProgram } from '../../lib/equations/print.ts';
import { cellTexts, programOf } from './cells.ts';

const scalars = 'a : 1\nb : 1\nc : 1';
const values = new Map(Object.entries({ a: 3, b: 5, c: 7 }));

/** Text, how it prints, and its value at a = 3, b = 5, c = 7. */
const cases: readonly (readonly [string, string, number])[] = [
  ['-2 .^ 2', '-2 .^ 2', -4],
  ['(-2) .^ 2', '(-2) .^ 2', 4],
  ['-a .^ 2', '-a .^ 2', -9],
  ['(-a) .^ 2', '(-a) .^ 2', 9],
  ['2 .^ -a', '2 .^ (-a)', 1 / 8],
  ['2 .^ -1', '2 .^ (-1)', 0.5],
  ['2 .^ 3 .^ 2', '2 .^ 3 .^ 2', 512],
  ['(2 .^ 3) .^ 2', '(2 .^ 3) .^ 2', 64],
  ['a - (b - c)', 'a - (b - c)', 5],
  ['(a - b) - c', 'a - b - c', -9],
  ['a - b - c', 'a - b - c', -9],
  ['a + (b + c)', 'a + (b + c)', 15],
  ['a - (b + c)', 'a - (b + c)', -9],
  ['a ./ (b .* c)', 'a ./ (b .* c)', 3 / 35],
  ['a ./ b .* c', 'a ./ b .* c', 4.2],
  ['a ./ (b ./ c)', 'a ./ (b ./ c)', 4.2],
  ['a .* (b + c)', 'a .* (b + c)', 36],
  ['-(a .* b)', '-(a .* b)', -15],
  ['-a .* b', '-a .* b', -15],
  ['-(a + b)', '-(a + b)', -8],
  ['-(-a)', '-(-a)', 3],
  ['--a', '-(-a)', 3],
  ['---a', '-(-(-a))', -3],
  ['a - -b', 'a - -b', 8],
  ['a - -2', 'a - -2', 5],
  ['a * -2', 'a * -2', -6],
  ['-2 * a', '-2 * a', -6],
  ['-(2)', '-2', -2],
  ['--2', '2', 2],
  ["(a + b)'", "(a + b)'", 8],
  ["a'", "a'", 3],
  ["-a'", "-a'", -3],
  ["(-a)'", "(-a)'", -3],
  ["a' .^ 2", "a' .^ 2", 9],
  ["(a .^ 2)'", "(a .^ 2)'", 9],
  ["a''", "a''", 3],
  ['exp(-(a - a))', 'exp(-(a - a))', 1],
  ['5.*a', '5 .* a', 15],
  ['5./a', '5 ./ a', 5 / 3],
  ['a.^2', 'a .^ 2', 9],
  ['5. * a', '5 * a', 15],
  ['.5*a', '0.5 * a', 1.5],
  ['1e3 + 1E-2', '1000 + 0.01', 1000.01],
  ['1e-7 * a', '1e-7 * a', 3e-7],
  ['1e300 * 1e-300', '1e+300 * 1e-300', 1],
  ['((a))', 'a', 3],
  ['a+b*c', 'a + b * c', 38],
];

for (const [text, printed, value] of cases)
  test(`${text} is ${value} and prints as ${printed}`, () => {
    const read = (side: string) =>
      programOf(
        `h = ${side}\n${scalars
          .split('\n')
          .filter((line) => side.includes(line[0]!))
          .join('\n')}`,
      ).equations[0]!.value;
    assert.equal(printExpression(read(text)), printed);
    assert.equal(keyOf(read(printed)), keyOf(read(text)));
    assert.ok(Math.abs((evaluate(read(text), values, mathEngine) as number) - value) < 1e-12);
  });

test('a negative number as an operand keeps its minus', () => {
  const a = name('a');
  assert.equal(printExpression(apply('power', number(-2), a)), '(-2) .^ a');
  assert.equal(printExpression(apply('transpose', number(-2))), "(-2)'");
  assert.equal(printExpression(apply('negate', number(-2))), '-(-2)');
  assert.equal(printExpression(apply('times', a, number(-2))), 'a .* -2');
  assert.equal(printExpression(number(-0)), '-0');
});

test('a built-in cell prints as it is written, but for spaces and what stands behind a declaration', () => {
  const squeezed = (text: string) => text.replaceAll(/ +/g, ' ').replaceAll(/\n+/g, '\n');
  for (const text of cellTexts.values()) {
    const written = text.replaceAll(/^(.* ~ [^#]*\S) *#.*$/gm, '$1');
    assert.equal(squeezed(printProgram(programOf(text))), squeezed(written));
  }
});

test('captions are aligned, and a very long line does not push them out', () => {
  const long = `h = ${Array.from({ length: 60 }, () => 'b').join(' + ')}   # sum`;
  const text = `a = b   # one\nab = a + b   # two\n${long}\n`;
  assert.equal(printProgram(programOf(text)), `a = b        # one\nab = a + b   # two\n${long}\n`);
});
