// What a name that is none was meant to be, for the last line of a message.

import { nearest } from '../equations/nearest.ts';

/** `did you mean …?`: a name within two edits, else those that begin with what was typed; undefined where there are none or too many. */
export function didYouMean(typed: string, names: readonly string[]): string | undefined {
  const near = nearest(typed, names);
  const begun = typed.length < 2 ? [] : names.filter((name) => name.startsWith(typed.toLowerCase()));
  const meant = near !== undefined ? [near] : begun;
  if (meant.length === 0 || meant.length > 3) return undefined;
  return `did you mean ${meant.map((name) => `\`${name}\``).join(' or ')}?`;
}
