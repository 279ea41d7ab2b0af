// A command line within a command line: into words as a shell would split it, and what two of them differ in.

import { InputError } from '../equations/input-error.ts';

/** Blanks part words; 'single' and "double" quotes keep them together. Throws InputError for a quote that does not end. */
export function wordsOf(line: string, where: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (const character of line) {
    if (quote !== undefined) {
      if (character === quote) quote = undefined;
      else word += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + character;
  }
  if (quote !== undefined)
    throw new InputError({
      where,
      says: `${where}: a quotation mark is never closed.`,
      expected: `another ${quote}`,
      got: line,
      mend: `write the equations of a cell as  "'h = tanh(…)' --hidden 8"`,
    });
  return word === undefined ? words : [...words, word];
}

/** Options with their values, and each other word by itself. */
function partsOf(words: readonly string[]): string[] {
  const parts: string[] = [];
  for (const [i, word] of words.entries()) {
    const before = words[i - 1];
    const isValue = i > 0 && before!.startsWith('--') && !before!.includes('=') && !word.startsWith('--');
    if (isValue) parts[parts.length - 1] += ` ${word}`;
    else parts.push(word);
  }
  return parts;
}

/** What each line has and the other has not; where that is nothing for one, what it is without. */
export function differences(a: readonly string[], b: readonly string[]): readonly [string, string] {
  const [mine, others] = [partsOf(a), partsOf(b)];
  const own = mine.filter((part) => !others.includes(part));
  const foreign = others.filter((part) => !mine.includes(part));
  const said = (parts: readonly string[]): string => parts.map((part) => part.replace(/^--/, '')).join(' ');
  const without = (parts: readonly string[]): string => `without ${said(parts).split(/[ =]/)[0]}`;
  return [said(own) || without(foreign), said(foreign) || without(own)];
}
