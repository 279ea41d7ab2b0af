// A shape that is wrong, read from its words (difference.ts makes them): which of the usual slips it is, and how it is mended.

import { nearest } from '../../equations/nearest.ts';
import { counted } from '../../numbers/counted.ts';
import type { Problem } from '../report.ts';
import { shapeWords } from '../value.ts';
import { placeWords, returnAlone } from './clues.ts';
import {
  blocksOf,
  idiomOf,
  listed,
  type Message,
  type MessageContext,
  product,
  quotedNames,
  sizesOf,
  sizesSaid,
} from './words.ts';

// What came back holds no numbers that can be compared: nothing computed yet, promises, or numbers of another kind.

/** Undefined where it is none of these. `got`: what came back, in the words of difference.ts. */
export function inPlaceOfNumbers(
  path: string,
  expected: string,
  got: string,
  context: MessageContext,
): Message | undefined {
  if (lazyKind(got) !== undefined) return notYetComputed(path, expected, got, context);
  if (/\bpromises?$/i.test(got)) return promises(path, expected, got);
  return foreignNumbers.test(got) ? otherNumbers(path, expected, got, context) : undefined;
}

/** What has computed nothing yet, by itself or in a list. */
const lazyKind = (got: string): string | undefined => /\b(generator|map|zip|filter)s?$/.exec(got)?.[1];

const cameBack = (path: string, expected: string, got: string): string =>
  `${path === 'what came back' ? 'What came back is' : `\`${path}\` came back as`} ${got}; what is wanted is ${expected}.`;

/** A list of what `async` functions give back. */
const promises = (path: string, expected: string, got: string): Message => ({
  what: cameBack(path, expected, got),
  why: 'Calling an `async` function gives back a promise, and nobody waits for what it promises.',
  next: 'Take out `async`, `await` and `Promise`: nothing here has to be waited for.',
});

/** Numbers of a kind that is not the usual one. */
const foreignNumbers = /\b(?:Fraction|Decimal|bigint|longdouble|float128|mpf)s?$/;

function otherNumbers(path: string, expected: string, got: string, { language }: MessageContext): Message {
  return {
    what: cameBack(path, expected, got),
    why: 'Only ordinary numbers can be compared: floats of 64 bits.',
    next: `Put \`${language === 'python' ? 'float' : 'Number'}(…)\` round each number that you return.`,
  };
}

function notYetComputed(path: string, expected: string, got: string, { language }: MessageContext): Message {
  const python = language === 'python';
  return {
    what: cameBack(path, expected, got),
    why: python
      ? `${lazyKind(got) === 'generator' ? 'A function that has `yield` in it and a `for` in round brackets give' : '`map`, `zip` and `filter` give'} back something that has computed nothing yet.`
      : 'A function that has a `*`, or `yield` in it, gives back a generator, which has computed nothing yet.',
    next: python
      ? 'Put `list(…)` round it, or write square brackets: `[… for … in …]`.'
      : 'Take out the `*`, push to a list where you `yield`, and return the list at the end.',
  };
}

// More or fewer values came back than are wanted, or in other brackets: a cache, a record of everything, one where there are two.

export type WrongShape = Extract<Problem, { code: 'wrong-shape' }>;

/** What is wanted is inside what came back, with something else: a cache, a record of everything. */
export function severalValues(
  { path, expected, got, inside }: WrongShape,
  context: MessageContext,
): Message | undefined {
  const { function: name, returns } = context;
  const [want, have] = [sizesOf(expected), sizesOf(got)];
  // A matrix in the place of a vector holds vectors, too.
  const isBlock =
    have !== undefined && (have.length !== (want?.length ?? 0) + 1 || have[0] === want?.[0] || have[0] === 1);
  const isMixed = want?.length === 1 && /unequal lengths|different kinds/.test(got);
  if (
    returns.length > 1
      ? inside === undefined || !['what came back', returns[0]].includes(path)
      : isBlock || !(inside || isMixed)
  )
    return undefined;
  const count = /^a list of (\d+)/.exec(got)?.[1];
  const alone = returns.length === 1 ? ' alone is wanted' : ' are wanted';
  const wanted = quotedNames(returns);
  const places = inside?.map((at, i) => `${placeWords(at)} has the shape of \`${returns[i]}\``);
  return {
    what:
      count === undefined || (returns.length > 1 && path === returns[0])
        ? `\`${name}\` returned ${wanted} together with something else.`
        : `\`${name}\` returned ${count} values where ${wanted}${alone}${returns.length === 1 ? `, ${expected}` : ''}.`,
    why: `${places === undefined ? '' : `In what came back ${listed(places)}. `}A cache or intermediate values are not asked for.`,
    next: returnAlone(inside ?? [], context),
  };
}

