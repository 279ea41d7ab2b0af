// A shape that is wrong, read from its words (value.ts makes them): which of the usual slips it is, and how it is fixed.

import { nearest } from '../../equations/nearest.ts';
import { counted } from '../../numbers/counted.ts';
import type { Problem } from '../check-report.ts';
import { isScript, type Language } from '../language.ts';
import { shapeWords } from '../value.ts';
import { placeWords, returnAlone } from './clues.ts';
import { type Message, tell } from './messages.ts';
import {
  blocksOf,
  idiomOf,
  listed,
  type MessageContext,
  matrixAndVector,
  quotedNames,
  sizesOf,
  sizesSaid,
} from './phrases.ts';

// What came back holds no numbers that can be compared: nothing computed yet, promises, or numbers of another kind.

/** Undefined where it is none of these. `got`: what came back, in the words of value.ts. */
function inPlaceOfNumbers(path: string, expected: string, got: string, language: Language): Message | undefined {
  const came = path === 'what came back' ? 'What came back is' : `\`${path}\` came back as`;
  const python = language === 'python';
  const told = (id: string) => tell(id, { came, got, expected, convert: python ? 'float' : 'Number' });
  const lazy = /\b(generator|map|zip|filter)s?$/.exec(got)?.[1];
  if (lazy !== undefined) return told(!python ? 'generator-in-script' : lazy === 'generator' ? lazy : 'lazy-map');
  // A list of what `async` functions give back.
  if (/\bpromises?$/i.test(got)) return told('promises');
  return /\b(?:Fraction|Decimal|bigint|longdouble|float128|mpf)s?$/.test(got) ? told('foreign-numbers') : undefined;
}

// More or fewer values came back than are wanted, or in other brackets: a cache, a record of everything, one where there are two.

type WrongShape = Extract<Problem, { code: 'wrong-shape' }>;

/** What is wanted is inside what came back, with something else: a cache, a record of everything. */
function severalValues({ path, expected, got, inside }: WrongShape, context: MessageContext): Message | undefined {
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
  const wanted = quotedNames(returns);
  const places = inside?.map((at, i) => `${placeWords(at)} has the shape of \`${returns[i]}\``);
  const isUncounted = count === undefined || (returns.length > 1 && path === returns[0]);
  return tell(isUncounted ? 'with-something-else' : 'several-values', {
    name,
    wanted: isUncounted || returns.length > 1 ? wanted : `${wanted} alone`,
    count,
    are: returns.length > 1 ? 'are wanted' : `is wanted, ${expected}`,
    where: places === undefined ? '' : `In what came back ${listed(places)}. `,
    alone: returnAlone(inside ?? [], context),
  });
}

/** Two values or more were wanted, and something came back that cannot be told apart into them. */
function severalWrong(got: string, { language, returns, function: name }: MessageContext): Message {
  const { give } = idiomOf(language);
  const all = quotedNames(returns);
  const names = /^a record of (.*)$/.exec(got)?.[1]?.split(', ');
  if (names !== undefined) {
    const missing = returns.filter((wanted) => !names.includes(wanted));
    const near = nearest(
      missing[0] ?? '',
      names.filter((name) => !returns.includes(name)),
    );
    const told = { missing: quotedNames(missing, 'or'), names: quotedNames(names) };
    return near === undefined
      ? tell('other-record', { ...told, all, give: give(returns) })
      : tell('mistyped-result', { ...told, first: missing[0], near });
  }
  const count = countOf(got);
  return tell(count === 'One value' && isScript(language) ? 'comma-of-results' : 'other-count', {
    name,
    all,
    got,
    count,
    returns: returns.join(', '),
    wanted: returns.length,
    both: returns.length === 2 ? 'both' : 'all',
    give: give(returns),
  });
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
    return tell(isScript(context.language) ? 'returned-nothing-in-script' : 'returned-nothing', {
      function: context.function,
      nothing: idiom.nothing,
      give: idiom.give(context.returns),
    });
  if (got === `a ${context.function}`)
    return tell('class-for-function', {
      function: context.function,
      define: idiom.define(context.function, context.parameters),
    });
  const other = inPlaceOfNumbers(path, expected, got, context.language);
  if (other !== undefined) return other;
  const several = severalValues(problem, context);
  if (several !== undefined) return several;
  if (whole) return severalWrong(got, context);
  const swapped = exchanged(path, expected, got, context);
  if (swapped !== undefined)
    return tell('results-exchanged', { path, got, swapped, expected, give: idiom.give(context.returns) });
  if (new RegExp(`^a record of ${path}$`).test(got) && context.returns.length === 1)
    return tell('record-of-one', { path, give: idiom.give([path]) });
  const [want, have] = [sizesOf(expected), sizesOf(got)];
  const slip = want && have ? sizesWrong(path, want, have, context) : partsWrong(path, expected, got, context);
  return slip ?? tell('other-shape', { path, got, expected, print: idiom.print(nameOf(path)) });
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
    const flat = column ? `[row[0] for row in ${name}]` : `${name}[0]`;
    return tell('too-many-brackets', {
      path,
      got: shape(have, column ? `a column of ${have[0]} rows` : 'a matrix of one row'),
      numbers: shape(want, `${want[0]} numbers`),
      flat: python && context.arrays !== true ? flat : flatten(name),
    });
  }
  if (want.length === 1 && have.length === 2 && have[1] === want[0] && isAllOfThem(path, have[0]!, context)) {
    // A matrix may have as many rows as there are results.
    return tell(have[0] === have[1] ? 'all-in-brackets-or-matrix' : 'all-in-brackets', {
      path,
      got: blockWords(have),
      wanted: shape(want, `a vector of ${want[0]} numbers`),
      results: quotedNames(context.returns),
      print: idiom.print(name),
      both: context.returns.length === 2 ? 'both' : 'all',
      give: idiom.give(context.returns),
    });
  }
  if (want.length === 1 && have.length === 2)
    return tell(python ? 'matrix-for-vector-in-python' : 'matrix-for-vector', {
      path,
      got: shape(have, blockWords(have)),
      wanted: shape(want, `a vector of ${want[0]} numbers`),
      product: matrixAndVector(context).join(' @ '),
      name,
    });
  if (want.length === 2 && have.length === 2 && want[0] === have[1] && want[1] === have[0])
    return tell('transposed', { path, rows: have[0], columns: have[1], transpose: transpose(name) });
  if (want.length === 0 && have.length === 1 && have[0] === 1) return tell('list-of-one', { path, name });
  if (want.length > 0 && have.length === 0)
    return tell(python ? 'number-for-list-in-python' : 'number-for-list-in-script', {
      path,
      wanted: shape(want, blockWords(want)),
      name,
    });
  if (want.length === 2 && have.length === 1)
    return have[0] === want[0]! * want[1]!
      ? tell('one-flat-list', { path, have: have[0], want: blockWords(want) })
      : tell(have[0] === want[1] ? 'last-step-alone' : 'one-list-for-steps', {
          path,
          have: have[0],
          steps: want[0],
          each: want[1],
        });
  const at = want.length === have.length ? want.findIndex((size, i) => size !== have[i]) : -1;
  return at < 0 ? undefined : countWrong(path, want, have, at, context);
}

