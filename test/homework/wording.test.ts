// Every message: what is wrong, why and what next, short, in the student's language, and nothing of the tool in it.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Finding } from '../../lib/homework/check-report.ts';
import { shapeWords } from '../../lib/homework/value.ts';
import { checkWords } from '../../lib/homework/wording/findings.ts';
import { sizesOf } from '../../lib/homework/wording/phrases.ts';
import { messages } from './reports/messages.ts';

const wordsOf = (called: string) => {
  const message = messages.find((one) => one.called === called);
  assert.ok(message, `no mistake is called ${called}`);
  return message.words;
};

describe('a message', () => {
  for (const { called, words } of messages)
    it(`is whole, short and to the point: ${called}`, () => {
      assert.match(words.what, /[.:?]$/);
      assert.match(words.next, /[.?`]$/);
      const prose = [words.what, ...(words.why === undefined ? [] : [words.why]), words.next].join(' ');
      assert.ok(prose.length <= 420, `${prose.length} characters`);
      assert.doesNotMatch(prose, /\[object|undefined,| {2}|[^.]\.\. /);
    });
  it('has a cause for every honest mistake but where the next step is one', () => {
    const without = messages.filter(({ words }) => words.why === undefined && words.quoted === undefined);
    assert.ok(without.length < messages.length / 6, without.map(({ called }) => called).join(', '));
  });
  it('shows nothing of where it ran', () => {
    assert.match(wordsOf('a file of the sandbox in the message').what, /OSError: cannot open 'data\.txt'\.$/);
  });
  it('shows no frame of the tool', () => {
    const { words, lines } = messages.find(({ called }) => called === 'frames in the message')!;
    assert.doesNotMatch([words.what, ...lines].join('\n'), /sandbox|runner|File "/);
    assert.match(words.what, /RuntimeError: bad\.$/);
  });
});

describe('the cause and the next step', () => {
  const says: readonly (readonly [called: string, pattern: RegExp])[] = [
    ['a mistyped function', /Is it `lstm_stpe`\? Then call it `lstm_step`/],
    ['other capitals', /`LSTMStep`\? Then call it `lstmStep`/],
    ['a default export', /Take out the word `default`/],
    ['not exported', /Write `export` in front of it/],
    ['an async function', /a promise, not numbers.*nobody waits.*Take out `async`/],
    ['async def', /a coroutine.*`async def`/],
    ['a promise that never settles', /never resolves/],
    ['tabs', /tabs.*four blanks/],
    ['np not imported', /Add `import numpy as np` as the first line/],
    ['math not imported', /import math/],
    ['Math forgotten', /Write `Math\.tanh`/],
    ['numpy not installed', /pip install numpy.*plain lists/],
    ['a column for a vector', /shape \(4, 1\).*shape \(4,\).*np\.ravel\(h\)/],
    ['a column for a vector, in JavaScript', /h\.flat\(\)/],
    ['half a tuple', /return h, c/],
    ['the comma operator', /returns only the last.*return \[h, c\]/],
    ['no return', /`None`.*Did you forget `return`\?/],
    ['no return, in JavaScript', /`undefined`.*Did you forget `return`\?/],
    ['sys.exit', /`sys\.exit\(\)`/],
    ['process.exit', /`process\.exit\(\)`/],
    ['input()', /`input\(\)` waits for a person/],
    ['input() while loading', /`input\(\)` waits for a person/],
    ['an endless loop', /2 seconds.*loop does not end/],
    ['too much memory', /more memory.*grows/],
    ['arguments changed', /changes the arguments.*Work on a copy/],
    ['result reused', /Make the list inside the function/],
    ['state remembered', /states=\[\]/],
    ['too many prints', /Take the print out of the loop/],
    ['a mistyped argument', /Did you mean `h_prev`/],
    ['a name that the record has not', /Did you mean `W_f`/],
    ['undefined has no parts', /`Wf` is `undefined`.*Did you mean `W_f`/],
    ['lists taken for arrays', /begin the file with `import numpy as np`/],
    ['transposed', /d_W_x\.T/],
    ['a mistyped parameter', /Did you mean `W_f`/],
    ['another name in the record', /Did you mean `c` where you wrote `C`/],
    ['a name missing in a record', /Did you mean `b_f` where you wrote `bf`/],
    ['the start state as well', /One too many.*none for the start/],
    ['the last state alone', /last step alone/],
    ['a function that math has not', /`math` has no `tnh`.*Did you mean `math\.tanh`/],
    ['a function that Math has not', /Did you mean `Math\.tanh`/],
    ['a name like two others', /Did you mean `W_h` or `W_x`/],
    ['code where equations are wanted', /wants equations, a `\.cell`.*ends in \.cell/],
    ['a generator', /a generator.*round brackets.*list\(…\)/],
    ['a generator, in JavaScript', /What came back is a generator.*Take out the `\*`/],
    ['an argument that is named otherwise', /No argument of the function has the name `x`.*Begin it with/],
    ['a state with a t', /compute `h_t`.*Write `h =` where you have `h_t =`/],
    ['a program that answers in words', /No line of JSON.*PROTOCOL\.md/],
    ['a program that crashes', /exit code 1.*before it had answered/],
    ['entry by entry', /a matrix times a vector is `@`.*`W_f` is 1×1.*`W_f @ h_prev`/],
    ['a power of bits', /no power in Python.*two stars/],
    ['a part read by a dot', /`p\["W_f"\]`/],
    ['math for arrays', /Write `np\.exp` where you have `math\.exp`/],
    ['a file that is not there', /no files where homework is checked/],
    ['exchanged results', /the shape of `c`.*in this order: `return \[h, c\];`/],
    ['a record of one', /holds `h`; what is wanted is `h` itself.*without braces/],
    ['holes of an arrow function', /braces.*unless it says `return`/],
    ['one round of a loop', /leaves after its first round/],
    ['types in JavaScript', /has types.*ends in \.ts/],
    ['maps in a list', /a list of 5 maps.*list\(…\)/],
    ['promises in a list', /a list of 5 Promises.*nobody waits.*Take out `async`/],
    ['fractions', /Put `float\(…\)` round each number/],
    ['whole numbers without end', /Put `Number\(…\)` round each number/],
    ['both in a tuple of their own', /looks like `h` and `c` inside one pair of brackets.*beside it\. .*`return h, c`/],
    ['a tuple or a matrix', /looks like `h` and `c`.*or else the products/],
    ['a matrix for a vector', /entry by entry; and a column, as `reshape.*as flat as it comes/],
    ['for without let', /without being declared.*`for \(let t = …`/],
    ['set without let', /declared.*Write `let sum = …`/],
    ['a class', /It is a class.*export function/],
    ['export in .cjs', /\.cjs.*Rename it/],
    ['a decorator', /decorator.*not supported/],
    ['match of a newer Python', /came with Python 3\.12, and here Python 3\.11 runs/],
    ['a comment without end', /begun and never ended/],
    ['a text without end', /quotation marks.*never ended/],
    ['a class, in Python', /`rnn_step` is a class.*Write it as a function: `def rnn_step/],
    ['nested too deep', /so deep that the file cannot be read/],
    ['fences', /Markdown.*Take out both of these lines/],
    ['a notebook', /whole notebook.*Executable Script/],
    ['commands of a notebook', /command of a notebook.*Take out every such line/],
    ['module in a module', /no `module\.exports`.*`export \{ lstmStep \};`/],
    ['a text that is no JSON', /file itself can be read.*standard input/],
    ['words of a command line', /command line.*as an argument/],
    ['types that nobody can read', /within 10 seconds, so nothing of it was run/],
    ['another word than value', /`result` where `value` is wanted/],
    ['the tool itself', /not your doing.*costs you no points/],
  ];
  for (const [called, pattern] of says)
    it(`are those of ${called}`, () => {
      const { what, why = '', next } = wordsOf(called);
      assert.match(`${what} ${why} ${next}`, pattern);
    });
});

it('two lists joined by + are told where no NumPy is', () => {
  const { report } = messages.find(({ called }) => called === 'six for four')!;
  const words = (runtime: string) =>
    checkWords(report.checks[0]!, { ...report, submission: { ...report.submission, runtime } })!;
  assert.match(words('Python 3.11').why!, /puts one behind the other/);
  assert.doesNotMatch(words('Python 3.11 with NumPy 1.24').why!, /puts one behind/);
});

describe('numbers that no known slip gives', () => {
  const [{ report }] = [messages.find(({ called }) => called === 'wrong values')!];
  const said = (strips: NonNullable<Finding['strips']>): string => {
    const [check] = report.checks;
    const worst = { path: strips[0]!.name, got: 0, expected: 1, error: 1 };
    return checkWords({ ...check!, finding: { ...check!.finding!, strips, worst } }, report)!.what;
  };
  it('are told apart from those that are right', () =>
    assert.equal(
      said([
        { name: 'd_W', errors: [0, 0.5] },
        { name: 'd_b', errors: [1e-16] },
      ]),
      'Wrong: `d_W`. Right: `d_b`.',
    ));
  it('are named by the place that is furthest off where all are wrong', () =>
    assert.match(said([{ name: 'h', errors: [0.5, Number.NaN] }]), /^`h` is furthest/));
  it('are counted where there are many', () =>
    assert.match(
      said(Array.from({ length: 12 }, (_, i) => ({ name: `p${i}`, errors: [i === 0 ? 1 : 0] }))),
      /^Wrong: `p0`\. Right: `p1`, `p2`, `p3`, `p4` and 7 more\.$/,
    ));
});

describe('a shape in words', () => {
  it('is read as the sizes that it was made of', () => {
    for (const sizes of [[], [1], [4], [2, 1], [1, 3], [5, 4], [2, 3, 1]]) {
      const block = (rest: readonly number[]): unknown =>
        rest.length === 0 ? 0.5 : Array.from({ length: rest[0]! }, () => block(rest.slice(1)));
      assert.deepEqual(sizesOf(shapeWords(block(sizes))), sizes);
    }
    for (const other of [undefined, 'x', [], [[1], [1, 2]], { a: 1 }, [null], [true]])
      assert.equal(sizesOf(shapeWords(other)), undefined);
  });
});

describe('a clue', () => {
  const [{ report }] = [messages.find(({ called }) => called === 'wrong values')!];
  const said = (clue: NonNullable<Finding['clue']>): string => {
    const [check] = report.checks;
    const worst = { path: 'h[1]', got: 0.12346, expected: 0.123456, error: 4e-6 };
    const { what, why = '', next } = checkWords({ ...check!, finding: { ...check!.finding!, worst, clue } }, report)!;
    return `${what} ${why} ${next}`;
  };
  const clues: readonly (readonly [NonNullable<Finding['clue']>, RegExp])[] = [
    [{ code: 'untouched' }, /the start as it was given.*Write the rest/],
    [{ code: 'order', own: ['x', 'h_prev'] }, /another order.*Yours are `x, h_prev`.*Begin it with `def /],
    [{ code: 'word', parameter: 'kind', word: 'inverse sigmoid' }, /`kind` is `"inverse sigmoid"`.*stands nowhere/],
    [{ code: 'part', read: 'p.bn', part: 'bn', parts: ['W_n', 'b_n'] }, /`p\.bn` is `undefined`.*Did you mean `b_n`/],
    [{ code: 'remembers' }, /the same call, made once more/],
    [{ code: 'changed-arguments' }, /writes into an argument, and reads from it/],
    [{ code: 'rounded', decimals: 5 }, /rounded to 5 decimals: `h\[1\]` is furthest off, by 4e-6/],
    [{ code: 'float32' }, /float32 keeps seven digits/],
    [{ code: 'small' }, /^Nearly right/],
  ];
  for (const [clue, pattern] of clues)
    it(`is put into words: ${clue.code}`, () => {
      assert.match(said(clue), pattern);
      assert.doesNotMatch(said(clue), /two at once/);
    });
});
