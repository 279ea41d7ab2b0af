// A line that is being typed: the text and where the cursor stands in it.

import { graphemes } from '../../render/columns.ts';
import type { Key } from './key.ts';

export interface LineInput {
  readonly before: string;
  readonly after: string;
}

export const lineOf = (text: string): LineInput => ({ before: text, after: '' });
export const textOf = ({ before, after }: LineInput): string => before + after;

const longest = 2000;
const withoutLast = (text: string): string => graphemes(text).slice(0, -1).join('');

/** The line after a key; keys that mean nothing here leave it as it is. */
export function typed({ before, after }: LineInput, { name, text, ctrl }: Key): LineInput {
  const [first = ''] = graphemes(after);
  if (ctrl && name === 'u') return { before: '', after };
  if (ctrl && name === 'k') return { before, after: '' };
  if (ctrl && name === 'w') return { before: before.replace(/\S*\s*$/, ''), after };
  if (name === 'home' || (ctrl && name === 'a')) return { before: '', after: before + after };
  if (name === 'end' || (ctrl && name === 'e')) return { before: before + after, after: '' };
  switch (name) {
    case 'backspace':
      return { before: withoutLast(before), after };
    case 'delete':
      return { before, after: after.slice(first.length) };
    case 'left': {
      const shorter = withoutLast(before);
      return { before: shorter, after: before.slice(shorter.length) + after };
    }
    case 'right':
      return { before: before + first, after: after.slice(first.length) };
    default: {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is not typed
      const printable = ctrl ? '' : text.replace(/[\u0000-\u001f\u007f]/g, '');
      return before.length + after.length + printable.length > longest
        ? { before, after }
        : { before: before + printable, after };
    }
  }
}
