// The name that a parameter was most likely meant to be, when nobody would name a parameter so.

import { previousByHabit } from './likely.ts';
import { nearest } from './nearest.ts';
import { functionNames } from './ops.ts';

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
