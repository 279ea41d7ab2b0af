// The one place that words the errors of the language: what is wrong, what was expected and found, and how to mend it.

import type { EquationError, EquationProblem, Operand, ProblemCode } from './errors.ts';
import { moduleWords } from './likely.ts';
import { functionNames } from './ops.ts';

interface Wording {
  readonly says: string;
  readonly expected: string;
  readonly got: string;
  readonly mend: string;
}

type Of<Code extends ProblemCode> = EquationProblem & { readonly code: Code };
type Words = { readonly [Code in ProblemCode]: (problem: Of<Code>) => Wording };

const fixed = (says: string, expected: string, got: string, mend: string) => () => ({ says, expected, got, mend });
const nearestOr = (nearest: string | undefined, otherwise: string) =>
  nearest === undefined ? otherwise : `did you mean \`${nearest}\`?`;

const words: Words = {
  'text-too-long': fixed(
    'This is too long to be a cell.',
    'at most 65536 characters of equations',
    'more than that',
    'give a text or a data file with --file or --csv, and equations as the cell',
  ),
  'line-too-long': fixed(
    'This line is too long to read.',
    'at most 2000 characters, and 400 names, numbers and signs',
    'more than that',
    'name a part of it in an equation of its own',
  ),
  'too-deep': fixed(
    'The parentheses are nested too deep.',
    'at most 60 levels',
    'more than that',
    'name the inner part in an equation of its own',
  ),
  'no-equations': fixed(
    'There is no equation here.',
    'at least one line `name = expression`',
    'none',
    'begin with: h = tanh(W_h * h_prev + W_x * x + b)',
  ),
  string: fixed(
    'A quotation mark begins a string, and the language has numbers only.',
    "a name or a number; after a name, ' is the transpose",
    'a quotation mark',
    "take the quotation marks out; the transpose stands right behind its matrix, as in W'",
  ),
  'starts-with-operator': fixed(
    'This line starts with an operator.',
    'one whole equation on a line',
    'the rest of one',
    'join it to the line before',
  ),
  'ends-with-operator': fixed(
    'This line ends with an operator.',
    'one whole equation on a line',
    'the beginning of one',
    'join the next line to it, or take the operator out',
  ),
  'operator-missing-operand': fixed(
    'This operator has nothing to work on.',
    'a name, a number or a parenthesis on both sides',
    'another operator, or nothing',
    'take one operator out, or put the missing name in',
  ),
  modulo: fixed(
    '`%` is not part of the language.',
    'one of + - * .* ./ .^',
    '`%`',
    'a comment begins with #; there is no remainder',
  ),
  slash: fixed('`/` would be a matrix division.', '`./`, the quotient element by element', '`/`', 'write `./`'),
  caret: fixed('`^` would be a matrix power.', '`.^`, the power element by element', '`^`', 'write `.^`'),
  'double-star': fixed('`**` is not part of the language.', '`.^`, the power element by element', '`**`', 'write `.^`'),
  'at-sign': fixed('`@` is not part of the language.', '`*`, the matrix product', '`@`', 'write `*`'),
  brackets: fixed(
    'Square brackets (slices, and matrices written out) are not part of the language.',
    'whole names; a matrix is a parameter',
    'a square bracket',
    'give each part a name of its own: W_f and W_i instead of rows of W',
  ),
  braces: fixed('Braces are not part of the language.', 'parentheses', 'a brace', 'write ( and )'),

  concatenation: fixed(
    'Square brackets, which put vectors together, are not part of the language.',
    'a product for each of them',
    'a list in brackets',
    'W * [h_prev, x] is W * h_prev + U * x: give each vector a matrix of its own',
  ),
  'stray-point': fixed(
    'This point belongs to no number and no operator.',
    '`.*`, `./` or `.^`, or a number such as 0.5',
    '`.`',
    'write `.*` for the product element by element, or take the point out',
  ),
  factorial: fixed('`!` is not part of the language.', 'one of + - * .* ./ .^', '`!`', 'take it out'),

  'empty-parentheses': fixed(
    'There is nothing between these parentheses.',
    'an expression',
    'nothing',
    'fill them or take them out',
  ),
  'parenthesis-unclosed': fixed(
    'This parenthesis is never closed.',
    'a `)` on the same line',
    'the end of the line',
    'add the `)`; an equation stands on one line',
  ),
  'parenthesis-unopened': fixed(
    'This parenthesis was never opened.',
    'a `(` before it',
    'none',
    'take it out, or add the `(`',
  ),
  'no-right-side': fixed(
    'Nothing stands to the right of `=`.',
    'an expression',
    'the end of the line',
    'say what the name is equal to',
  ),
  'no-left-side': fixed(
    'Nothing stands to the left of `=`.',
    'a name',
    'the start of the line',
    'say which name the value gets',
  ),
  'chained-assignment': fixed(
    'There are two `=` in one equation.',
    'one name, one `=`, one expression',
    'a second `=`',
    'write two equations on two lines',
  ),
  'assigns-input': fixed(
    '`x` is the input: whoever runs the cell sets it.',
    'another name',
    'an equation for `x`',
    'give the value a name of its own, as in `u = relu(A * x)`',
  ),

  'strange-character': ({ character, instead }) => ({
    says: `\`${character}\` is not part of the language.`,
    expected: "letters a–z, digits, _ and the operators + - * .* ./ .^ '",
    got: `\`${character}\``,
    mend:
      instead !== undefined
        ? `write \`${instead}\``
        : isControl(character)
          ? 'give a text of equations; this looks like another kind of file'
          : 'take it out, or spell it in letters a–z',
  }),
  comparison: ({ symbol }) => ({
    says: `\`${symbol}\` compares, and a cell has no comparisons.`,
    expected: symbol === '==' ? '`=` between a name and its expression' : 'arithmetic',
    got: `\`${symbol}\``,
    mend: symbol === '==' ? 'write `=`' : 'step(a - b) is 1 where a > b and else 0',
  }),
  conditional: ({ symbol }) => ({
    says: 'A condition is not part of the language.',
    expected: 'arithmetic',
    got: `\`${symbol}\``,
    mend: 'step(a) is 1 where a > 0 and else 0: multiply by it',
  }),
  logical: ({ symbol }) => ({
    says: `\`${symbol}\` is an operator of other languages, and not of this one.`,
    expected: 'one of + - * .* ./ .^',
    got: `\`${symbol}\``,
    mend: 'a .* b is "and" of zeros and ones, 1 - a is "not"',
  }),
  comma: ({ symbol }) => ({
    says: `A ${symbol === ',' ? 'comma' : 'semicolon'} separates nothing here.`,
    expected: 'one expression; every function takes one argument',
    got: `\`${symbol}\``,
    mend: 'write one equation a line, and one argument a function',
  }),
  'wrong-assignment': ({ symbol }) => ({
    says: `\`${symbol}\` is not part of the language.`,
    expected: '`=` between a name and its expression',
    got: `\`${symbol}\``,
    mend: 'write `=`',
  }),
  'augmented-assignment': ({ symbol, name }) => ({
    says: `\`${symbol}\` is not part of the language: a name is assigned once.`,
    expected: '`=`',
    got: `\`${symbol}\``,
    mend: `for the value of the step before write: ${name} = ${name}_prev ${elementwiseOf[symbol] ?? symbol[0]} …`,
  }),
  'no-equals': ({ text }) => ({
    says: 'This line has no `=`.',
    expected: '`name = expression`, `name : H D` or `name ~ constant(1)`',
    got: `\`${text}\``,
    mend: 'say which name it is the value of, as in `h = …`',
  }),
  statement: ({ word }) => ({
    says: `\`${word}\` is a word of other languages: a cell is equations alone.`,
    expected: '`name = expression`',
    got: `\`${word} …\``,
    mend: ['let', 'const', 'var'].includes(word)
      ? `take \`${word}\` out`
      : 'take the line out: whoever runs the cell owns the loop over time and sees every name that is assigned',
  }),
  'bad-target': ({ target }) => ({
    says: `\`${target}\` cannot be assigned.`,
    expected: 'one name to the left of `=`',
    got: `\`${target}\``,
    mend: 'put the name alone to the left and everything else to the right',
  }),
  'function-assignment': ({ name }) => ({
    says: 'This defines a function, and a cell has only values.',
    expected: `a name without parentheses: ${name} = …`,
    got: `\`${name}(…) = …\``,
    mend: `write ${name} = …; batch and time never appear in an equation`,
  }),
  'assigns-function': ({ name }) => ({
    says: `\`${name}\` is the name of a function.`,
    expected: 'a name of your own',
    got: `\`${name}\``,
    mend: `call it ${name}_1, say`,
  }),
  'assigns-previous': ({ name, state }) => ({
    says: `\`${name}\` is the value of \`${state}\` one step before; it is kept for you.`,
    expected: `an equation for \`${state}\``,
    got: `an equation for \`${name}\``,
    mend: `take this line out: ${name} follows ${state} by itself (or call it something that does not end in _prev)`,
  }),
  accessor: ({ object, member, isFunction }) => ({
    says: `\`${object}.${member}\`: the language has no modules and no attributes.`,
    expected: 'a plain name',
    got: `\`${object}.${member}\``,
    mend:
      isFunction || moduleWords.has(object)
        ? `write \`${member}\``
        : member === 'T'
          ? `the transpose is \`${object}'\``
          : `write an operator, \`${object} ${/^[A-Z]/.test(object) ? '*' : '.*'} ${member}\`, or one name, \`${object}_${member}\``,
  }),
  'indexed-name': ({ text, instead, isTime }) => ({
    says: `\`${text}\` is not how a name is written here${isTime ? ': time never appears in an equation' : ''}.`,
    expected: isTime
      ? 'the name alone for this step, and `_prev` behind it for the step before'
      : 'letters, digits and _',
    got: `\`${text}\``,
    mend: `write \`${instead}\``,
  }),
  'implicit-product': ({ left, right }) => ({
    says: `Between \`${left}\` and \`${right}\` the operator is missing.`,
    expected: '`*` (matrix times vector) or `.*` (elementwise)',
    got: 'nothing',
    mend: `write \`${left} * ${right}\` or \`${left} .* ${right}\``,
  }),
  'call-of-value': ({ name, argument }) => ({
    says: `\`${name}\` is a value, not a function.`,
    expected: `an operator between \`${name}\` and the parenthesis`,
    got: `a call, \`${name}(…)\``,
    mend: `for the product write \`${name} * ${argument}\``,
  }),
  'unknown-function': ({ name, nearest, composed }) => ({
    says: `There is no function \`${name}\`.`,
    expected: functionNames.join(', '),
    got: `\`${name}\``,
    mend:
      composed === undefined
        ? nearestOr(nearest, 'use one of these, or compose it from them')
        : `compose it: \`${composed}\``,
  }),
  'function-as-value': ({ name }) => ({
    says: `\`${name}\` is a function and is used here as a value.`,
    expected: `a call, \`${name}(…)\``,
    got: `\`${name}\` alone`,
    mend: `put what it works on in parentheses: ${name}(…)`,
  }),
  'argument-count': ({ name, count }) => ({
    says: `\`${name}\` takes one argument.`,
    expected: `${name}(a)`,
    got: count === 0 ? 'no argument' : `${count} arguments`,
    mend: count === 0 ? 'put what it works on between the parentheses' : 'add them up first, or call it once for each',
  }),
  'number-too-large': ({ digits }) => ({
    says: `\`${digits}\` is larger than a double can hold.`,
    expected: 'a number up to 1.8e308',
    got: `\`${digits}\``,
    mend: 'write a smaller one',
  }),
  'assigned-twice': ({ name, first }) => ({
    says: `\`${name}\` is assigned a second time.`,
    expected: 'one equation a name',
    got: `another one on line ${first}`,
    mend: `give one of the two another name; the value of the step before is \`${name}_prev\``,
  }),
  'used-before-assigned': ({ name, assignedAt }) => ({
    says: `\`${name}\` is read here, and line ${assignedAt} assigns it only later.`,
    expected: 'a value that a line above has assigned',
    got: `\`${name}\``,
    mend: `move line ${assignedAt} up; or, for the value of the step before, write \`${name}_prev\``,
  }),
  'reads-itself': ({ name, typed }) => ({
    says: `\`${name}\` is defined by itself.`,
    expected: `\`${name}_prev\`, its value at the step before`,
    got: `\`${typed ?? name}\``,
    mend: typed === undefined ? `write \`${name}_prev\`` : `write \`${name}_prev\` for \`${typed}\``,
  }),
  'previous-of-unassigned': ({ name, nearest }) => ({
    says:
      name === 'x'
        ? '`x_prev`: the input of the step before is not kept.'
        : `\`${name}_prev\` is the value of \`${name}\` one step before, and no equation assigns \`${name}\`.`,
    expected: name === 'x' || name.endsWith('_prev') ? 'a state that keeps it' : `an equation \`${name} = …\``,
    got: 'none',
    mend:
      name === 'x'
        ? 'keep it yourself: add the lines `u = x` and `u : D`, and read `u_prev`'
        : name.endsWith('_prev')
          ? `keep it yourself: add the line \`last = ${name}\`, and read \`last_prev\``
          : nearestOr(nearest === undefined ? undefined : `${nearest}_prev`, `add an equation for \`${name}\``),
  }),
  'elementwise-shapes': ({ left, right, symbol }) => ({
    says: `\`${left.text}\` is ${left.shape} and \`${right.text}\` is ${right.shape}: \`${symbol}\` works element by element.`,
    expected: 'two of the same shape, or a scalar and anything',
    got: `${left.shape} and ${right.shape}`,
    mend: mendOfElementwise(left, right, symbol),
  }),
  'two-columns': ({ left, right, mended, capital }) => ({
    says:
      left.shape === right.shape
        ? `\`${left.text}\` and \`${right.text}\` are both ${plural(left.shape)}, and \`*\` is the matrix product.`
        : `\`${left.text}\` is ${left.shape} and \`${right.text}\` is ${right.shape}, and \`*\` is the matrix product.`,
    expected: 'a matrix or a scalar on one side of `*`',
    got: `${left.shape} times ${right.shape}`,
    mend: mendOfColumns(left, right, mended, capital),
  }),
  'product-shapes': ({ left, right, inner: [columns, rows] }) => ({
    says: `\`${left.text}\` is ${left.shape} and \`${right.text}\` is ${right.shape}: they cannot be multiplied.`,
    expected: 'as many columns on the left as rows on the right',
    got: `${counted(columns, 'column')} and ${counted(rows, 'row')}`,
    mend: mendOfProduct(left, right, columns),
  }),
  'shape-open': ({ names, declare, meant }) => ({
    says: `Nothing says what size ${listed(names)} ${names.length > 1 ? 'have' : 'has'}.`,
    expected: 'a shape that follows from H, D and the equations',
    got: 'an open one',
    mend:
      meant === undefined
        ? `add a declaration line, as in \`${declare}\``
        : `if \`${meant.name}\` was meant to be \`${meant.instead}\`, mend the spelling; else declare what is open, as in \`${declare}\``,
  }),
  'state-shape': ({ name, expected, got, declare }) => ({
    says: `\`${name}\` is a state, so this must give it ${expected}.`,
    expected,
    got,
    mend: `change the expression${got === 'a column of D' ? ' (`U * x` turns the input into a column of H)' : ''}${
      declare === undefined ? '' : `, or add the line \`${declare}\``
    }`,
  }),
  'declared-shape': ({ name, expected, got, declare }) => ({
    says: `\`${name}\` is declared as ${expected}, and this gives ${got}.`,
    expected,
    got,
    mend: `change the expression${declare === undefined ? ' or the declaration' : `, or the declaration to \`${declare}\``}`,
  }),
  'output-shape': ({ name, got }) => ({
    says: `\`${name}\` is what the cell gives out, and that must be a column or a scalar.`,
    expected: 'a column',
    got,
    mend: 'assign a column to `h`',
  }),
  'declaration-malformed': ({ text, mended }) => ({
    says: `\`${text}\` is not a declaration.`,
    expected: '`name : rows columns` or `name : rows`, each H, D, a name in capitals or a whole number up to 4096',
    got: `\`${text}\``,
    mend: mended === undefined ? 'for a scalar write `alpha : 1`, for a matrix `W : H D`' : `write \`${mended}\``,
  }),
  'declaration-unknown': ({ name, nearest }) => ({
    says: `\`${name}\` is declared and appears in no equation.`,
    expected: 'a name that an equation reads or assigns',
    got: `\`${name}\``,
    mend: nearestOr(nearest, 'take the line out'),
  }),
  'declared-twice': ({ name, first }) => ({
    says: `\`${name}\` is declared a second time.`,
    expected: 'one declaration a name',
    got: `another one on line ${first}`,
    mend: 'take one of them out',
  }),
  'initialiser-malformed': ({ text, mended }) => ({
    says: `\`${text}\` is not an initialiser.`,
    expected: '`name ~ kind(numbers)`',
    got: `\`${text}\``,
    mend: mended === undefined ? 'for instance `b_f ~ constant(1)` or `W_* ~ orthogonal(1)`' : `write \`${mended}\``,
  }),
  'initialiser-unknown': ({ name, nearest }) => ({
    says: `There is no initialiser \`${name}\`.`,
    expected:
      'constant(v), uniform(a, b), normal(s), xavier(), orthogonal(gain), identity(gain), chrono(T), minus(name)',
    got: `\`${name}\``,
    mend: nearestOr(nearest, 'use one of these'),
  }),
  'initialiser-arguments': ({ name, wants, got }) => ({
    says: `\`${name}\` wants ${wants}.`,
    expected: wants,
    got,
    mend: name === 'minus' ? 'name such a parameter' : 'change the numbers between the parentheses',
  }),
  'initialiser-unmatched': ({ pattern, parameters, nearest }) => ({
    says: `\`${pattern}\` matches no parameter.`,
    expected: `a parameter (${few(parameters)}), or the beginning of one and \`*\``,
    got: `\`${pattern}\``,
    mend: nearestOr(nearest, 'take the line out'),
  }),
  'initialiser-shape': ({ kind, name, got }) => ({
    says: `\`${kind}\` is for matrices, and \`${name}\` is ${got}.`,
    expected: 'a matrix',
    got,
    mend: 'give it constant, uniform or normal',
  }),
};

