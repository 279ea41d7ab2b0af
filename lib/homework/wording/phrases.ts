// What messages have in common: whom they speak to, how a list of names or an exception reads, and what each language calls things.

import type { Language } from '../language.ts';
import type { Raised } from '../session.ts';
import type { Answer, Value } from '../value.ts';

/** Whom a message speaks to, and of what. */
export interface MessageContext {
  readonly language: Language;
  /** What runs it: `Python 3.11`. */
  readonly runtime?: string;
  /** As the student is to write it: `lstm_step`, `lstmStep`. */
  readonly function: string;
  readonly parameters: readonly string[];
  /** Names of what it returns. */
  readonly returns: readonly string[];
  /** Whether the arguments were NumPy's arrays. */
  readonly arrays?: boolean;
  /** What the call gave. */
  readonly given?: readonly Value[];
  /** What is to come back, by name. */
  readonly expected?: Answer;
}

/** With a full stop, unless it ends in one already, or in a question mark. */
export const stopped = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);

/** `h`, `h and c`, `a, b and c`. */
export const listed = (names: readonly string[], word = 'and'): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;

/** `` `h` and `c` `` */
export const quotedNames = (names: readonly string[], word = 'and'): string =>
  listed(
    names.map((name) => `\`${name}\``),
    word,
  );

// An exception in the student's file as it is quoted. Its own words stay: they are what can be looked up.

