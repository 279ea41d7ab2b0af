// The mistakes that students honestly make, and what else can end a run: what the checker says of each as data.

import type { Finding, Problem } from '../../../lib/homework/check-report.ts';
import type { Language } from '../../../lib/homework/language.ts';
import type { Raised, Trouble } from '../../../lib/homework/session.ts';

interface MistakeOf<Of> {
  readonly called: string;
  readonly language: Language;
  readonly of: Of;
  /** For a step that returns one vector instead of two. */
  readonly single?: true;
}

const mistake =
  <Of>(language: Language) =>
  (called: string, of: Of, single?: true): MistakeOf<Of> => ({
    called,
    language,
    of,
    ...(single === undefined ? {} : { single }),
  });

const py = mistake<Problem>('python');
const js = mistake<Problem>('javascript');
const shape = (path: string, expected: string, got: string): Problem => ({ code: 'wrong-shape', path, expected, got });
const threw = (name: string, message: string, line = 7, text = '    h = np.tanh(W_h @ h_prev)'): Problem => ({
  code: 'threw',
  raised: { name, message, line, text },
});

export const problems: readonly MistakeOf<Problem>[] = [
  py('a column for a vector', shape('h', 'a list of 4 numbers', 'a list of 4 lists of 1 number')),
  js('a column for a vector, in JavaScript', shape('h', 'a list of 4 numbers', 'a list of 4 lists of 1 number')),
  py('a row for a vector', shape('h', 'a list of 4 numbers', 'a list of 1 list of 4 numbers')),
  py('no return', shape('h', 'a list of 4 numbers', 'nothing'), true),
  js('no return, in JavaScript', shape('what came back', 'h and c, in this order or by name', 'nothing')),
  py('half a tuple', shape('what came back', 'h and c, in this order or by name', 'a list of 4 numbers')),
  js('the comma operator', shape('what came back', 'h and c, in this order or by name', 'a list of 4 numbers')),
  py('three for two', shape('what came back', 'h and c, in this order or by name', 'a list of 3 lists of 4 numbers')),
  js('another name in the record', shape('what came back', 'h and c, in this order or by name', 'a record of h, C')),
  py('one of two missing', shape('c', 'a list of 4 numbers', 'nothing')),
  py('holes', shape('c', 'a list of 4 numbers', 'a list of 4 nothings')),
  py('a sum for a vector', shape('h', 'a list of 4 numbers', 'a number')),
  py('a list of one for a number', shape('p', 'a number', 'a list of 1 number'), true),
  py('D for H', shape('h', 'a list of 4 numbers', 'a list of 3 numbers')),
  js('exchanged results', shape('h', 'a number', 'a list of 1 number')),
  js('a record of one', shape('h', 'a list of 4 numbers', 'a record of h'), true),
  js('holes of an arrow function', shape('c', 'a list of 4 numbers', 'a list of 4 nothings')),
  py('one round of a loop', shape('hs', 'a list of 4 lists of 2 numbers', 'a list of 1 list of 2 numbers')),
  py('six for four', shape('h', 'a list of 4 numbers', 'a list of 6 numbers')),
  js('the start state as well', shape('hs', 'a list of 5 lists of 4 numbers', 'a list of 6 lists of 4 numbers')),
  js('the last state alone', shape('hs', 'a list of 5 lists of 4 numbers', 'a list of 4 numbers')),
  js('all states in a row', shape('hs', 'a list of 5 lists of 4 numbers', 'a list of 20 numbers')),
  py('transposed', shape('d_W_x', 'a list of 4 lists of 3 numbers', 'a list of 3 lists of 4 numbers')),
  py('transposed, in a record', shape('d_p.W_x', 'a list of 4 lists of 3 numbers', 'a list of 3 lists of 4 numbers')),
  py('an empty list', shape('hs', 'a list of 5 lists of 4 numbers', 'an empty list')),
  py('a generator', shape('hs', 'a list of 5 lists of 4 numbers', 'a generator')),
  js('a generator, in JavaScript', shape('what came back', 'h and c, in this order or by name', 'a generator')),
  py('rows of unequal lengths', shape('hs', 'a list of 5 lists of 4 numbers', 'a list of 5 lists of unequal lengths')),
  py('a text', shape('h', 'a list of 4 numbers', 'a text')),
  py('a list for a record', shape('d_p', 'a record of W_f, b_f', 'a list of 2 numbers')),
  py('a name missing in a record', shape('d_p', 'a record of W_f, b_f', 'a record of W_f, bf')),
  py('maps in a list', shape('hs', 'a list of 5 lists of 4 numbers', 'a list of 5 maps')),
  js('promises in a list', shape('hs', 'a list of 5 lists of 4 numbers', 'a list of 5 Promises')),
  py('a class, in Python', shape('h', 'a list of 4 numbers', 'a rnn_step'), true),
  py('fractions', shape('h', 'a list of 4 numbers', 'a list of 4 Fractions')),
  js('whole numbers without end', shape('h', 'a list of 4 numbers', 'a list of 4 bigints')),
  py('both in a tuple of their own', shape('h', 'a list of 4 numbers', 'a list of 2 lists of 4 numbers')),
  py('a tuple or a matrix', shape('h', 'a list of 2 numbers', 'a list of 2 lists of 2 numbers')),
  py('a matrix for a vector', shape('h', 'a list of 4 numbers', 'a list of 4 lists of 4 numbers'), true),
  js('a mixture', shape('h', 'a list of 4 numbers', 'a list of 4 values of different kinds')),
  js('a text for a number', { code: 'not-a-number', path: 'h[2]', got: 'a text' }),
  py('a truth value for a number', { code: 'not-a-number', path: 'h[2]', got: 'true or false' }),
  js('not a number', { code: 'not-finite', path: 'c[0]', got: 'NaN' }),
  py('not a number, in Python', { code: 'not-finite', path: 'c[0]', got: 'NaN' }),
  py('overflow', { code: 'not-finite', path: 'c[0]', got: 'Infinity' }),
  py('wrong values', { code: 'values' }),
  py('drift', { code: 'drifts', step: 5 }),
  py('drift from the second step', { code: 'drifts', step: 2 }),
  py('drift from the first step', { code: 'drifts', step: 1 }),
  py('a property', { code: 'property', because: 'c changed from 0.5 to 0.37' }),
  mistake<Problem>('cell')('a claim', {
    code: 'claim',
    measured: [0.012, 0.31, 0.018, 0.4, 0.29],
    reached: 2,
    needed: 4,
  }),
  py('arguments changed', { code: 'changed-arguments' }),
  js('arguments changed, in JavaScript', { code: 'changed-arguments' }),
  py('result reused', { code: 'result-reused' }),
  py('state remembered', { code: 'remembers' }),
  js('state remembered, in JavaScript', { code: 'remembers' }),
  js('an async function', { code: 'promise' }),
  py('async def', { code: 'promise' }),
  py('np not imported', threw('NameError', "name 'np' is not defined")),
  py('math not imported', threw('NameError', "name 'tanh' is not defined", 4, '    h = tanh(a)')),
  py('a mistyped argument', threw('NameError', "name 'h_prv' is not defined", 4, '    a = W_h @ h_prv')),
  py('an unknown name', threw('NameError', "name 'gamma' is not defined", 4, '    a = gamma * h_prev')),
  js('an argument that is named otherwise', threw('ReferenceError', 'x is not defined', 3, 'return x[0]')),
  js('Math forgotten', threw('ReferenceError', 'tanh is not defined', 3, 'return a.map(tanh)')),
  js('sigmoid not written', threw('ReferenceError', 'sigmoid is not defined', 3, 'const f = sigmoid(a)')),
  py(
    'read before set',
    threw('UnboundLocalError', "cannot access local variable 'c' where it is not associated with a value"),
  ),
  py('a name that the record has not', threw('KeyError', "'Wf'", 5, "    f = p['Wf'] @ h_prev")),
  js(
    'undefined has no parts',
    threw('TypeError', "Cannot read properties of undefined (reading '0')", 5, 'sum += p.Wf[0][j]'),
  ),
  py('too few parameters', threw('TypeError', 'lstm_step() takes 3 positional arguments but 4 were given')),
  py('lists taken for arrays', threw('TypeError', "unsupported operand type(s) for @: 'list' and 'list'")),
  py('a list times a number', threw('TypeError', "can't multiply sequence by non-int of type 'float'")),
  py('a list has no shape', threw('AttributeError', "'list' object has no attribute 'shape'")),
  py('sizes do not fit', threw('ValueError', 'matmul: Input operand 1 has a mismatch in its core dimension 0')),
  py('entry by entry', threw('ValueError', 'operands could not be broadcast together with shapes (2,2) (2,3)')),
  py('a power of bits', threw('TypeError', "unsupported operand type(s) for ^: 'float' and 'float'", 3, 'return k^i')),
  py('a part read by a dot', threw('AttributeError', "'dict' object has no attribute 'W_f'", 3, 'f = p.W_f')),
  py('math for arrays', threw('TypeError', 'only size-1 arrays can be converted', 3, 'return math.exp(a)')),
  py('a file that is not there', threw('FileNotFoundError', "[Errno 2] No such file or directory: 'w.txt'")),
  js('for without let', threw('ReferenceError', 't is not defined', 4, 'for (t = 0; t < xs.length; t++) {')),
  js('set without let', threw('ReferenceError', 'sum is not defined', 4, 'sum = 0;')),
  js('a class', threw('TypeError', "Class constructor rnnStep cannot be invoked without 'new'")),
  py('past the end', threw('IndexError', 'list index out of range')),
  py(
    'a function that math has not',
    threw('AttributeError', "module 'math' has no attribute 'tnh'", 3, 'return math.tnh(a)'),
  ),
  js('a function that Math has not', threw('TypeError', 'Math.tnh is not a function', 3, 'return Math.tnh(a)')),
  js('not a function', threw('TypeError', 'W is not a function')),
  js('not iterable', threw('TypeError', 'h_prev is not iterable')),
  js('endless recursion', threw('RangeError', 'Maximum call stack size exceeded')),
  py('input()', threw('EOFError', 'EOF when reading a line', 2, 'h = input()')),
  py('exp overflows', threw('OverflowError', 'math range error')),
  py('a file', threw('PermissionError', "[Errno 13] Permission denied: 'weights.npy'")),
  py('the starter as it was', threw('NotImplementedError', 'write me')),
  js('something else', threw('Error', 'no idea', 3, "throw new Error('no idea')")),
  py(
    'frames in the message',
    threw('RuntimeError', 'bad\n  File "/sandbox/runner.py", line 3, in run\n    at run (/sandbox/runner.js:3:1)'),
  ),
];