const elementwiseOf: Readonly<Record<string, string>> = { '*=': '.*', '/=': './' };

function mendOfElementwise(left: Operand, right: Operand, symbol: string): string {
  if (symbol === '.*' && isMatrix(left) && isColumn(right))
    return `a matrix times a column is \`*\`: write \`${left.text} * ${right.text}\``;
  const row = [left, right].find(({ text, shape }) => shape.startsWith('a row') && text.endsWith("'"));
  if (row !== undefined && (isColumn(left) || isColumn(right)))
    return `take the ' out: \`${row.text.slice(0, -1)}\` is a column`;
  return 'bring one to the shape of the other with a matrix: `U * x` turns the input into a column of H';
}

type Capital = Of<'two-columns'>['capital'];

function mendOfColumns(left: Operand, right: Operand, mended?: string, capital?: Capital): string {
  const matrix =
    capital?.name === undefined ? '' : `; if \`${left.text}\` is a matrix, a capital letter: \`${capital.name}\``;
  if (mended !== undefined) return `elementwise is \`.*\`:   ${mended}${matrix}`;
  if (capital !== undefined) return `a matrix begins with a capital letter:   ${capital.line}`;
  return left.shape === right.shape
    ? 'elementwise is `.*`'
    : 'elementwise is `.*`, of columns of one size: `U * x` turns the input into a column of H';
}

