// A command line as text: into words as a shell would split it, from words as a shell would read them, and what two of them differ in.

import { InputError } from '../equations/input-error.ts';
import { quoted } from '../options/option.ts';

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
    throw new InputError(where, `${where}: a quotation mark is never closed.`, {
      expected: `another ${quote}`,
      got: line,
      fix: `write the equations of a cell as  "'h = tanh(…)' --hidden 8"`,
    });
  return word === undefined ? words : [...words, word];
}

/** Options that say where and how a Result is shown, with how many words each takes. */
const ofOutput = new Map(
  Object.entries({
    out: 2,
    format: 2,
    width: 2,
    height: 2,
    save: 2,
    force: 1,
    color: 1,
    ascii: 1,
    plain: 1,
    quiet: 1,
    assert: 1,
  }),
);

/**
 * The command line that finds a Result again: the words that were typed, but for those of output and --save, which change no number, and
 * with the values that were `assumed`. What standard input gave is called FILE.
 */
export function lineAgain(
  typed: readonly string[],
  assumed: ReadonlyMap<string, readonly number[]>,
  readsStandardInput: boolean,
): string {
  const end = typed.includes('--') ? typed.indexOf('--') : typed.length;
  const words: string[] = [];
  for (let i = 0; i < end; i++) {
    const [, name, value] = /^--(?:no-)?([\w-]+)(=.*)?$/s.exec(typed[i]!) ?? [];
    const count = ofOutput.get(name ?? '');
    if (count === undefined) words.push(typed[i]!);
    else if (count === 2 && value === undefined) i++;
  }
  // A comparison has two sides: its options are of both.
  const sides = typed[0] === 'compare' ? 2 : 1;
  const shared = [...assumed].filter(([, values]) => values.length === sides && new Set(values).size === 1);
  const line = [
    'unroll',
    ...words,
    ...shared.flatMap(([option, [value]]) => [option, String(value)]),
    ...typed.slice(end),
  ];
  return `${line.map(quoted).join(' ')}${readsStandardInput ? ' < FILE' : ''}`;
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
