// What is said where no known mistake gives the numbers, but something can be told of them.

import { nearest } from '../../equations/nearest.ts';
import { numeral } from '../../render/numerals.ts';
import type { Clue, Finding, KnownLine } from '../report.ts';
import {
  idiomOf,
  listed,
  type Message,
  type MessageContext,
  product,
  quotedNames,
  sizesSaid,
  stopped,
} from './words.ts';

export function clueWords(clue: Clue, { worst, problem }: Finding, context: MessageContext): Message {
  const idiom = idiomOf(context.language);
  const name = context.function;
  const define = `\`${idiom.define(name, context.parameters)}\``;
  const off = worst === undefined ? '' : `: \`${worst.path}\` is furthest off, by ${numeral(worst.error, 2)}`;
  switch (clue.code) {
    case 'untouched':
      return {
        what: 'This is the start as it was given.',
        why: 'It runs, but it is not finished, so its numbers are not right yet.',
        next: 'Write the rest: the comments in it say what is missing.',
      };
    case 'order':
      return {
        what: `\`${name}\` takes its arguments in another order than they come in.`,
        why: `Yours are \`${clue.own.join(', ')}\`; the call gives \`${context.parameters.join(', ')}\`, by place and not by name.`,
        next: `Begin it with ${define}`,
      };
    case 'convention':
      return conventionWords(clue, context);
    case 'word':
      return {
        what: `\`${name}\` ${problem.code === 'threw' ? 'stopped' : 'returned nothing'} where \`${clue.parameter}\` is \`${JSON.stringify(clue.word)}\`.`,
        why: 'That word stands nowhere in the file, so no branch is taken for it.',
        next: 'Compare with that word, letter by letter: capitals, blanks and underscores count.',
      };
    case 'line':
      return { ...knownLines[clue.id], quoted: [`${clue.line}  ${clue.text}`] };
    case 'part': {
      const near = nearest(clue.part, clue.parts);
      return {
        what: `\`${clue.read}\` is \`undefined\`: that record has no \`${clue.part}\`.`,
        why: 'JavaScript reads on, and whatever is computed from it is NaN.',
        next: near === undefined ? `It has ${quotedNames(clue.parts)}.` : `Did you mean \`${near}\`?`,
      };
    }
    case 'remembers':
      return {
        what: `\`${name}\` remembers something: the same call, made once more, gave another answer.`,
        why: `Something outlives the call: ${idiom.keeps}.`,
        next: 'Let the answer depend on the arguments alone; set every name inside the function.',
      };
    case 'changed-arguments':
      return {
        what: `\`${name}\` writes into an argument, and reads from it afterwards.`,
        why: 'What it reads then is the new number where the equations want the old one; and a second name, `h = h_prev`, is no copy.',
        next: `Write into a new list: ${idiom.copy}.`,
      };
    case 'rounded':
      return {
        what: `These numbers are right, but rounded to ${clue.decimals} decimals${off}.`,
        why: 'Rounded on the way or at the end, they are not those of the equations any more.',
        next: 'Take the rounding out: return every number as it is computed.',
      };
    case 'float32':
      return {
        what: `Right but for the last digits${off}.`,
        why: 'Every number fits into 32 bits: float32 keeps seven digits.',
        next: 'Compute in float64, which is what Python and JavaScript do unless told otherwise.',
      };
    case 'small':
      return {
        what: `Nearly right${off}.`,
        why: 'So small an error comes from float32 or rounding on the way, from a constant with too few digits, or from a small number added to be safe.',
        next: 'Compute in float64, round nothing on the way, and take such additions out.',
      };
  }
}

const knownLines: { readonly [Id in KnownLine]: Message } = {
  'no-initial-value': {
    what: '`reduce` has no initial value there, so the first entry is not multiplied: the sum starts with it as it is.',
    next: 'Give `reduce` a 0 as its second argument: `row.reduce((sum, w, j) => sum + w * v[j], 0)`.',
  },
  'for-each': {
    what: '`forEach` returns nothing there, whatever its function returns.',
    next: 'Write `map` where you have `forEach`: it makes a list of what the function returns.',
  },
  'arrow-braces': {
    what: 'The arrow function there has braces but no `return`, so it returns `undefined`.',
    next: 'Write `return` inside the braces, or remove the braces: `(w) => w * 2`.',
  },
  'flat-transpose': {
    what: 'Both are flat vectors there, and `.T` of a flat vector is that same vector: this is a dot product, one number.',
    next: 'The matrix of all products of two vectors is `np.outer(a, b)`: a row for each entry of a, a column for each of b.',
  },
};

type Conventional = Extract<Clue, { code: 'convention' }>;

