// The name that a mistyped one was meant to be.

import { distance } from 'fastest-levenshtein';

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