const raised = (name: string, message: string, line?: number, text?: string): Raised => ({
  name,
  message,
  ...(line === undefined ? {} : { line }),
  ...(text === undefined ? {} : { text }),
});

const inPython = mistake<Trouble>('python');
const inJavascript = mistake<Trouble>('javascript');
const inCell = mistake<Trouble>('cell');
const syntax = (of: Raised): Trouble => ({ status: 'error', code: 'syntax', raised: of });
const fenced = {
  status: 'error',
  code: 'syntax',
  raised: raised('SyntaxError', 'invalid syntax', 1, '```js'),
} as const;
const load = (of: Raised): Trouble => ({ status: 'error', code: 'load', raised: of });
const module = (missing: string): Trouble => ({
  status: 'error',
  code: 'import',
  missing,
  raised: raised('ModuleNotFoundError', `No module named '${missing}'`, 1, `import ${missing}`),
});
const noFunction = (found: readonly string[], instead?: 'default' | 'not-a-function' | 'not-exported'): Trouble => ({
  status: 'error',
  code: 'no-function',
  wanted: ['lstm_step', 'lstmStep'],
  found,
  ...(instead === undefined ? {} : { instead }),
});
const limit = (code: 'memory' | 'prints' | 'reply-size' | 'processes' | 'file-size'): Trouble => ({
  status: 'limit',
  code,
});
const violation = (code: 'wrong-id' | 'second-reply' | 'malformed' | 'unasked'): Trouble => ({
  status: 'violation',
  code,
});
const refused = (
  code:
    | 'not-a-file'
    | 'no-permission'
    | 'too-large'
    | 'link'
    | 'language'
    | 'not-in-equations'
    | 'only-equations'
    | 'no-runtime',
  got: string,
): Trouble => ({
  status: 'refused',
  code,
  got,
});

