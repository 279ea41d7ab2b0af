// The last row of the screen: what is being typed, or what to press.

import { beginning, columnsOf, padEnd } from '../../../render/columns.ts';
import { legible } from '../../../render/legible.ts';
import type { Look } from '../../../render/look.ts';
import type { Lesson } from '../lesson.ts';
import type { LineInput } from './line-input.ts';
import type { Screen } from './reader.ts';

interface Position {
  readonly done: number;
  readonly all: number;
  /** Whether there is more of what is shown. */
  readonly below: boolean;
}

export const statusLine = {
  /** A prompt, and as much of the end of the line as there is room for. */
  asking(says: string, { before, after }: LineInput, rows: readonly string[], look: Look): Screen {
    const head = `${shortened(legible(says, look), Math.floor(look.width / 2) - 2)}${/[/?]$/.test(says) ? '' : ': '}`;
    const room = look.width - columnsOf(head) - 1;
    const left = tail(before, room);
    const bottom = head + left + beginning(after, Math.max(0, room - columnsOf(left)));
    return { rows, bottom, cursor: columnsOf(head + left) };
  },

  /** One thing that is said. */
  saying(says: string, rows: readonly string[], look: Look): Screen {
    const line = beginning(legible(says, look), look.width);
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
    const right = `${id} ${Math.round((100 * done) / all)} %`;
    const room = Math.max(0, look.width - columnsOf(right) - 2);
    const keys = ['space: on', ...(below ? ['b: back'] : []), 'h: keys', 'q: leave'];
    const left = note === undefined ? fitting(keys, room) : shortened(legible(note, look), room);
    const line = `${padEnd(left, room)}  ${right}`;
    return { rows, bottom: look.level === 0 ? line : look.paint.inverse(padEnd(line, look.width)) };
  },
};

/** As many of these as there is room for; the first and the last before those between them. */
function fitting(words: readonly string[], columns: number): string {
  const line = words.join('  ');
  if (columnsOf(line) <= columns || words.length === 1) return beginning(line, columns);
  return fitting(words.length === 2 ? words.slice(0, 1) : words.toSpliced(1, 1), columns);
}

/** `Your guess (a number above 0)` without its brackets where there is no room for them. */
function shortened(text: string, columns: number): string {
  const bare = text.replace(/ \([^)]*\)/, '');
  return columnsOf(text) <= columns ? text : beginning(bare, columns);
}

function tail(text: string, columns: number): string {
  let out = text;
  while (columnsOf(out) > columns) out = out.slice(1);
  return out;
}
