// More or fewer values came back than are wanted, or in other brackets: a cache, a record of everything, one where there are two.

import { nearest } from '../../equations/nearest.ts';
import type { Problem } from '../report.ts';
import { placeWords, returnAlone } from './clues.ts';
import { idiomOf } from './idioms.ts';
import { sizesOf } from './sizes.ts';
import { listed, quotedNames, type Speaking, type Words } from './words.ts';

export type WrongShape = Extract<Problem, { code: 'wrong-shape' }>;

/** What is wanted is inside what came back, with something else: a cache, a record of everything. */
export function severalValues({ path, expected, got, inside }: WrongShape, speaking: Speaking): Words | undefined {
  const { function: name, returns } = speaking;
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
    next: returnAlone(inside ?? [], speaking),
  };
}

/** Two values or more were wanted, and something came back that cannot be told apart into them. */
export function severalWrong(got: string, { language, returns, function: name }: Speaking): Words {
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