/** Its numbers are right by another convention: what that is, one thing or several. */
function conventionWords(clue: Conventional, context: MessageContext): Message {
  const differences = conventions.flatMap((of) => of(clue, context) ?? []);
  const [only] = differences;
  if (differences.length === 1) return only!;
  return {
    what: `The numbers of \`${context.function}\` are right, but its conventions differ from those of this exercise:`,
    quoted: differences.map(({ what }) => `- ${what}`),
    next: differences.map(({ next }) => stopped(next)).join(' '),
  };
}

const ordinals = ['first', 'second', 'third', 'fourth'];

/** Each says its part of a convention, if it has one. */
const conventions: readonly ((clue: Conventional, context: MessageContext) => Message | undefined)[] = [
  ({ order, own }, { function: name, parameters, language }) =>
    order && {
      what: `\`${name}\` takes its arguments in a different order from the call.`,
      why: `It works with \`${order.join(', ')}\`${own === undefined || own.join() === order.join() ? '' : `, called \`${own.join(', ')}\``}; the call gives \`${parameters.join(', ')}\`, by position.`,
      next: `Begin it with \`${idiomOf(language).define(name, parameters)}\``,
    },
  ({ exchanged }) =>
    exchanged && {
      what: 'The matrices `W` multiply the input and `U` the state; in this exercise it is the other way round.',
      why: 'Keras and many papers use that convention. Here `W_…` is H×H and multiplies `h_prev`, `U_…` is H×D and multiplies `x`.',
      next: 'Exchange `W_…` and `U_…` in every gate.',
    },
  ({ transposed }, context) =>
    transposed && {
      what: 'The matrices are used transposed.',
      why: `In \`x @ W\` a matrix has a column for each unit; here it has a row for each unit${sizesSaid(context) === undefined ? '' : `: ${sizesSaid(context)}`}.`,
      next:
        context.language === 'python'
          ? `Write \`${product(context).join(' @ ')}\` instead of \`${[...product(context)].reverse().join(' @ ')}\`, and the same for every product.`
          : 'Sum along a row of the matrix, `W[i][j] * v[j]` over all j, where you have `W[j][i] * v[j]`.',
    },
  ({ vectors, time }, { language }) => {
    const python = language === 'python';
    if (vectors === undefined && time === undefined) return undefined;
    const batch = vectors === 'rows' ? '(1, n)' : '(n, 1)';
    const sequence = {
      last: vectors === undefined ? '(n, T)' : '(n, 1, T)',
      middle: '(1, T, n)',
    }[time ?? 'last'];
    return {
      what:
        time === undefined
          ? `Vectors are taken to be ${batch}${python ? ' arrays' : ' matrices'}: here they are flat lists of n numbers.`
          : `Sequences are taken to be ${sequence}${vectors === undefined ? '' : ` and vectors ${batch}`}; here a sequence is a list of T flat vectors, without a batch.`,
      why:
        vectors === 'rows'
          ? 'That is the layout of a batch, but here there is only one example.'
          : 'Some courses use column vectors or put time last.',
      next: `Remove ${python ? '`reshape`, `[:, t]` and the axis of the batch' : 'the inner brackets'}: ${time === undefined ? '`x` and `h_prev` are' : '`xs[t]` is'} already flat.`,
    };
  },
  ({ returned }, context) => {
    const { returns, function: name } = context;
    if (returned === undefined) return undefined;
    const wanted = quotedNames(returns);
    const places = returns.map((one, i) => `\`${one}\` is ${placeWords(returned[i]!)}`);
    return {
      what: `\`${name}\` returns ${wanted} together with something else.`,
      why: `In the return value ${listed(places)}, and the numbers are right; do not return a cache or other values.`,
      next: returnAlone(returned, context),
    };
  },
];

/** How to return nothing but what was found there. */
export function returnAlone(places: readonly string[], { returns, language }: MessageContext): string {
  const fields = places.map((path) => /^\.([A-Za-z_]\w*)$/.exec(path)?.[1]);
  return places.length > 0 && fields.every((field) => field !== undefined)
    ? `Return ${quotedNames(fields)} of that record, not the record itself.`
    : `End it with \`${idiomOf(language).give(returns)}\``;
}

/** `[1][0]` as `the first value of the second`. */
export function placeWords(path: string): string {
  if (path === '') return 'the whole value';
  const steps = [...path.matchAll(/\[(\d+)\]|\.([^.[]+)/g)].map(([, at, name]) =>
    name === undefined ? `the ${ordinals[Number(at)] ?? `${Number(at) + 1}th`} value` : `\`${name}\``,
  );
  return steps.reverse().join(' of ');
}
