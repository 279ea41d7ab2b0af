// A text made by rule, for whoever asks what a unit knows: sentences, some with something said in quotation marks, in lines.

import type { Random } from '../numbers/random.ts';

const told = ['the', 'dog', 'ran', 'and', 'old', 'road'];
const said = ['you', 'yes', 'why', 'come', 'go', 'see'];
/** No line is longer. */
const lineWidth = 24;
/** How many sentences of ten say something. */
const speaking = 8;

/**
 * At least so many characters. Two to six words are told; then, four times in five, two to seven are said between `"`; a full stop ends
 * both. Every word is drawn anew, each of its six as likely. A line break stands for the blank before a word that would pass column 24.
 */
export function speechText(characters: number, rng: Random): string {
  const words: string[] = [];
  const some = (from: readonly string[], least: number, range: number): string[] =>
    Array.from({ length: least + rng.below(range) }, () => from[rng.below(from.length)]!);
  for (let length = 0; length < characters; ) {
    const sentence = some(told, 2, 5);
    if (rng.below(10) < speaking) sentence.push(...`"${some(said, 2, 6).join(' ')}"`.split(' '));
    const text = `${sentence.join(' ')}.`;
    words.push(...text.split(' '));
    length += text.length + 1;
  }
  return inLines(words);
}

function inLines(words: readonly string[]): string {
  let text = '';
  let column = 0;
  for (const word of words) {
    const fits = column + 1 + word.length <= lineWidth;
    text += column === 0 ? word : `${fits ? ' ' : '\n'}${word}`;
    column = column > 0 && fits ? column + 1 + word.length : word.length;
  }
  return text;
}