export const troubles: readonly MistakeOf<Trouble>[] = [
  inPython('a bracket not closed', syntax(raised('SyntaxError', "'(' was never closed", 7, '    c = f * (g'))),
  inPython(
    'a colon forgotten',
    syntax(raised('SyntaxError', "expected ':'", 1, 'def lstm_step(h_prev, c_prev, x, p)')),
  ),
  inPython('tabs', syntax(raised('TabError', 'inconsistent use of tabs and spaces in indentation', 4, '\th = o * c'))),
  inPython(
    'indentation',
    syntax(raised('IndentationError', 'expected an indented block after function definition on line 1', 2, 'return h')),
  ),
  inPython(
    'print of Python 2',
    syntax(raised('SyntaxError', "Missing parentheses in call to 'print'. Did you mean print(...)?", 3, 'print h')),
  ),
  inPython('a curly quotation mark', syntax(raised('SyntaxError', "invalid character '“' (U+201C)", 3, 'p[“W_f”]'))),
  inJavascript('a brace not closed', syntax(raised('SyntaxError', 'Unexpected end of input', 12, ''))),
  inJavascript(
    'types in JavaScript',
    syntax(raised('SyntaxError', "Unexpected token ':'", 1, 'export function f(h: number[]) {')),
  ),
  inJavascript(
    'await outside async',
    syntax(raised('SyntaxError', 'await is only valid in async functions', 2, 'await x')),
  ),
  inCell(
    'a cell that cannot be read',
    syntax(
      raised(
        'EquationError',
        'my.cell:1  h = W_h h_prev\n               ~~~~~~~~~~\nTwo names stand side by side.\nA product is written `W_h * h_prev`.',
        1,
        'h = W_h h_prev',
      ),
    ),
  ),
  inJavascript(
    'export in .cjs',
    syntax(raised('SyntaxError', "Unexpected token 'export'", 1, 'export function f() {')),
  ),
  mistake<Trouble>('typescript')(
    'a decorator',
    syntax(raised('SyntaxError', 'Invalid or unexpected token', 3, '@timed')),
  ),
  inPython('match of a newer Python', syntax(raised('SyntaxError', 'invalid syntax', 3, '    type V = list[float]'))),
  inPython('a text without end', syntax(raised('SyntaxError', 'unterminated string literal', 2, "f = p['W_f]"))),
  mistake<Trouble>('typescript')(
    'a comment without end',
    syntax(raised('SyntaxError', 'Unterminated comment', 2, '/* sums')),
  ),
  mistake<Trouble>('typescript')('nested too deep', syntax(raised('SyntaxError', 'Maximum call stack size exceeded'))),
  inJavascript('fences', { ...fenced, packed: 'fences' }),
  inPython('a notebook', { ...fenced, packed: 'notebook' }),
  inPython('commands of a notebook', { ...fenced, packed: 'commands' }),
  inJavascript(
    'module in a module',
    load(raised('ReferenceError', 'module is not defined in ES module scope', 5, 'module.exports = { f };')),
  ),
  inJavascript(
    'a text that is no JSON',
    load(raised('SyntaxError', 'Unexpected end of JSON input', 2, 'JSON.parse(t)')),
  ),
  inPython('words of a command line', load(raised('IndexError', 'list index out of range', 2, 'eps = sys.argv[1]'))),
  inPython('numpy not installed', module('numpy')),
  inPython('another module', module('torch')),
  inJavascript('a file beside it', module('./helpers.js')),
  inPython('input() while loading', load(raised('EOFError', 'EOF when reading a line', 1, 'n = input()'))),
  inPython(
    'np not imported, outside functions',
    load(raised('NameError', "name 'np' is not defined", 1, 'zero = np.zeros(4)')),
  ),
  inJavascript('require', load(raised('ReferenceError', 'require is not defined', 1, "const fs = require('fs')"))),
  inPython('a mistyped function', noFunction(['lstm_stpe', 'sigmoid'])),
  inJavascript('other capitals', noFunction(['LSTMStep'])),
  inPython('another function', noFunction(['main'])),
  inPython('no function at all', noFunction([])),
  inJavascript('a default export', noFunction([], 'default')),
  inJavascript('not exported', noFunction([], 'not-exported')),
  inPython('no function of that name', noFunction([], 'not-a-function')),
  inCell('a mistyped parameter', {
    status: 'error',
    code: 'cell-names',
    unknown: ['W_ff'],
    missing: [],
    given: ['W_f', 'b_f', 'x'],
  }),
  inCell('no h', { status: 'error', code: 'cell-names', unknown: [], missing: ['h'], given: ['W_f', 'b_f', 'x'] }),
  inCell('a state with a t', {
    status: 'error',
    code: 'cell-names',
    unknown: [],
    missing: ['h'],
    given: ['W_h', 'W_x', 'b'],
    made: ['h_t'],
  }),
  inCell('a name like two others', {
    status: 'error',
    code: 'cell-names',
    unknown: ['W_y'],
    missing: [],
    given: ['W_h', 'W_x', 'b'],
  }),
  inPython(
    'a file of the sandbox in the message',
    load(raised('OSError', "cannot open '/tmp/unroll-1/submission-2/submission/data.txt'", 1, 'open(…)')),
  ),
  inPython('sys.exit', { status: 'error', code: 'exited', exit: 1 }),
  inJavascript('process.exit', { status: 'error', code: 'exited', exit: 0 }),
  inPython('a crash', { status: 'error', code: 'exited', exit: null, signal: 'SIGSEGV' }),
  inJavascript('a promise that never settles', { status: 'error', code: 'never-settled' }),
  mistake<Trouble>('program')('a program that answers in words', {
    status: 'timeout',
    code: 'too-slow',
    seconds: 10,
    loading: false,
  }),
  mistake<Trouble>('program')('a program that crashes', { status: 'error', code: 'exited', exit: 1 }),
  inPython('an endless loop', { status: 'timeout', code: 'too-slow', seconds: 2, loading: false }),
  inPython('a wait', { status: 'timeout', code: 'too-slow', seconds: 2, loading: false, waits: true }),
  inPython('a busy machine', { status: 'timeout', code: 'too-slow', seconds: 2, loading: false, starved: true }),
  inJavascript('an endless loop while loading', { status: 'timeout', code: 'too-slow', seconds: 1, loading: true }),
  mistake<Trouble>('typescript')('types that nobody can read', {
    status: 'timeout',
    code: 'too-slow',
    seconds: 10,
    loading: true,
    reading: true,
  }),
  mistake<Trouble>('program')('another word than value', { status: 'violation', code: 'malformed', word: 'result' }),
  inPython('too much memory', limit('memory')),
  inPython('too many prints', limit('prints')),
  inPython('too large an answer', limit('reply-size')),
  inPython('too many processes', limit('processes')),
  inPython('too large a file', limit('file-size')),
  inPython('an id of its own', violation('wrong-id')),
  mistake<Trouble>('program')('two answers', violation('second-reply')),
  mistake<Trouble>('program')('no JSON', violation('malformed')),
  inJavascript('an answer too early', violation('unasked')),
  inPython('a folder', refused('not-a-file', 'solutions, a folder')),
  inPython('a file of another user', refused('no-permission', 'rnn-step.py')),
  inPython('too large a submission', refused('too-large', '1,200,000 bytes')),
  inPython('a link', refused('link', 'my_lstm.py')),
  inPython('an unknown ending', refused('language', 'my_lstm.rb')),
  inCell('no equations', refused('not-in-equations', 'rnn-forward.cell')),
  inPython('code where equations are wanted', refused('only-equations', 'own-cell.py')),
  inPython('no Python', refused('no-runtime', 'python3')),
  inPython('the tool itself', { status: 'internal', code: 'internal', message: 'TypeError: no such exercise' }),
];

/** A finding as the checker would make it of that problem. */
export const findingOf = ({ of, single }: MistakeOf<Problem>): Finding => ({
  problem: of,
  call: {
    function: single ? 'rnn_step' : 'lstm_step',
    parameters: ['h_prev', 'c_prev', 'x', 'p'],
    given: [[0.5], [1], [0.3], { W_f: [[0.1]], U_f: [[0.3]], b_f: [1] }],
  },
  expected: single ? { h: [0.1] } : { h: [0.1], c: [0.2] },
});
