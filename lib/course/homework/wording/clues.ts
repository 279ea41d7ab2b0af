// What is said where no known mistake gives the numbers, but something can be told of them.

import { nearest } from '../../../equations/nearest.ts';
import { numeral } from '../../../render/numerals.ts';
import type { Clue, Finding } from '../report.ts';
import { idiomOf } from './idioms.ts';
import { quotedNames, type Speaking, type Words } from './words.ts';

export function clueWords(clue: Clue, { worst }: Finding, speaking: Speaking): Words {
  const idiom = idiomOf(speaking.language);
  const name = speaking.function;
  const define = `\`${idiom.define(name, speaking.parameters)}\``;
  const off = worst === undefined ? '' : `: \`${worst.path}\` is furthest off, by ${numeral(worst.error, 2)}`;
  switch (clue.code) {
    case 'untouched':
      return {
        what: 'This is the start as it was given.',
        why: 'It runs, but it is not finished, so its numbers are not right yet.',
        next: 'Write the rest: the comments in it say what is missing.',
      };
    case 'order':
      return {
        what: `\`${name}\` takes its arguments in another order than they come in.`,
        why: `Yours are \`${clue.own.join(', ')}\`; the call gives \`${speaking.parameters.join(', ')}\`, by place and not by name.`,
        next: `Begin it with ${define}`,
      };
    case 'word':
      return {
        what: `\`${name}\` returned nothing where \`${clue.parameter}\` is \`${JSON.stringify(clue.word)}\`.`,
        why: 'That word stands nowhere in the file, so no branch is taken for it.',
        next: 'Compare with that word, letter by letter: capitals, blanks and underscores count.',
      };
    case 'part': {
      const near = nearest(clue.part, clue.parts);
      return {
        what: `\`${clue.read}\` is \`undefined\`: that record has no \`${clue.part}\`.`,
        why: 'JavaScript reads on, and whatever is computed from it is NaN.',
        next: near === undefined ? `It has ${quotedNames(clue.parts)}.` : `Did you mean \`${near}\`?`,
      };
    }
    case 'remembers':
      return {
        what: `\`${name}\` remembers something: the same call, made once more, gave another answer.`,
        why: `Something outlives the call: ${idiom.keeps}.`,
        next: 'Let the answer depend on the arguments alone; set every name inside the function.',
      };
    case 'changed-arguments':
      return {
        what: `\`${name}\` writes into an argument, and reads from it afterwards.`,
        why: 'What it reads then is the new number where the equations want the old one; and a second name, `h = h_prev`, is no copy.',
        next: `Write into a new list: ${idiom.copy}.`,
      };
    case 'rounded':
      return {
        what: `These numbers are right, but rounded to ${clue.decimals} decimals${off}.`,
        why: 'Rounded on the way or at the end, they are not those of the equations any more.',
        next: 'Take the rounding out: return every number as it is computed.',
      };
    case 'float32':
      return {
        what: `Right but for the last digits${off}.`,
        why: 'Every number fits into 32 bits: float32 keeps seven digits.',
        next: 'Compute in float64, which is what Python and JavaScript do unless told otherwise.',
      };
    case 'small':
      return {
        what: `Nearly right${off}.`,
        why: 'So small an error comes from float32 or rounding on the way, from a constant with too few digits, or from a small number added to be safe.',
        next: 'Compute in float64, round nothing on the way, and take such additions out.',
      };
  }
}
