// What a character of a text can be: what `probe` looks for in the units. A new property is one more row.

export interface Property {
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