function mendOfProduct(left: Operand, right: Operand, columns: string): string {
  if (isColumn(left) && isMatrix(right)) return `the matrix stands first: \`${right.text} * ${left.text}\``;
  if (isMatrix(left) && right.shape.startsWith('a row') && right.text.endsWith("'"))
    return `a matrix multiplies a column: take the ' out, \`${left.text} * ${right.text.slice(0, -1)}\``;
  if (isMatrix(left) && isColumn(right))
    return `\`${left.text}\` multiplies columns of ${columns}; give \`${right.text}\` a matrix of its own`;
  return "bring one to the size of the other with a matrix, or transpose one with '";
}

const isMatrix = ({ shape }: Operand): boolean => shape.startsWith('a matrix');
const isColumn = ({ shape }: Operand): boolean => shape.startsWith('a column');
/** `H columns`, `1 row`; what is open is not 1. */
const counted = (count: string, noun: string): string =>
  count === '?' ? `several ${noun}s` : `${count} ${noun}${count === '1' ? '' : 's'}`;
const isControl = (character: string): boolean => /[\p{Cc}\ufffd]/u.test(character);
const quoted = (names: readonly string[]): string[] => names.map((name) => `\`${name}\``);
const listed = (names: readonly string[]): string =>
  names.length < 2 ? quoted(names).join('') : `${few(names.slice(0, -1))} and ${quoted(names).at(-1)}`;