/** Two values or more were wanted, and something came back that cannot be told apart into them. */
export function severalWrong(got: string, { language, returns, function: name }: MessageContext): Message {
  const { give } = idiomOf(language);
  const all = quotedNames(returns);
  const names = /^a record of (.*)$/.exec(got)?.[1]?.split(', ');
  if (names !== undefined) {
    const missing = returns.filter((wanted) => !names.includes(wanted));
    const near = nearest(
      missing[0] ?? '',
      names.filter((name) => !returns.includes(name)),
    );
    return {
      what: `The record that came back has no ${quotedNames(missing, 'or')}: it has ${quotedNames(names)}.`,
      next:
        near === undefined
          ? `Call its parts ${all}, or return them in this order: \`${give(returns)}\`.`
          : `Did you mean \`${missing[0]}\` where you wrote \`${near}\`?`,
    };
  }
  const count = countOf(got);
  return {
    what: `\`${name}\` has to return ${all}; it returned ${got}.`,
    why:
      count === 'One value' && (language === 'javascript' || language === 'typescript')
        ? `In JavaScript \`return ${returns.join(', ')}\` returns only the last of them.`
        : `${count} returned where ${returns.length} are wanted.`,
    next: `Return ${returns.length === 2 ? 'both' : 'all'}, in this order: \`${give(returns)}\`.`,
  };
}

/** A vector is one value, a list of vectors as many as it has. */
function countOf(got: string): string {
  const count = /^a list of (\d+) (?:lists?|values)/.exec(got)?.[1];
  return count === undefined || count === '1' ? 'One value' : `${count} values`;
}

/** As NumPy writes it: `(4,)`, `(4, 1)`. */
const tuple = (sizes: readonly number[]): string => `(${sizes.join(', ')}${sizes.length === 1 ? ',' : ''})`;

export function shapeWrong(problem: WrongShape, context: MessageContext): Message {
  const { path, expected, got } = problem;
  const idiom = idiomOf(context.language);
  const whole = path === 'what came back';
  if (got === 'nothing' && (whole || context.returns.includes(path)) && (whole || context.returns.length === 1))
    return {
      what: `\`${context.function}\` returned nothing.`,
      why: `A function that ends without a \`return\` gives back ${idiom.nothing}${/script/.test(context.language) ? '; and so does a `return` that stands alone on its line' : ''}.`,
      next: `Did you forget \`return\`? Its last line should be \`${idiom.give(context.returns)}\`.`,
    };
  if (got === `a ${context.function}`)
    return {
      what: `\`${context.function}\` is a class: a call of it gives back an object, and no numbers.`,
      why: 'What is called here is a function, which returns what it computed.',
      next: `Write it as a function: \`${idiom.define(context.function, context.parameters)}\``,
    };
  const other = inPlaceOfNumbers(path, expected, got, context);
  if (other !== undefined) return other;
  const several = severalValues(problem, context);
  if (several !== undefined) return several;
  if (whole) return severalWrong(got, context);
  const swapped = exchanged(path, expected, got, context);
  if (swapped !== undefined)
    return {
      what: `\`${path}\` came back as ${got}, which is the shape of \`${swapped}\`; what is wanted is ${expected}.`,
      why: 'Perhaps they come back in another order than they are asked for.',
      next: `Return them in this order: \`${idiom.give(context.returns)}\`.`,
    };
  if (new RegExp(`^a record of ${path}$`).test(got) && context.returns.length === 1)
    return {
      what: `What came back is a record that holds \`${path}\`; what is wanted is \`${path}\` itself.`,
      why: 'One value needs no name.',
      next: `Write \`${idiom.give([path])}\`, without braces.`,
    };
  const [want, have] = [sizesOf(expected), sizesOf(got)];
  const slip = want && have ? sizesWrong(path, want, have, context) : partsWrong(path, expected, got, context);
  return (
    slip ?? {
      what: `\`${path}\` came back as ${got}; what is wanted is ${expected}.`,
      next: `Look at it just before you return it: \`${idiom.print(nameOf(path))}\`.`,
    }
  );
}

