// What a character of a text can be: what `probe` looks for in the units. A new property is one more row. And the text in which it looks.

import type { TextTask } from '../../tasks/text-task.ts';

interface Property {
  /** As a row of a table and in a sentence: `inside quotes`. */
  readonly says: string;
  /** A whole number from 0 at every character: 0 and 1 for yes or no, else how far. It may look at what comes next. */
  readonly of: (characters: readonly string[]) => number[];
}

const isBlank = (character: string | undefined): boolean => character !== undefined && /\s/.test(character);

/** How many characters since the last one at which it began anew. */
const since =
  (begins: (character: string) => boolean): Property['of'] =>
  (characters) => {
    let count = 0;
    return characters.map((character) => {
      count = begins(character) ? 0 : count + 1;
      return count;
    });
  };

const yesOrNo =
  (is: (characters: readonly string[], at: number) => boolean): Property['of'] =>
  (characters) =>
    characters.map((_, at) => (is(characters, at) ? 1 : 0));

/** From the opening mark to the last character before the closing one. What an empty line leaves open is closed. */
function insideQuotes(characters: readonly string[]): number[] {
  let open = false;
  return characters.map((character, at) => {
    if (character === '"') open = !open;
    else if ('“«„'.includes(character)) open = true;
    else if ('”»'.includes(character)) open = false;
    else if (character === '\n' && characters[at - 1] === '\n') open = false;
    return open ? 1 : 0;
  });
}

export const properties = {
  quotes: { says: 'inside quotes', of: insideQuotes },
  space: { says: 'a space is next', of: yesOrNo((all, at) => all[at + 1] === ' ') },
  line: { says: 'position in line', of: since((character) => character === '\n') },
  word: { says: 'position in word', of: since(isBlank) },
  vowel: { says: 'this is a vowel', of: yesOrNo((all, at) => /[aeiou]/i.test(all[at]!)) },
} as const satisfies Record<string, Property>;

export type PropertyName = keyof typeof properties;
export const propertyNames = Object.keys(properties) as PropertyName[];

/** A text that a model learns, and what is looked at of its held-out part. */
export interface ProbeText extends TextTask {
  readonly characters: readonly string[];
  /** The properties that come and go in both halves, and their labels. */
  readonly known: readonly { readonly name: PropertyName; readonly labels: readonly number[] }[];
  /** Where the shown characters begin, and how many there are. */
  readonly from: number;
  readonly shown: number;
  /** How it was read. */
  readonly notes?: readonly string[];
}

/** A tenth of them is held out: units are ranked and measured on those. */
export const fewestCharacters = 1000;
/** More characters are not looked at; and so many are drawn. */
const mostLooked = 2000;
const mostShown = 120;

/**
 * It is shown from the second half, by which nothing is chosen, and from the start of a line where one is near. Throws RangeError for a text
 * that is too short.
 */
export function probeText(task: TextTask & Pick<ProbeText, 'notes'>): ProbeText {
  const characters = task.keptApart.slice(0, mostLooked);
  if (characters.length < fewestCharacters / 10)
    throw new RangeError(
      `a text of at least ${fewestCharacters} characters is wanted, not one with ${characters.length} held out`,
    );
  const middle = Math.floor(characters.length / 2);
  const known = propertyNames
    .map((name) => ({ name, labels: properties[name].of(characters) }))
    .filter(({ labels }) =>
      [labels.slice(0, middle), labels.slice(middle)].every((half) => half.includes(0) && half.some((l) => l > 0)),
    );
  const line = characters.indexOf('\n', middle - 1) + 1;
  const from = line > 0 && line + mostShown <= characters.length ? line : middle;
  return { ...task, characters, known, from, shown: Math.min(mostShown, characters.length - from) };
}