/** Whether something in the call has that many entries. */
const isSize = (size: number, context: MessageContext): boolean =>
  blocksOf(context).some(({ sizes }) => sizes.includes(size));

function countWrong(
  path: string,
  wants: readonly number[],
  has: readonly number[],
  at: number,
  context: MessageContext,
): Message {
  const python = context.language === 'python';
  const [want, have, wanted, got] = [wants[at]!, has[at]!, blockWords(wants), blockWords(has)];
  const steps = at === 0 && /\blists?\b/.test(wanted);
  const isPlain = wants.length === 1 && context.arrays !== true;
  const sizes = sizesSaid(context);
  const kind = (): string => {
    if (steps && have === want + 1) return 'one-step-too-many';
    if (steps && have > want + 1) return 'steps-of-other-calls';
    if (steps && have === want - 1) return 'one-step-too-few';
    if (isPlain && have === want + 1) return 'one-entry-too-many';
    if (at === 0 && have === 1 && want > 1) return 'return-in-loop';
    if (2 * have === want && at === wants.length - 1 && wants.length > 1) return 'half-as-wide';
    return isPlain && have > want && python ? 'lists-joined' : 'another-size';
  };
  return tell(kind(), {
    path,
    got,
    wanted,
    before: want,
    end: python ? `\`range(${want})\`` : `\`i < ${want}\` and not \`i <= ${want}\``,
    along: isSize(have, context) ? ` Or it counts along a vector that has ${have} entries.` : '',
    sizes: sizes === undefined ? '' : `In the call below ${sizes}. `,
  });
}

/** One of them is no block of numbers. */
function partsWrong(path: string, expected: string, got: string, context: MessageContext): Message | undefined {
  const { give } = idiomOf(context.language);
  const name = nameOf(path);
  const script = isScript(context.language);
  if (got === 'nothing' || /\bnothings?$/.test(got))
    return tell(got === 'nothing' ? 'missing-part' : script ? 'nothing-in-script' : 'nothing-for-numbers', {
      path,
      nothing: idiomOf(context.language).nothing,
      name,
      give: give(context.returns),
    });
  if (got === 'an empty list') return tell('empty-list', { path, expected });
  if (got.endsWith('of unequal lengths')) return tell('unequal-rows', { path, expected });
  const [want, have] = [expected, got].map((words) => /^a record of (.*)$/.exec(words)?.[1]?.split(', '));
  if (have?.every((key) => /^(-?\d+|…)$/.test(key)) && expected.startsWith('a list'))
    return tell('record-by-step', {
      path,
      steps: have.join(', '),
      expected,
      why: have.includes('-1')
        ? 'The entry -1 is the initial state, which is not a step.'
        : 'A list has one entry for each step, in order.',
      list: script
        ? `\`Object.values(${name})\`, without the initial state`
        : `\`[${name}[t] for t in range(len(xs))]\``,
    });
  if (want && have) {
    const missing = want.filter((one) => !have.includes(one));
    const near = nearest(
      missing[0] ?? '',
      have.filter((one) => !want.includes(one)),
    );
    const told = { path, missing: quotedNames(missing, 'or'), have: quotedNames(have) };
    return near === undefined
      ? tell('names-missing', told)
      : tell('name-of-part-mistyped', { ...told, first: missing[0], near });
  }
  if (want) return tell('record-wanted', { path, got, want: listed(want) });
  if (got === 'a text' || /\btexts?$/.test(got)) return tell('text-for-numbers', { path, got, expected });
  return undefined;
}

const blockWords = (sizes: readonly number[]): string =>
  sizes.length === 1
    ? counted(sizes[0]!, 'number')
    : `${sizes.slice(0, -1).join(' × ')} ${sizes.length === 2 && sizes[0] === 1 ? 'list' : 'lists'} of ${sizes.at(-1)}`;
