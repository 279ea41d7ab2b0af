// An exception in the student's file: which of the usual causes it has, and how it is mended.

import { nearest } from '../../equations/nearest.ts';
import type { Raised } from '../session.ts';
import { idiomOf, type Message, type MessageContext, product, quotedNames, sizesSaid } from './words.ts';

/** Cause and next step. */
export type Advice = Pick<Message, 'next'> & Partial<Pick<Message, 'why'>>;

const imports: Readonly<Record<string, string>> = {
  np: 'import numpy as np',
  numpy: 'import numpy',
  math: 'import math',
  copy: 'import copy',
};
/** Of Python's `math`, of JavaScript's `Math`, and of any of them or NumPy. */
const ofPython = ['tanh', 'exp', 'log', 'sqrt'];
const ofScript = [...ofPython, 'max', 'min', 'pow', 'abs'];
export const ofAny = [...ofScript, 'dot', 'outer', 'zeros', 'ones', 'sum', 'array', 'asarray'];

/** A name that JavaScript was to make by setting it. */
export function undeclared(name: string, { language }: MessageContext, { text = '' }: Raised): Advice | undefined {
  if (language === 'python' || !new RegExp(`(?:^|[;({,])\\s*${name}\\s*=(?!=)`).test(text)) return undefined;
  return {
    why: 'It is assigned without being declared, which a module does not allow.',
    next: `Write \`let ${name} = …\` where it gets its first value${/\bfor\s*\(/.test(text) ? `: \`for (let ${name} = …\`` : ''}.`,
  };
}

export function undefinedName(name: string, context: MessageContext, known: readonly string[]): Advice {
  const { language, parameters } = context;
  if (parameters.includes(name))
    return {
      why: `No argument of the function has the name \`${name}\`.`,
      next: `Begin it with \`${idiomOf(language).define(context.function, parameters)}\``,
    };
  if (language === 'python' && imports[name] !== undefined)
    return { why: `\`${name}\` was never imported.`, next: `Add \`${imports[name]}\` as the first line of the file.` };
  if (language !== 'python' && ofScript.includes(name))
    return { why: 'In JavaScript it is part of `Math`.', next: `Write \`Math.${name}\`.` };
  if (language === 'python' && ofPython.includes(name))
    return {
      why: 'In Python it is part of a module.',
      next: `Add \`import math\` at the top and write \`math.${name}\`, or \`np.${name}\` for arrays.`,
    };
  if (name === 'sigmoid')
    return { why: 'There is no such function until you write one.', next: 'Define it above: 1 / (1 + exp(-z)).' };
  const near = nearest(
    name,
    known.filter((other) => other !== name),
  );
  return {
    why: `No variable is called \`${name}\` there.`,
    next:
      near !== undefined
        ? `Did you mean \`${near}\`?`
        : parameters.length === 0
          ? 'Assign it above that line.'
          : `The arguments are called ${quotedNames(parameters)}; any other name must be assigned before it is read.`,
  };
}

