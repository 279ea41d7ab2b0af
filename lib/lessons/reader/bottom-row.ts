// The last row of the screen: what is being typed, or what to press.

import { beginning, columnsOf, graphemes, padEnd, wrap } from '../../render/columns.ts';
import { legible } from '../../render/legible.ts';
import type { Look } from '../../render/look.ts';
import type { Lesson } from '../lesson.ts';
import type { Key } from './keys.ts';

/** What the screen is: rows, then the last one. */
export interface Screen {
  readonly rows: readonly string[];
  readonly bottom: string;
  /** Where the cursor stands in the bottom row, when something is being typed. */
  readonly cursor?: number;
}

/** A line that is being typed: the text, and where the cursor stands in it. */
export interface LineInput {
  readonly before: string;
  readonly after: string;
}

export const lineInput = (text: string): LineInput => ({ before: text, after: '' });
export const inputText = ({ before, after }: LineInput): string => before + after;

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

/** What an empty prompt says of how to leave it. */
const leaving = 'Escape: back';

interface Position {
  readonly done: number;
  readonly all: number;
  /** Whether there is more of what is shown. */
  readonly below: boolean;
}

export const bottomRow = {
  /** A prompt, and as much of the end of the line as there is room for. */
  asking(says: string, { before, after }: LineInput, rows: readonly string[], look: Look): Screen {
    const head = `${shortened(legible(says, look), Math.floor(look.width / 2) - 2, look)}${/[/?]$/.test(says) ? '' : ': '}`;
    const room = look.width - columnsOf(head) - 1;
    const left = tail(before, room);
    const bottom = head + left + beginning(after, Math.max(0, room - columnsOf(left)));
    const leaves = before + after === '' && columnsOf(leaving) + 2 <= room;
    return {
      rows,
      bottom: leaves ? padEnd(bottom, look.width - columnsOf(leaving) - 1) + look.paint.dim(leaving) : bottom,
      cursor: columnsOf(head + left),
    };
  },

  /** The rows with something said in the last of them, above what is being typed. */
  above(note: string, rows: readonly string[], look: Look): readonly string[] {
    if (note === '') return rows;
    const lines = wrap(legible(note, look), look.width).map((line) => look.paint.bold(line));
    return [...rows.slice(0, Math.max(0, rows.length - lines.length)), ...lines].slice(-rows.length);
  },

  /** One thing that is said. */
  saying(says: string, rows: readonly string[], look: Look): Screen {
    const line = shortened(legible(says, look), look.width, look);
    return { rows, bottom: look.level === 0 ? line : look.paint.inverse(padEnd(line, look.width)) };
  },

  /** What is wanted or said, else the keys; at the right how far the lesson has come. */
  reading(
    note: string | undefined,
    { id }: Lesson,
    { done, all, below }: Position,
    rows: readonly string[],
    look: Look,
  ): Screen {
    const share = `${Math.round((100 * done) / all)} %`;
    const says = note === undefined ? undefined : legible(note, look);
    // What is said comes before how far the lesson has come, and that before its name.
    const right =
      [`${id} ${share}`, share].find((one) => says === undefined || fits(says, roomBeside(one, look))) ??
      (fits(says!, look.width) ? '' : share);
    const room = roomBeside(right, look);
    const keys = ['space: on', ...(below ? ['b: back'] : []), 'h: keys', 'q: leave'];
    const left = says === undefined ? fitting(keys, room) : shortened(says, room, look);
    const line = right === '' ? left : `${padEnd(left, room)}  ${right}`;
    return { rows, bottom: look.level === 0 ? line : look.paint.inverse(padEnd(line, look.width)) };
  },
};

/** As many of these as there is room for; the first and the last before those between them. */
function fitting(words: readonly string[], columns: number): string {
  const line = words.join('  ');
  if (columnsOf(line) <= columns || words.length === 1) return beginning(line, columns);
  return fitting(words.length === 2 ? words.slice(0, 1) : words.toSpliced(1, 1), columns);
}

const roomBeside = (right: string, look: Look): number =>
  right === '' ? look.width : Math.max(0, look.width - columnsOf(right) - 2);

/** `Your guess (a number above 0)` without its brackets where there is no room for them. */
const bare = (text: string): string => text.replace(/ \([^)]*\)/, '');
const fits = (text: string, columns: number): boolean => columnsOf(bare(text)) <= columns;

/** Without what stands in brackets where there is no room, else whole words and a mark that there is more. */
function shortened(text: string, columns: number, look: Look): string {
  if (columnsOf(text) <= columns) return text;
  if (fits(text, columns)) return bare(text);
  const more = look.unicode ? '…' : '...';
  const words = bare(text).split(' ');
  while (words.length > 1 && columnsOf(words.join(' ') + more) > columns) words.pop();
  return beginning(words.join(' ').replace(/[.,:;]$/, '') + more, columns);
}

function tail(text: string, columns: number): string {
  let out = text;
  while (columnsOf(out) > columns) out = out.slice(1);
  return out;
}