const few = (names: readonly string[]): string =>
  names.length === 0 ? 'there is none' : quoted(names.slice(0, 6)).join(', ') + (names.length > 6 ? ', …' : '');

const plural = (shape: string): string =>
  shape.replace(/^a (column|row|matrix)/, (_, noun: string) => (noun === 'matrix' ? 'matrices' : `${noun}s`));

/** The words for a problem. */
function wordingOf(problem: EquationProblem): Wording {
  return (words[problem.code] as (problem: EquationProblem) => Wording)(problem);
}

const visible = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is made visible
  text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (c) => (c === '\t' ? ' ' : '\u00b7'));

/** An error as lines of text: the place, the line, its guilty part underlined, and what to do. A long line is cut round the guilty part. */
export function errorText(error: EquationError, width = 80): string {
  const place = `${visible(error.source)}:${error.line}  `;
  const room = Math.max(20, width - place.length - 2);
  const start = error.text.length <= room ? 0 : Math.max(0, Math.min(error.span.start - 8, error.text.length - room));
  const line = visible(error.text.slice(start, start + room));
  const from = Math.min(error.span.start - start + (start > 0 ? 1 : 0), room);
  const length = Math.max(1, Math.min(error.span.end - error.span.start, room - from));
  const { says, expected, got, mend } = wordingOf(error.problem);
  return [
    `${place}${start > 0 ? '…' : ''}${line}${start + room < error.text.length ? '…' : ''}`,
    `${' '.repeat(place.length + from)}${'~'.repeat(length)}`,
    visible(says),
    `  expected  ${visible(expected)}`,
    `  got       ${visible(got)}`,
    `  mend      ${visible(mend)}`,
  ].join('\n');
}
