// Whatever is typed: a program or errors, in good time. Nothing throws, nothing hangs, nothing grows without end.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derive } from '../../lib/equations/derive.ts';
import { backwardLatex, programLatex } from '../../lib/equations/latex.ts';
import { printProgram } from '../../lib/equations/print.ts';
import { readProgram } from '../../lib/equations/read.ts';
import { errorText } from '../../lib/equations/wording.ts';
import * as fc from '../fast-check.ts';
import { cellTexts } from './cells.ts';

const settings = { numRuns: 4000, seed: 4, includeErrorInReport: true } as const;
const slowest = 1000;

/** Reads, and takes a program through everything that comes after. Says which of the two it was. */
function digest(text: string): 'program' | 'errors' {
  const { program, errors } = readProgram(text);
  if (program !== undefined) {
    const backward = derive(program);
    assert.equal(typeof printProgram(backward.whole), 'string');
    assert.equal(typeof programLatex(program) + typeof backwardLatex(backward), 'stringstring');
    return 'program';
  }
  assert.ok(errors.length > 0);
  for (const error of errors) {
    const { text: line, span } = error;
    assert.ok(span.start >= 0 && span.end > span.start, `${JSON.stringify(span)} is no span`);
    assert.ok(span.start <= line.length, `${JSON.stringify(span)} is not in ${JSON.stringify(line)}`);
    const lines = errorText(error, 40).split('\n');
    assert.equal(lines.length, 6);
    assert.match(lines[1]!, /^ *~+$/);
    assert.ok(!lines.join('').includes('undefined'), lines.join('\n'));
  }
  return 'errors';
}

/** In time of the processor, which other processes do not slow down, and again when it was slow all the same. */
function timed(text: string): 'program' | 'errors' {
  let what: 'program' | 'errors' = 'errors';
  const measure = (): number => {
    const start = process.cpuUsage();
    what = digest(text);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  const took = measure();
  if (took >= slowest) assert.ok(measure() < slowest, `took ${took.toFixed(0)} ms`);
  return what;
}

function all(t: { diagnostic: (text: string) => void }, texts: fc.Arbitrary<string>): void {
  const counts = { program: 0, errors: 0 };
  fc.assert(
    fc.property(texts, (text) => {
      counts[timed(text)]++;
    }),
    settings,
  );
  t.diagnostic(`${counts.program} programs, ${counts.errors} with errors`);
}

const pieces =
  "h c f x h_prev c_prev x_prev W W_h b alpha 1 2 0.5 1e9 1e999 . , ; : ~ = == + - * .* ./ .^ / ^ ** ' '' ( ) [ ] { } tanh( sigmoid( softmax( sum( log( tanh relu constant( uniform( minus( W_* * H D # % @ ! & | < > ? \" ` \\ _ __proto__ constructor σ ⊙ − ᵀ 😀 \u0000 \u2028 \ud800 \t \n \n \n h= h=".split(
    ' ',
  );
const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 40, size: 'max' });

test(`${settings.numRuns} strings of any characters`, (t) =>
  all(t, fc.string({ unit: 'binary', maxLength: 200, size: 'max' })));

test(`${settings.numRuns} strings of characters that the language knows`, (t) => {
  const unit = fc.constantFrom(..."hxWb_12. =+-*/^'()#~:;\n");
  all(
    t,
    fc.string({ unit, maxLength: 60, size: 'max' }).map((side) => `h = ${side}`),
  );
});

test(`${settings.numRuns} soups of tokens`, (t) =>
  all(
    t,
    fc.tuple(soup, fc.constantFrom('', ' ')).map(([tokens, blank]) => tokens.join(blank)),
  ));