/** The message as a sentence, without lines of a stack and without the folder that it ran in: nothing of the tool is ever shown. */
export function messageOf({ name, message }: Raised): string {
  const lines = message
    .split('\n')
    .filter((line) => !/^\s+at .|^\s*File "|^\s*Traceback |^\s*\^+\s*$|node:internal/.test(line))
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => line.replace(/(?:file:\/\/)?(?:\/[^\s/'":]+)*\/submission\//g, ''));
  const text = lines.join(' ');
  const whole = text === '' ? name : text.startsWith(`${name}:`) ? text : `${name}: ${text}`;
  return stopped(whole);
}

/** `in line 12`, or nothing where the line is not known. */
export const lineOf = ({ line }: Raised): string => (line === undefined ? '' : ` in line ${line}`);

/** The student's line, as it stands. */
export const excerpt = ({ line, text }: Raised): readonly string[] =>
  text === undefined || text.trim() === '' ? [] : [`${line ?? ''}  ${text.trim()}`.trimStart()];

// How each language says what a message has to name: a missing value, a copy, a function that can be found.

interface LanguageIdioms {
  /** What a function gives back that returns nothing. */
  readonly nothing: string;
  /** `print(h)` */
  readonly print: (name: string) => string;
  /** The line that a function begins with. */
  readonly define: (name: string, parameters: readonly string[]) => string;
  /** How one value or several are given back. */
  readonly give: (names: readonly string[]) => string;
  /** How a column of one number a row becomes a flat list. */
  readonly flatten: (name: string) => string;
  readonly transpose: (name: string) => string;
  /** How an argument is copied, and what writes into it instead. */
  readonly copy: string;
  readonly writes: string;
  /** What keeps something from one call to the next. */
  readonly keeps: string;
  readonly exit: string;
  readonly loops: string;
  /** What is printed for whom. */
  readonly stops: string;
}

const javascript: LanguageIdioms = {
  nothing: '`undefined`',
  print: (name) => `console.log(${name})`,
  define: (name, parameters) => `export function ${name}(${parameters.join(', ')})`,
  give: (names) => (names.length === 1 ? `return ${names[0]};` : `return [${names.join(', ')}];`),
  flatten: (name) => `${name}.flat()`,
  transpose: (name) => `${name}[0].map((_, j) => ${name}.map((row) => row[j]))`,
  copy: '`[...list]` copies a list, and `.map(…)` makes a new one',
  writes: '`list[i] = …`, `push`, `fill`, `sort` and `reverse` write into the list itself',
  keeps: 'a variable outside the function, or a random number',
  exit: '`process.exit()`',
  loops: 'a `while` whose condition never becomes false, or a `for` that counts the wrong way',
  stops: '`prompt()` and reading standard input',
};

const python: LanguageIdioms = {
  nothing: '`None`',
  print: (name) => `print(${name})`,
  define: (name, parameters) => `def ${name}(${parameters.join(', ')}):`,
  give: (names) => `return ${names.join(', ')}`,
  flatten: (name) => `np.ravel(${name})`,
  transpose: (name) => `${name}.T`,
  copy: '`list(values)` copies a list, `array.copy()` an array, and `a + b` makes a new one',
  writes: '`values[i] = …`, `append`, and with NumPy also `+=` and `*=` write into the argument itself',
  keeps: 'a global variable, a default argument such as `states=[]`, or a random number',
  exit: '`sys.exit()`, `exit()` or `quit()`',
  loops: 'a `while` whose condition never becomes false',
  stops: '`input()`',
};

const program: LanguageIdioms = {
  ...javascript,
  nothing: '`null`',
  print: (name) => `writing ${name} to standard error`,
  define: (name, parameters) => `the function "${name}" of ${parameters.join(', ')}`,
  give: (names) => (names.length === 1 ? `"value": ${names[0]}` : `"value": [${names.join(', ')}]`),
  flatten: (name) => `a flat list for ${name}`,
  transpose: (name) => `${name} with rows and columns exchanged`,
  copy: 'build every answer anew',
  writes: 'a list that is shared between two answers is written into',
  keeps: 'a variable that outlives the answer, or a random number',
  exit: 'the end of the program',
  stops: 'waiting for more input',
};

const cell: LanguageIdioms = {
  ...program,
  nothing: 'nothing',
  print: () => 'unroll cell run FILE',
  define: (_, parameters) => `equations of ${parameters.join(', ')}`,
  give: (names) => `an equation for each of ${names.join(', ')}`,
};

export const idiomOf = (language: Language): LanguageIdioms =>
  ({ javascript, typescript: javascript, python, program, cell })[language];

// The sizes of a call's matrices and vectors, by the names that the exercise has for them.

/** `a list of 4 lists of 1 number` is [4, 1], `a number` is []; undefined for what is no block of numbers. */
export function sizesOf(words: string): readonly number[] | undefined {
  if (words === 'a number') return [];
  const found = /^a list of ((?:\d+ lists? of )*)(\d+) numbers?$/.exec(words);
  if (found === null) return undefined;
  return [...found[1]!.matchAll(/\d+/g), [found[2]!]].map(([digits]) => Number(digits));
}

interface Block {
  readonly name: string;
  readonly sizes: readonly number[];
}

/** Vectors and matrices of the call, those of records too, in their order. */
export const blocksOf = ({ parameters, given = [] }: MessageContext): readonly Block[] =>
  given.flatMap((value, i) => blocksIn(parameters[i] ?? '', value));

function blocksIn(name: string, value: Value): Block[] {
  if (typeof value !== 'object') return [];
  if (!Array.isArray(value)) return Object.entries(value).flatMap(([part, item]) => blocksIn(part, item));
  const [row] = value;
  return [{ name, sizes: Array.isArray(row) ? [value.length, row.length] : [value.length] }];
}

const mostMatrices = 3;

/** `` `W_z` is 3×3 and `U_z` is 3×2 ``, each shape once; undefined where the call has no matrix. */
export function sizesSaid(context: MessageContext): string | undefined {
  // xs is a list of vectors, and no matrix.
  const matrices = blocksOf(context).filter(({ name, sizes }) => sizes.length === 2 && /^[A-Z]/.test(name));
  const shapes = new Map(matrices.map((block) => [block.sizes.join('×'), block]));
  const first = [...shapes.keys()].map((shape) => matrices.find(({ sizes }) => sizes.join('×') === shape)!);
  if (first.length === 0) return undefined;
  return listed(first.slice(0, mostMatrices).map(({ name, sizes }) => `\`${name}\` is ${sizes.join('×')}`));
}

/** A matrix and a vector that it can be multiplied with: `['W_h', 'h_prev']`. */
export function matrixAndVector(context: MessageContext): readonly [string, string] {
  const blocks = blocksOf(context);
  for (const { name, sizes } of blocks) {
    const vector =
      sizes.length === 2 && blocks.find((other) => other.sizes.length === 1 && other.sizes[0] === sizes[1]);
    if (vector && /^[A-Z]/.test(name)) return [name, vector.name];
  }
  return ['W', 'v'];
}
