// An exception in the student's file: which of the usual causes it has, and how it is fixed.

import { nearest } from '../../equations/nearest.ts';
import type { Raised } from '../session.ts';
import { type Advice, advise } from './messages.ts';
import { idiomOf, type MessageContext, matrixAndVector, quotedNames, sizesSaid } from './phrases.ts';

const imports: Readonly<Record<string, string>> = {
  np: 'import numpy as np',
  numpy: 'import numpy',
  math: 'import math',
  copy: 'import copy',
};
/** Of Python's `math`, of JavaScript's `Math`, and of any of them or NumPy. */
const ofPython = ['tanh', 'exp', 'log', 'sqrt'];
const ofScript = [...ofPython, 'max', 'min', 'pow', 'abs'];
const ofAny = [...ofScript, 'dot', 'outer', 'zeros', 'ones', 'sum', 'array', 'asarray'];

/** A name that JavaScript was to make by setting it. */
function undeclared(name: string, { language }: MessageContext, { text = '' }: Raised): Advice | undefined {
  if (language === 'python' || !new RegExp(`(?:^|[;({,])\\s*${name}\\s*=(?!=)`).test(text)) return undefined;
  const loop = /\bfor\s*\(/.test(text) ? `: \`for (let ${name} = …\`` : '';
  return advise('undeclared', { name, loop });
}

function undefinedName(name: string, context: MessageContext, known: readonly string[]): Advice {
  const { language, parameters } = context;
  if (parameters.includes(name))
    return advise('no-such-argument', { name, define: idiomOf(language).define(context.function, parameters) });
  if (language === 'python' && imports[name] !== undefined)
    return advise('never-imported', { name, line: imports[name] });
  if (language !== 'python' && ofScript.includes(name)) return advise('script-math', { name });
  if (language === 'python' && ofPython.includes(name)) return advise('python-math', { name });
  if (name === 'sigmoid') return advise('no-sigmoid');
  const near = nearest(
    name,
    known.filter((other) => other !== name),
  );
  if (near !== undefined) return advise('name-mistyped', { name, near });
  if (parameters.length === 0) return advise('name-unassigned', { name });
  return advise('name-no-argument', { name, parameters: quotedNames(parameters) });
}

/** `p.Wf[0]`: where the line itself names what is missing, that is said. */
function undefinedPart(
  _: RegExpExecArray,
  { language }: MessageContext,
  known: readonly string[],
  { text = '' }: Raised,
): Advice {
  const read = [...text.matchAll(/\.(\w+)|\[["'](\w+)["']\]/g)].map((found) => (found[1] ?? found[2])!);
  const unknown = read.filter((name) => !known.includes(name));
  const near = unknown.map((name) => [name, nearest(name, known)] as const).find(([, other]) => other !== undefined);
  const nothing = idiomOf(language).nothing;
  if (near !== undefined) return advise('part-mistyped', { part: near[0], nothing, near: near[1]! });
  return advise(language === 'python' ? 'something-is-nothing-in-python' : 'something-is-nothing', { nothing });
}

/** `names`: what the call was given, by the names of records' parts too. */
export function advice(raised: Raised, context: MessageContext, names: readonly string[]): Advice {
  const known = [...context.parameters, ...context.returns, ...names];
  if (/\bargv\b/.test(raised.text ?? '')) return advise('no-command-line');
  for (const [pattern, cause] of cases) {
    const found = pattern.exec(`${raised.name}: ${raised.message}`);
    if (found !== null) return typeof cause === 'string' ? advise(cause) : cause(found, context, known, raised);
  }
  if (context.language === 'cell') return advise('run-the-cell');
  return advise('print-that-line', { print: idiomOf(context.language).print('…') });
}

/** The message, or what makes it. */
type Cause =
  | string
  | ((found: RegExpExecArray, context: MessageContext, known: readonly string[], raised: Raised) => Advice);

const cases: readonly (readonly [RegExp, Cause])[] = [
  [/unsupported operand type\(s\) for \^/, 'power-sign'],
  [/'dict' object has no attribute '(\w+)'/, (found) => advise('part-of-dict', { part: found[1]! })],
  [
    /only (?:size-1|length-1|0-dimensional) arrays/,
    (_f, _s, _k, { text = '' }) => {
      const name = /math\.(\w+)/.exec(text)?.[1] ?? 'tanh';
      return advise('math-of-array', { name });
    },
  ],
  [/FileNotFoundError|ENOENT|No such file/, 'no-files'],
  [
    /NotImplementedError|not implemented|not written yet/i,
    (_, { function: name }) => advise('starter-stops', { name }),
  ],
  [/require is not defined/, 'no-require'],
  [/\b(?:module|exports) is not defined/, (_, { function: name }) => advise('module-exports', { name })],
  [
    /Class constructor .* cannot be invoked without 'new'/,
    (_, context) =>
      advise('class-is-called', { define: idiomOf(context.language).define(context.function, context.parameters) }),
  ],
  [/^SyntaxError: |^json\.decoder\.|^JSONDecodeError: /, 'text-for-code'],
  [
    /EOFError|prompt is not defined|reading a line/,
    (_, { language }) => advise('waits-for-person', { stops: idiomOf(language).stops }),
  ],
  [
    /NameError: name '(\w+)' is not defined|ReferenceError: (\w+) is not defined/,
    (found, context, known, raised) =>
      undeclared((found[1] ?? found[2])!, context, raised) ?? undefinedName((found[1] ?? found[2])!, context, known),
  ],
  [
    /module '?(\w+)'? has no attribute '(\w+)'|\b(Math)\.(\w+) is not a function/,
    (found) => {
      const [module, name] = [found[1] ?? found[3]!, found[2] ?? found[4]!];
      const near = nearest(name, ofAny);
      return near === undefined
        ? advise('no-such-function', { module, name })
        : advise('function-mistyped', { module, name, near });
    },
  ],
  [/UnboundLocalError|before initialization/, 'read-before-set'],
  [
    /KeyError: '?(\w+)'?|has no (?:key|property) '?(\w+)/,
    (found, context, known) => {
      const key = (found[1] ?? found[2])!;
      const near = nearest(key, known);
      if (near !== undefined) return advise('key-mistyped', { key, near });
      return advise(isAnyRecord(context) ? 'no-key-of-any-record' : 'no-key', { key });
    },
  ],
  [
    /takes (?:from )?\d+ (?:to \d+ )?positional arguments?|missing \d+ required positional|unexpected keyword/,
    (_, context) =>
      advise('argument-count', {
        length: context.parameters.length,
        define: idiomOf(context.language).define(context.function, context.parameters),
      }),
  ],
  [
    /can't multiply sequence|unsupported operand type\(s\) for .*'list'|can only concatenate list|bad operand type for unary .*'list'|must be real number, not list|'list' object has no attribute|'float' object is not (?:subscriptable|iterable)/,
    (_, context) => advise('lists-do-no-algebra', { product: matrixAndVector(context).join(' @ ') }),
  ],
  [
    /not aligned|mismatch in its core dimension|could not be broadcast|operands could not|dimensions? (?:do not|must) match|SizeError/i,
    (found, context, _, { text = '' }) => {
      const flat = vectorProduct(found.input, text);
      if (flat !== undefined) return flat;
      const [matrix, vector] = matrixAndVector(context);
      const sizes = sizesSaid(context);
      return advise(/broadcast|operands could not/.test(found[0]) ? 'sizes-entry-by-entry' : 'sizes-do-not-fit', {
        a: sizes === undefined ? 'A' : `In the call below ${sizes}; a`,
        product: `${matrix} ${context.language === 'python' ? '@' : '*'} ${vector}`,
      });
    },
  ],
  [/failed to map segment|cannot allocate memory|errno 12\b/i, 'library-memory'],
  [
    /unsupported operand type\(s\) for .*'str'/,
    (_, context) => advise(isAnyRecord(context) ? 'string-of-any-record' : 'string-for-number'),
  ],
  [
    /(?:'dict'|dict and|object has no attribute.*dict|'dict_values')|float\(\) argument must be .*'dict/,
    (_, context) => advise(isAnyRecord(context) ? 'any-record-for-array' : 'record-for-array'),
  ],
  [/Cannot (?:read|set) properties of (?:undefined|null)|'NoneType' object/, undefinedPart],
  [/IndexError|index out of (?:range|bounds)/, 'index-past-end'],
  [/is not a function|object is not callable/, 'call-of-no-function'],
  [/is not iterable|not subscriptable/, 'number-for-list'],
  [/RecursionError|Maximum call stack|recursion depth/, 'endless-recursion'],
  [/OverflowError|ZeroDivisionError|math (?:range|domain) error/, 'out-of-range'],
  [/MemoryError|allocation failed|Invalid (?:array|typed array) length/, 'growing-list'],
  [
    /PermissionError|ERR_ACCESS_DENIED|EACCES|EPERM|ENETUNREACH|Read-only file system|Operation not permitted/,
    'out-of-reach',
  ],
];

/** A record goes in and comes back with the same names, whatever they are. */
const isAnyRecord = ({ given = [], expected = {} }: MessageContext): boolean =>
  Object.values(expected).some(
    (value) =>
      typeof value === 'object' &&
      !Array.isArray(value) &&
      Object.keys(value).join() === Object.keys(given[0] ?? {}).join(),
  );

/** Two flat vectors where the matrix of their products is meant, or that matrix the wrong way round. */
function vectorProduct(message: string, text: string): Advice | undefined {
  const found = /\bdot\(\s*([^,()]+(?:\[[^\]]*\])?),\s*(.+?)\.T\s*\)|([\w.[\]]+)\s*@\s*([\w.[\] +-]+?)\.T\b/.exec(text);
  if (found !== null && /\(\d+,\) and \(\d+,\)|signature \(n\?,k\),\(k,m\?\)/.test(message)) {
    const [one, other] = [found[1] ?? found[3]!, found[2] ?? found[4]!].map((part) => part.trim());
    return advise('outer-product', { one, other });
  }
  const outer = /\bouter\(\s*([\w.[\]]+),\s*([^()]+)\)/.exec(text);
  return outer === null ? undefined : advise('outer-exchanged', { first: outer[2]!.trim(), second: outer[1]! });
}
