// What is said where no known mistake gives the numbers, but something can be told of them.

import { nearest } from '../../equations/nearest.ts';
import { numeral } from '../../render/numerals.ts';
import type { Clue, Finding } from '../check-report.ts';
import { type Message, tell } from './messages.ts';
import { idiomOf, listed, type MessageContext, matrixAndVector, quotedNames, sizesSaid, stopped } from './phrases.ts';

export function clueWords(clue: Clue, { worst, problem }: Finding, context: MessageContext): Message {
  const idiom = idiomOf(context.language);
  const name = context.function;
  const define = `\`${idiom.define(name, context.parameters)}\``;
  const off = worst === undefined ? '' : `: \`${worst.path}\` is furthest off, by ${numeral(worst.error, 2)}`;
  switch (clue.code) {
    case 'untouched':
      return tell('untouched');
    case 'order':
      return tell('argument-order', {
        name,
        own: clue.own.join(', '),
        parameters: context.parameters.join(', '),
        define,
      });
    case 'convention':
      return conventionWords(clue, context);
    case 'word':
      return tell('unknown-word', {
        name,
        did: problem.code === 'threw' ? 'stopped' : 'returned nothing',
        parameter: clue.parameter,
        word: JSON.stringify(clue.word),
      });
    case 'line':
      return tell(clue.id, {}, [`${clue.line}  ${clue.text}`]);
    case 'part': {
      const near = nearest(clue.part, clue.parts);
      const { read, part } = clue;
      return near === undefined
        ? tell('unknown-part', { read, part, parts: quotedNames(clue.parts) })
        : tell('mistyped-part', { read, part, near });
    }
    case 'remembers':
      return tell('remembers-once-more', { name, keeps: idiom.keeps });
    case 'changed-arguments':
      return tell('writes-into-argument', { name, copy: idiom.copy });
    case 'rounded':
      return tell('rounded', { decimals: clue.decimals, off });
    case 'float32':
      return tell('float32', { off });
    case 'small':
      return tell('small-error', { off });
  }
}

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
  ({ exchanged }) => exchanged && tell('exchanged-matrices'),
  ({ transposed }, context) =>
    transposed && {
      what: 'The matrices are used transposed.',
      why: `In \`x @ W\` a matrix has a column for each unit; here it has a row for each unit${sizesSaid(context) === undefined ? '' : `: ${sizesSaid(context)}`}.`,
      next:
        context.language === 'python'
          ? `Write \`${matrixAndVector(context).join(' @ ')}\` instead of \`${[...matrixAndVector(context)].reverse().join(' @ ')}\`, and the same for every product.`
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