/** Which of the other results has the shape that came back. */
const exchanged = (path: string, expected: string, got: string, { returns, expected: all }: MessageContext) =>
  got === expected || !returns.includes(path)
    ? undefined
    : returns.find((name) => name !== path && all?.[name] !== undefined && shapeWords(all[name]) === got);

/** `d_p.W_f[2]` is about `W_f`. */
const nameOf = (path: string): string => path.replace(/\[.*$/, '').split('.').at(-1)!;

/** As many lists as there are results, in the first of them. */
const isAllOfThem = (path: string, count: number, { returns }: MessageContext): boolean =>
  returns.length > 1 && count === returns.length && path === returns[0];

/** Both are blocks of numbers. */
function sizesWrong(
  path: string,
  want: readonly number[],
  have: readonly number[],
  context: MessageContext,
): Message | undefined {
  const idiom = idiomOf(context.language);
  const { flatten, transpose } = idiom;
  const name = nameOf(path);
  const python = context.language === 'python';
  const shape = (sizes: readonly number[], words: string) => (python ? `${words}, shape ${tuple(sizes)}` : words);
  if (want.length === 1 && have.length === 2 && have.includes(1) && have.includes(want[0]!)) {
    const column = have[1] === 1;
    return {
      what: `\`${path}\` came back as ${shape(have, column ? `a column of ${have[0]} rows` : 'a matrix of one row')}; a vector here is a flat list of ${shape(want, `${want[0]} numbers`)}.`,
      why: 'The numbers may well be right; only the brackets around each are too many.',
      next: `Return \`${python && context.arrays !== true ? (column ? `[row[0] for row in ${name}]` : `${name}[0]`) : flatten(name)}\`, or keep your vectors flat from the start.`,
    };
  }
  if (want.length === 1 && have.length === 2 && have[1] === want[0] && isAllOfThem(path, have[0]!, context)) {
    const [results, give] = [quotedNames(context.returns), `\`${idiom.give(context.returns)}\``];
    // A matrix may have as many rows as there are results.
    const isUnsure = have[0] === have[1];
    return {
      what: `\`${path}\` came back as ${blockWords(have)}; what is wanted is ${shape(want, `a vector of ${want[0]} numbers`)}.`,
      why: `That looks like ${results} inside one pair of brackets too many, with something else beside it${isUnsure ? '; or else the products of a matrix and a vector were not added up' : ''}.`,
      next: isUnsure
        ? `See which it is: \`${idiom.print(name)}\` just before you return. What returns ${results} is ${give}.`
        : `Return ${context.returns.length === 2 ? 'both' : 'all'} and nothing else: ${give}.`,
    };
  }
  if (want.length === 1 && have.length === 2)
    return {
      what: `\`${path}\` came back as a matrix, ${shape(have, blockWords(have))}; what is wanted is ${shape(want, `a vector of ${want[0]} numbers`)}.`,
      ...(python
        ? {
            why: 'Two things make a matrix there: `*` between a matrix and a vector, which goes entry by entry; and a column, as `reshape(-1, 1)` makes it, plus a flat vector.',
            next: `Write \`${product(context).join(' @ ')}\` for a product, and leave every vector as flat as it comes.`,
          }
        : {
            why: 'The products of a row with the vector were not added up, or there is a row for each step.',
            next: `Sum each row's products: \`${name}\` has one number a row.`,
          }),
    };
  if (want.length === 2 && have.length === 2 && want[0] === have[1] && want[1] === have[0])
    return {
      what: `\`${path}\` is transposed: ${have[0]} rows of ${have[1]}, where ${want[0]} rows of ${want[1]} are wanted.`,
      why: 'In an outer product the row index comes from the first vector: the row of a weight is the unit it leads to, the column the one it comes from.',
      next: `Exchange the two vectors of that product, or return \`${transpose(name)}\`.`,
    };
  if (want.length === 0 && have.length === 1 && have[0] === 1)
    return {
      what: `\`${path}\` came back as a list that holds one number; what is wanted is the number itself.`,
      next: `Return \`${name}[0]\`.`,
    };
  if (want.length > 0 && have.length === 0)
    return {
      what: `\`${path}\` came back as a single number; what is wanted is ${shape(want, blockWords(want))}.`,
      why: python
        ? 'A sum or a dot product reduces a vector to one number, and a `return` inside a loop ends it in its first iteration.'
        : 'A sum reduces a vector to one number, and a `return` inside a loop ends it in its first iteration. `Math.tanh` takes one number: for a list it gives NaN.',
      next: python
        ? `Check that \`return\` is after the loop, not in it, and that nothing is summed over all of \`${name}\`.`
        : 'Apply functions to every entry, `list.map(Math.tanh)`, and check that `return` is after the loop.',
    };
  if (want.length === 2 && have.length === 1)
    return have[0] === want[0]! * want[1]!
      ? {
          what: `\`${path}\` came back as one list of ${have[0]} numbers; what is wanted is ${blockWords(want)}.`,
          why: 'Each was added number by number, as `extend` and `push(...h)` do.',
          next: 'Put each of them into the list as a list of its own.',
        }
      : {
          what: `\`${path}\` came back as one list of ${have[0]} numbers; what is wanted is ${want[0]} of them, each of ${want[1]}.`,
          why:
            have[0] === want[1]
              ? 'That looks like the last step alone.'
              : 'One list came back where there is one a step.',
          next: 'Keep what each step gives: append it to a list inside the loop, and return that list.',
        };
  const at = want.length === have.length ? want.findIndex((size, i) => size !== have[i]) : -1;
  return at < 0 ? undefined : countWrong(path, want, have, at, context);
}

/** Whether something in the call has that many entries. */
const isSize = (size: number, context: MessageContext): boolean =>
  blocksOf(context).some(({ sizes }) => sizes.includes(size));

const kept = 'A list outside the function or a default argument, `hs=[]`, keeps what earlier calls put into it';
const keptNext = 'Make the list inside the function, at its start, and count what goes into it.';

function countWrong(
  path: string,
  wants: readonly number[],
  has: readonly number[],
  at: number,
  context: MessageContext,
): Message {
  const python = context.language === 'python';
  const [want, have, wanted, got] = [wants[at]!, has[at]!, blockWords(wants), blockWords(has)];
  const what = `\`${path}\` came back as ${got}; what is wanted is ${wanted}.`;
  const steps = at === 0 && /\blists?\b/.test(wanted);
  if (steps && have === want + 1)
    return {
      what,
      why: 'One too many: perhaps the start is in it as well, or the loop runs once too often.',
      next: 'Count what goes into the list: one entry for each step, none for the start.',
    };
  if (steps && have > want + 1)
    return {
      what,
      why: `${kept}, or a loop runs too often.`,
      next: keptNext,
    };
  if (steps && have === want - 1)
    return {
      what,
      why: 'One too few: perhaps the loop stops one step early.',
      next: 'Check the end of the loop: it has to reach the last entry, too.',
    };
  if (wants.length === 1 && have === want + 1 && context.arrays !== true)
    return {
      what,
      why: `One too many: a loop that begins at 0 ends before ${want}, ${python ? `\`range(${want})\`` : `\`i < ${want}\` and not \`i <= ${want}\``}.${isSize(have, context) ? ` Or it counts along a vector that has ${have} entries.` : ''}`,
      next: 'Check where the loop that fills it ends.',
    };
  if (at === 0 && have === 1 && want > 1)
    return {
      what,
      why: 'A `return` inside a loop leaves after its first round.',
      next: 'Check that `return` stands behind the loop, not in it.',
    };
  if (2 * have === want && at === wants.length - 1 && wants.length > 1)
    return {
      what,
      why: 'It is half as wide: perhaps two vectors are added or averaged that should be concatenated, or one of them is missing.',
      next: 'Put the entries of the second vector after those of the first.',
    };
  if (wants.length === 1 && have > want && context.language === 'python' && context.arrays !== true)
    return {
      what,
      why: '`+` of two lists puts one behind the other; it adds no numbers. Or something is appended too often.',
      next: 'Add entry by entry: `[a + b for a, b in zip(one, other)]`.',
    };
  const sizes = sizesSaid(context);
  return {
    what,
    why: 'The loop ends early, or counts along another size than the result has: rows and columns are easily exchanged.',
    next: `${sizes === undefined ? '' : `In the call below ${sizes}. `}The product of a matrix and a vector has an entry for each row of the matrix.`,
  };
}

/** One of them is no block of numbers. */
function partsWrong(path: string, expected: string, got: string, context: MessageContext): Message | undefined {
  const { give } = idiomOf(context.language);
  const name = nameOf(path);
  const script = context.language === 'javascript' || context.language === 'typescript';
  if (got === 'nothing' || /\bnothings?$/.test(got))
    return {
      what:
        got === 'nothing'
          ? `\`${path}\` is missing in what came back.`
          : `\`${path}\` holds ${idiomOf(context.language).nothing} where numbers should be.`,
      why:
        script && got !== 'nothing'
          ? 'An arrow function with braces, `(row) => { … }`, gives back nothing unless it says `return`.'
          : 'Some value was never set, or a branch forgets it.',
      next: `Make sure that \`${name}\` is computed on every path, then return it: \`${give(context.returns)}\`.`,
    };
  if (got === 'an empty list')
    return {
      what: `\`${path}\` came back as an empty list; what is wanted is ${expected}.`,
      why: 'Nothing was ever put into it, or the loop that should do so did not run.',
      next: 'Check what the loop counts to, and that it appends to the list that you return.',
    };
  if (got.endsWith('of unequal lengths'))
    return {
      what: `The rows of \`${path}\` have unequal lengths; what is wanted is ${expected}.`,
      why: `${kept}; or a row goes on where the next should begin.`,
      next: 'Make every list inside the function, and begin each row as a new one.',
    };
  const [want, have] = [expected, got].map((words) => /^a record of (.*)$/.exec(words)?.[1]?.split(', '));
  if (have?.every((key) => /^(-?\d+|…)$/.test(key)) && expected.startsWith('a list'))
    return {
      what: `\`${path}\` is a record by step, ${have.join(', ')}; it has to be ${expected}.`,
      why: have.includes('-1')
        ? 'The entry -1 is the initial state, which is not a step.'
        : 'A list has one entry for each step, in order.',
      next: script
        ? `Return the values as a list: \`Object.values(${name})\`, without the initial state.`
        : `Return the values as a list: \`[${name}[t] for t in range(len(xs))]\`.`,
    };
  if (want && have) {
    const missing = want.filter((one) => !have.includes(one));
    const near = nearest(
      missing[0] ?? '',
      have.filter((one) => !want.includes(one)),
    );
    return {
      what: `\`${path}\` has no ${quotedNames(missing, 'or')}.`,
      why: `It has ${quotedNames(have)}.`,
      next:
        near === undefined
          ? `Add what is missing: the names are those of the parameters.`
          : `Did you mean \`${missing[0]}\` where you wrote \`${near}\`?`,
    };
  }
  if (want)
    return {
      what: `\`${path}\` came back as ${got}; what is wanted is a record of ${listed(want)}.`,
      next: `Return its parts by name, as the parameters came.`,
    };
  if (got === 'a text' || /\btexts?$/.test(got))
    return {
      what: `\`${path}\` came back as ${got}; what is wanted is ${expected}.`,
      why: 'Numbers were made into text on the way.',
      next: 'Return the numbers themselves, not what is printed of them.',
    };
  return undefined;
}

const blockWords = (sizes: readonly number[]): string =>
  sizes.length === 1
    ? counted(sizes[0]!, 'number')
    : `${sizes.slice(0, -1).join(' × ')} ${sizes.length === 2 && sizes[0] === 1 ? 'list' : 'lists'} of ${sizes.at(-1)}`;