/** A built-in cell with up to four characters or tokens taken out, put in twice, swapped or put in. */
const mutated: fc.Arbitrary<string> = fc
  .record({
    text: fc.constantFrom(...cellTexts.values()),
    whole: fc.boolean(),
    edits: fc.array(
      fc.record({
        kind: fc.constantFrom('delete', 'double', 'swap', 'insert'),
        at: fc.nat(),
        other: fc.nat(),
        piece: fc.constantFrom(...pieces),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ text, whole, edits }) => {
    // Without its comments, so that an edit meets an equation.
    const bare = text.replaceAll(/ *#.*$/gm, '').trim();
    const parts = whole ? bare.split(/(?<=\W)|(?=\W)/) : [...bare];
    for (const { kind, at, other, piece } of edits) {
      const [i, j] = [at % parts.length, other % parts.length];
      if (kind === 'delete') parts.splice(i, 1);
      else if (kind === 'double') parts.splice(i, 0, parts[i]!);
      else if (kind === 'insert') parts.splice(i, 0, piece);
      else [parts[i], parts[j]] = [parts[j]!, parts[i]!];
    }
    return parts.join('');
  });

test(`${settings.numRuns} mutations of the built-in cells`, (t) => all(t, mutated));

const nested = (before: string, after: string, depth = 59): string =>
  `h = ${before.repeat(depth)}h_prev${after.repeat(depth)}`;
const lines = (line: (i: number) => string, first = ''): string => {
  let text = first;
  for (let i = 0; text.length < 65_000; i++) text += `${line(i)}\n`;
  return text.slice(0, text.lastIndexOf('\n', 65_535));
};
const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `a${i}`);

/** One long equation: as long as is allowed, and far beyond. */
const long = (before: string, unit: string, after = ''): readonly string[] => {
  const most = Math.floor(395 / (unit.match(/\w+|\W/g)?.length ?? 1));
  return [most, 5000].map((count) => before + unit.repeat(count) + after);
};

const adversarial: Readonly<Record<string, string | readonly string[]>> = {
  'a sum of many terms': long('h = h_prev', '+a'),
  'a product of many factors': long('h = h_prev', '.*a'),
  'a product of many different factors': `h = ${names(190).join('.*')}`,
  'a product of many matrices': long('h = ', 'W*', 'h_prev'),
  'many quotients': long('h = a', './a'),
  'a tower of powers': long('h = a', '.^a'),
  'a tower of numbers': long('h = a', '.^2'),
  'many minus signs': long('h = ', '-', 'h_prev'),
  'many transposes': long('h = h_prev', "''"),
  'a sum of equal products': long('h = a.*b', '+a.*b'),
  'products in every equation': lines((i) => `v${i} = ${names(150).join('.*')}.*h`, 'h = W * h_prev\n'),
  'products of matrices in every equation': lines((i) => `v${i} = ${'W*'.repeat(150)}h`, 'h = W * h_prev\n'),
  'powers in every equation': lines((i) => `v${i} = ${'a.^'.repeat(150)}h`, 'h = W * h_prev\n'),
  'deep parentheses': nested('(', ')'),
  'deeper parentheses': nested('(', ')', 900),
  'deep tanh': nested('tanh(', ')'),
  'deep softmax': nested('softmax(b .* ', ' + a)'),
  'deep sums': nested('sum(a .* ', ')'),
  'deep quotients': nested('a ./ (', ')'),
  'deep powers': nested('(b + ', ').^b'),
  'deep self products': nested('(b .* ', ' .* h_prev)'),
  'deep matrix products': nested('W*tanh(W*', ')', 58),
  'deep transposed products': `h = ${'(W*'.repeat(59)}W${")'".repeat(59)}*h_prev`,
  'squares of squares': lines((i) => (i === 0 ? 'v0 = h_prev .* b' : `v${i} = v${i - 1} .* v${i - 1}`)),
  'a chain of equations': lines((i) => (i === 0 ? 'v0 = h' : `v${i} = tanh(v${i - 1})`), 'h = W * h_prev\n'),
  'the same equation a thousand times': lines((i) => `v${i} = tanh(W * h_prev)`, 'h = b\n'),
  'thousands of parameters': lines((i) => `v${i}=p${i}`),
  'thousands of long parameters': lines((i) => `value${i}=parameter${i}`),
  'thousands of states': lines((i) => `s${i}=s${i}_prev`),
  'thousands of missing states': lines((i) => `value${i}=parameter${i}_prev`),
  'thousands of doubles': lines(() => 'h=b'),
  'thousands in the wrong order': lines((i) => `v${i}=v${i + 1}`),
  'thousands of declarations': lines((i) => `q${i} : H`, 'h = b\n'),
  'thousands of initialisers': lines((i) => `longname${i} ~ constant(1)`, 'h = b\n'),
  'thousands of covering initialisers': lines((i) => `v${i} = p${i}\n* ~ constant(1)`),
  'thousands of mirrors': lines(() => 'b* ~ minus(b)', 'h = b\n'),
  'very long names': lines((i) => `${'v'.repeat(900)}${i} = ${'p'.repeat(900)}${i}_prev`),
  'a thousand semicolons': 'h=b;'.repeat(16_000),
  'an initialiser of blanks': `b ~ constant(${' '.repeat(1900)}`,
  'an initialiser without parentheses': `b ~ ${'a'.repeat(1900)}`,
  'an initialiser of many arguments': `h = b\nb ~ constant(${'1,'.repeat(900)})`,
  'blanks between': `h=b\nb${' '.repeat(900)}~${' '.repeat(900)}x`,
  'a number of two thousand digits': `h = ${'1'.repeat(1900)}`,
  'points and digits': `h = ${'1.'.repeat(900)}`,
  'exponents of exponents': `h = ${'1e'.repeat(900)}`,
  'two million characters': 'h = a'.padEnd(2_000_000, '+a'),
};

for (const [what, texts] of Object.entries(adversarial))
  test(`${what}: within a second`, () => [texts].flat().forEach(timed));

test('64 KiB of one character, in one line and in lines, and a line full of it', () => {
  const characters = [...'()a1.\'-+*#=~: \t\0é[]{}",;%_e\r\n\uFEFF\u2028', '😀', '\ud800', '\u0301'];
  for (const c of characters)
    for (const text of [
      c.repeat(65_536 / c.length),
      `${c}\n`.repeat(65_536 / (c.length + 1)),
      `h = ${c.repeat(990)}`,
      `h = a${c.repeat(990)}a`,
    ])
      timed(text);
});
