// Sums: a term left out, added twice, with the wrong sign, multiplied, or outside of the function that takes the sum.

import { apply, namesIn } from '../expression.ts';
import { printExpression } from '../print.ts';
import { negate } from '../simplify.ts';
import { isSum, type SignedTerm, sumFrom, termsOf } from './chains.ts';
import type { Edit } from './edit.ts';
import { becomes, type Finder, type MutationSubject, placeOf, type Site } from './subject.ts';

/** Functions of one entry at a time. */
export const entrywise: ReadonlySet<string> = new Set(['sigmoid', 'tanh', 'relu', 'exp', 'log', 'sqrt', 'abs']);

export const termEdits: Finder = function* (subject) {
  for (const site of subject.sites) {
    if (!isSum(site.here) || (site.parent !== undefined && isSum(site.parent.here))) continue;
    const terms = termsOf(site.here);
    for (const [i, term] of terms.entries()) yield* editsOf(subject, site, terms, term, i);
  }
};

function* editsOf(
  subject: MutationSubject,
  site: Site,
  terms: readonly SignedTerm[],
  term: SignedTerm,
  i: number,
): Generator<Edit> {
  const where = subject.where(site);
  const place = `${placeOf(site)} ${i + 1}`;
  const { words, kind } = named(subject, term);
  const within = (preposition: 'in' | 'from') => (kind === 'bias' ? '' : ` ${preposition} ${where}`);
  const others = terms.filter((other) => other !== term);
  const everywhere = (what: string, says: string) =>
    kind === undefined ? undefined : { key: `${what} ${kind}`, says };
  const all = kind === 'bias' ? 'every bias' : kind === undefined ? '' : `every term with ${kind}`;

  yield {
    id: `drop ${place}`,
    says:
      kind === 'bias'
        ? `${words} is missing`
        : isArrival(printExpression(term.value))
          ? `${printExpression(term.value)}, what comes back from the step after, is missing from ${where}`
          : `${words} is missing${within('from')}`,
    changes: [becomes(site, sumFrom(others))],
    everywhere: everywhere('drop', `${all} is missing`),
  };
  yield {
    id: `twice ${place}`,
    says: `${words} is ${term.negative ? 'taken off' : 'added'} twice${within('in')}`,
    changes: [becomes(site, sumFrom([...terms.slice(0, i + 1), term, ...terms.slice(i + 1)]))],
    everywhere: everywhere('twice', `${all} is added twice`),
  };
  yield {
    id: `sign ${place}`,
    says: `${words} has the wrong sign${within('in')}`,
    changes: [becomes(site, sumFrom(terms.map((t) => (t === term ? { ...t, negative: !t.negative } : t))))],
    everywhere: everywhere('sign', `${all} has the wrong sign`),
  };
  const { parent } = site;
  if (parent?.here.kind === 'apply' && entrywise.has(parent.here.op))
    yield {
      id: `outside ${place}`,
      says: `${words} is added outside of ${parent.here.op}${within('in')}`,
      changes: [becomes(parent, sumFrom([{ negative: false, value: apply(parent.here.op, sumFrom(others)) }, term]))],
      everywhere: everywhere('outside', `${all} is added outside of the function`),
    };
  const next = terms[i + 1];
  if (next !== undefined && !term.negative && !next.negative)
    yield {
      id: `multiply ${place}`,
      says: `${printExpression(term.value)} and ${printExpression(next.value)} are multiplied instead of added in ${where}`,
      changes: [
        becomes(
          site,
          sumFrom([
            ...terms.slice(0, i),
            { negative: false, value: apply('times', term.value, next.value) },
            ...terms.slice(i + 2),
          ]),
        ),
      ],
    };
}

/** `the bias b_f`, `the term W_f * h_prev`, and what such terms elsewhere have in common. */
function named(subject: MutationSubject, { value }: SignedTerm): { words: string; kind?: string | undefined } {
  const text = printExpression(value);
  if (value.kind === 'name' && subject.kindOf(text) === 'parameter' && /^b(_|$)/.test(text))
    return { words: `the bias ${text}`, kind: 'bias' };
  const inputs = [...namesIn(value)].filter((name) => name === 'x' || name.endsWith('_prev'));
  return { words: `the term ${text}`, kind: inputs.length === 1 ? inputs[0] : undefined };
}

const isArrival = (text: string): boolean => text.endsWith('_next');

/** The wrong sign before a whole equation or a function's argument. */
export const signEdits: Finder = function* (subject) {
  for (const site of subject.sites) {
    const { here, parent } = site;
    if (parent === undefined && here.kind !== 'number') {
      const where = subject.where(site);
      yield {
        id: `sign ${placeOf(site)}`,
        says: `${where} has the wrong sign`,
        changes: [becomes(site, negate(here))],
      };
    } else if (here.kind === 'apply' && here.op === 'negate')
      yield {
        id: `sign ${placeOf(site)}`,
        says: `the minus before ${printExpression(here.args[0]!)} is missing in ${subject.where(site)}`,
        changes: [becomes(site, here.args[0]!)],
      };
    else if (parent?.here.kind === 'apply' && entrywise.has(parent.here.op))
      yield {
        id: `sign ${placeOf(site)}`,
        says: `${parent.here.op} is taken of the opposite sign in ${subject.where(site)}`,
        changes: [becomes(site, negate(here))],
      };
  }
};