/** `p.Wf[0]`: where the line itself names what is missing, that is said. */
export function undefinedPart(
  _: RegExpExecArray,
  { language }: MessageContext,
  known: readonly string[],
  { text = '' }: Raised,
): Advice {
  const read = [...text.matchAll(/\.(\w+)|\[["'](\w+)["']\]/g)].map((found) => (found[1] ?? found[2])!);
  const unknown = read.filter((name) => !known.includes(name));
  const near = unknown.map((name) => [name, nearest(name, known)] as const).find(([, other]) => other !== undefined);
  const nothing = idiomOf(language).nothing;
  if (near !== undefined)
    return { why: `\`${near[0]}\` is ${nothing}: no entry has that name.`, next: `Did you mean \`${near[1]}\`?` };
  return {
    why: `Something there is ${nothing}: an index past the end of a list, a name that a record does not have, or a function that returned nothing.`,
    next:
      language === 'python'
        ? 'Print each part of that line to see which it is.'
        : 'Check the loop around it: its index has to stay below the length, `<` and not `<=`. Otherwise print each part of that line.',
  };
}

/** `names`: what the call was given, by the names of records' parts too. */
export function advice(raised: Raised, context: MessageContext, names: readonly string[]): Advice {
  const known = [...context.parameters, ...context.returns, ...names];
  if (/\bargv\b/.test(raised.text ?? '')) return withoutCommandLine;
  for (const [pattern, why, next = ''] of cases) {
    const found = pattern.exec(`${raised.name}: ${raised.message}`);
    if (found !== null) return typeof why === 'string' ? { why, next } : why(found, context, known, raised);
  }
  if (context.language === 'cell') return { next: '`unroll cell run FILE` shows what each of its names is.' };
  return {
    next: `Print what that line reads, \`${idiomOf(context.language).print('…')}\` just before it, and compare that with the call below.`,
  };
}

/** Whatever it is that goes wrong with words that are not there. */
const withoutCommandLine: Advice = {
  why: 'Nobody starts the file from a command line, so there are no words behind its name.',
  next: 'Take that line out: everything that is needed comes as an argument of the function.',
};

type Case =
  | readonly [RegExp, why: string, next: string]
  | readonly [
      RegExp,
      (found: RegExpExecArray, context: MessageContext, known: readonly string[], raised: Raised) => Advice,
      never?,
    ];

const cases: readonly Case[] = [
  [
    /unsupported operand type\(s\) for \^/,
    '`^` is no power in Python: it compares bits.',
    'A power is written with two stars.',
  ],
  [
    /'dict' object has no attribute '(\w+)'/,
    (found) => ({
      why: 'A record is a dict, and its parts are read by square brackets.',
      next: `Write \`["${found[1]}"]\` where you have \`.${found[1]}\`, as in \`p["${found[1]}"]\`.`,
    }),
  ],
  [
    /only (?:size-1|length-1|0-dimensional) arrays/,
    (_f, _s, _k, { text = '' }) => {
      const name = /math\.(\w+)/.exec(text)?.[1] ?? 'tanh';
      return {
        why: 'Python’s `math` takes a single number, and this is an array.',
        next: `Write \`np.${name}\` where you have \`math.${name}\`: it takes every entry.`,
      };
    },
  ],
  [
    /FileNotFoundError|ENOENT|No such file/,
    'There are no files where homework is checked, but the one that was handed in.',
    'Take that line out: everything that is needed comes as an argument.',
  ],
  [
    /NotImplementedError|not implemented|not written yet/i,
    (_, { function: name }) => ({
      why: 'The starter stops here on purpose.',
      next: `Replace that line with the body of \`${name}\`.`,
    }),
  ],
  [
    /require is not defined/,
    'The file is loaded as an ES module, which has no `require`, and only the modules built into Node are available.',
    'Remove that line: every exercise can be solved in plain JavaScript.',
  ],
  [
    /\b(?:module|exports) is not defined/,
    (_, { function: name }) => ({
      why: 'The file has `import` or `export` in it, so it is read as a module, in which there is no `module.exports`.',
      next: `Write \`export { ${name} };\` instead.`,
    }),
  ],
  [
    /Class constructor .* cannot be invoked without 'new'/,
    (_, context) => ({
      why: 'It is a class, and what is called here is a function.',
      next: `Write it as a function: \`${idiomOf(context.language).define(context.function, context.parameters)}\``,
    }),
  ],
  [
    /^SyntaxError: |^json\.decoder\.|^JSONDecodeError: /,
    'The file itself can be read; a text that it takes for code or for JSON while it runs cannot.',
    'Take that line out: nothing comes over standard input, and all that is needed comes as an argument.',
  ],
  [
    /EOFError|prompt is not defined|reading a line/,
    (_, { language }) => ({
      why: `${idiomOf(language).stops} waits for a person, and nobody is there.`,
      next: 'Take it out: everything that is needed comes as an argument.',
    }),
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
      return {
        why: `\`${module}\` has no \`${name}\`.`,
        next:
          near === undefined ? 'Look its functions up, or write it yourself.' : `Did you mean \`${module}.${near}\`?`,
      };
    },
  ],
  [
    /UnboundLocalError|before initialization/,
    'The name is read before it gets its value.',
    'Give it its first value above that line, before the loop.',
  ],
  [
    /KeyError: '?(\w+)'?|has no (?:key|property) '?(\w+)/,
    (found, context, known) => {
      const near = nearest((found[1] ?? found[2])!, known);
      return {
        why: `There is no \`${found[1] ?? found[2]}\` in that record.`,
        next:
          near !== undefined
            ? `Did you mean \`${near}\`?`
            : isAnyRecord(context)
              ? 'Its names can be any: loop over all of them, `for name in …`.'
              : 'Its names are in the call below.',
      };
    },
  ],
  [
    /takes (?:from )?\d+ (?:to \d+ )?positional arguments?|missing \d+ required positional|unexpected keyword/,
    (_, context) => ({
      why: `It is called with ${context.parameters.length} arguments, and takes another number of them.`,
      next: `Begin it with \`${idiomOf(context.language).define(context.function, context.parameters)}\``,
    }),
  ],
  [
    /can't multiply sequence|unsupported operand type\(s\) for .*'list'|can only concatenate list|bad operand type for unary .*'list'|must be real number, not list|'list' object has no attribute|'float' object is not (?:subscriptable|iterable)/,
    (_, context) => ({
      why: 'The arguments are plain lists, and a list does no algebra: `+` joins two, `*` and `@` fail.',
      next: `Work entry by entry in a loop, or begin the file with \`import numpy as np\`: the arguments are arrays then, and \`${product(context).join(' @ ')}\` works.`,
    }),
  ],
  [
    /not aligned|mismatch in its core dimension|could not be broadcast|operands could not|dimensions? (?:do not|must) match|SizeError/i,
    (found, context, _, { text = '' }) => {
      const flat = vectorProduct(found.input, text);
      if (flat !== undefined) return flat;
      const [matrix, vector] = product(context);
      const sizes = sizesSaid(context);
      const entryByEntry = /broadcast|operands could not/.test(found[0]);
      return {
        why: entryByEntry
          ? '`*` and `+` go entry by entry, and these sizes do not fit; a matrix times a vector is `@`.'
          : 'The sizes of a product or a sum do not fit.',
        next: `${sizes === undefined ? 'A' : `In the call below ${sizes}; a`} matrix goes with a vector that has an entry for each of its columns: \`${matrix} ${context.language === 'python' ? '@' : '*'} ${vector}\`.`,
      };
    },
  ],
  [
    /failed to map segment|cannot allocate memory|errno 12\b/i,
    'A library could not be loaded because memory ran out.',
    'Check with more memory, `--memory 1024` or above, or avoid that library.',
  ],
  [
    /unsupported operand type\(s\) for .*'str'/,
    (_, context) => ({
      why: 'A string is used as a number there; a loop over a record gives its names.',
      next: isAnyRecord(context)
        ? 'Loop over its values: `for name, g in gradients.items()`.'
        : 'Look up the number by that name.',
    }),
  ],
  [
    /(?:'dict'|dict and|object has no attribute.*dict|'dict_values')|float\(\) argument must be .*'dict/,
    (_, context) => ({
      why: 'A record (`dict`) is used as an array or a number there.',
      next: isAnyRecord(context)
        ? 'Loop over its values: `for name, g in gradients.items()`.'
        : 'Read the entry by its name, as in `p["b_f"]`.',
    }),
  ],
  [/Cannot (?:read|set) properties of (?:undefined|null)|'NoneType' object/, undefinedPart],
  [
    /IndexError|index out of (?:range|bounds)/,
    'An index runs past the end of a list.',
    'See what that loop counts to: H entries in a state, D in an input, T in a sequence.',
  ],
  [
    /is not a function|object is not callable/,
    'Something is called that is no function: a missing `*` before a parenthesis reads as a call.',
    'Check the name in front of the parenthesis in that line.',
  ],
  [
    /is not iterable|not subscriptable/,
    'A single number is taken for a list there.',
    'See which of the arguments are lists in the call below, and which are numbers.',
  ],
  [
    /RecursionError|Maximum call stack|recursion depth/,
    'A function calls itself without end.',
    'Take that call out, or give it a case in which it returns at once.',
  ],
  [
    /OverflowError|ZeroDivisionError|math (?:range|domain) error/,
    'A number left the range of doubles: an `exp` of something large, a division by zero, a `log` of zero.',
    'Check the sign in front of the exponent: sigmoid(z) is 1 / (1 + exp(-z)).',
  ],
  [
    /MemoryError|allocation failed|Invalid (?:array|typed array) length/,
    'A list grew beyond what memory holds.',
    'See what is appended in a loop, and whether that loop ends.',
  ],
  [
    /PermissionError|ERR_ACCESS_DENIED|EACCES|EPERM|ENETUNREACH|Read-only file system|Operation not permitted/,
    'Files, the network and other programs are out of reach while homework is checked.',
    'Take that line out: everything that is needed comes as an argument.',
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
    return {
      why: 'Both are flat vectors, and `.T` of a flat vector is that same vector: this is a dot product.',
      next: `The matrix of all products, with a row for each entry of the first, is \`np.outer(${one}, ${other})\`.`,
    };
  }
  const outer = /\bouter\(\s*([\w.[\]]+),\s*([^()]+)\)/.exec(text);
  return outer === null
    ? undefined
    : {
        why: '`np.outer(a, b)` has a row for each entry of `a`; the gradient of a weight has a row for each unit that it leads to.',
        next: `Exchange the two: \`np.outer(${outer[2]!.trim()}, ${outer[1]})\`.`,
      };
}
