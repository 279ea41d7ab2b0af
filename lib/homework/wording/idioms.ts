// How each language says what a message has to name: a missing value, a copy, a function that can be found.

import type { Language } from '../report.ts';

export interface Idiom {
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

const javascript: Idiom = {
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

const python: Idiom = {
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

const program: Idiom = {
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

const cell: Idiom = {
  ...program,
  nothing: 'nothing',
  print: () => 'unroll cell run FILE',
  define: (_, parameters) => `equations of ${parameters.join(', ')}`,
  give: (names) => `an equation for each of ${names.join(', ')}`,
};

export const idiomOf = (language: Language): Idiom =>
  ({ javascript, typescript: javascript, python, program, cell })[language];
