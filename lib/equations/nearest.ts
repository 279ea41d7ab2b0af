// The name that a mistyped one was meant to be.

import { distance } from 'fastest-levenshtein';
import { previousByHabit } from './likely.ts';
import { functionNames } from './ops.ts';

/** The candidate within two edits (one for names of up to three letters), or none. Case does not count. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const reach = name.length <= 3 ? 1 : 2;
  let best: string | undefined;
  let least = reach + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) > reach) continue;
    const edits = distance(name.toLowerCase(), candidate.toLowerCase());
    if (edits < least && edits < Math.max(name.length, candidate.length)) [best, least] = [candidate, edits];
  }
  return best;
}

// The name that a parameter was most likely meant to be, when nobody would name a parameter so.

/** No text by hand has more parameters; looking through thousands would take seconds. */
const mostLookedAt = 100;

/** The parameters that look like a slip, each with what was meant: `hprev` by habit, `h_prv` by its letters. */
export function misspeltAmong(
  parameters: readonly string[],
  assigned: readonly string[],
): { readonly name: string; readonly instead: string }[] {
  const likely = [...assigned.map((name) => `${name}_prev`), ...assigned.filter((n) => n.length > 3), ...functionNames];
  const known = new Set(assigned);
  return parameters.slice(0, mostLookedAt).flatMap((name) => {
    const instead = previousByHabit(name, known) ?? (name.length > 4 ? nearest(name, likely) : undefined);
    return instead === undefined ? [] : [{ name, instead }];
  });
}
