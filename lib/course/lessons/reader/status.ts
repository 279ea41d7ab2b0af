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
    const head = beginning(legible(`${says}${/[/?]$/.test(says) ? '' : ': '}`, look), Math.floor(look.width / 2));
    const room = look.width - columnsOf(head) - 1;
    const left = tail(before, room);
    const bottom = head + left + beginning(after, Math.max(0, room - columnsOf(left)));
    return { rows, bottom, cursor: columnsOf(head + left) };
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
    const keys = below ? 'space: on  b: back  h: keys  q: leave' : 'space: on  h: keys  q: leave';
    const room = look.width - columnsOf(right) - 2;
    const left = beginning(legible(note ?? keys, look), Math.max(0, room));
    const line = `${padEnd(left, Math.max(0, room))}  ${right}`;
    return { rows, bottom: look.level === 0 ? line : look.paint.inverse(padEnd(line, look.width)) };
  },
};

function tail(text: string, columns: number): string {
  let out = text;
  while (columnsOf(out) > columns) out = out.slice(1);
  return out;
}
