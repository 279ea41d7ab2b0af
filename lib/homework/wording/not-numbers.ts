// What came back holds no numbers that can be compared: nothing computed yet, promises, or numbers of another kind.

import type { Speaking, Words } from './words.ts';

/** Undefined where it is none of these. `got`: what came back, in the words of difference.ts. */
export function inPlaceOfNumbers(path: string, expected: string, got: string, speaking: Speaking): Words | undefined {
  if (lazyKind(got) !== undefined) return notYetComputed(path, expected, got, speaking);
  if (/\bpromises?$/i.test(got)) return promises(path, expected, got);
  return foreignNumbers.test(got) ? otherNumbers(path, expected, got, speaking) : undefined;
}

/** What has computed nothing yet, by itself or in a list. */
const lazyKind = (got: string): string | undefined => /\b(generator|map|zip|filter)s?$/.exec(got)?.[1];

const cameBack = (path: string, expected: string, got: string): string =>
  `${path === 'what came back' ? 'What came back is' : `\`${path}\` came back as`} ${got}; what is wanted is ${expected}.`;

/** A list of what `async` functions give back. */
const promises = (path: string, expected: string, got: string): Words => ({
  what: cameBack(path, expected, got),
  why: 'Calling an `async` function gives back a promise, and nobody waits for what it promises.',
  next: 'Take out `async`, `await` and `Promise`: nothing here has to be waited for.',
});

/** Numbers of a kind that is not the usual one. */
const foreignNumbers = /\b(?:Fraction|Decimal|bigint|longdouble|float128|mpf)s?$/;

function otherNumbers(path: string, expected: string, got: string, { language }: Speaking): Words {
  return {
    what: cameBack(path, expected, got),
    why: 'Only ordinary numbers can be compared: floats of 64 bits.',
    next: `Put \`${language === 'python' ? 'float' : 'Number'}(…)\` round each number that you return.`,
  };
}

function notYetComputed(path: string, expected: string, got: string, { language }: Speaking): Words {
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
