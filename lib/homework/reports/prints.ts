// What the student's code printed: marked, each line prefixed, so that none of it can be taken for a line of the report.

import { columnsOf, graphemeColumns, graphemes } from '../../render/columns.ts';
import { visible } from '../../render/visible.ts';
import type { Report } from '../report.ts';

/** In text: who prints more looks for it in the JSON. */
const mostLines = 40;
/** Of all lines together: a line of 256 KiB would be a thousand rows. */
const mostCharacters = 4000;

export interface PrintedLines {
  readonly lines: readonly string[];
  /** Whether the last of them goes on. */
  readonly short: boolean;
  /** As many more there are. */
  readonly left: number;
  /** Whether there was more than is kept. */
  readonly cut: boolean;
}

/** As many lines as are shown, without prefix, control characters shown. */
export function printedLines({ text, cut }: Report['prints'], unicode: boolean): PrintedLines {
  const whole = text.replace(/\r?\n$/, '');
  const all = whole === '' ? [] : whole.split(/\r?\n/);
  const lines: string[] = [];
  let room = mostCharacters;
  for (const line of all.slice(0, mostLines)) {
    if (room <= 0) break;
    lines.push(line.length <= room ? line : `${line.slice(0, room).replace(/[\ud800-\udbff]$/, '')}…`);
    room -= line.length;
  }
  return {
    lines: lines.map((line) => visible(line.replaceAll('\t', '    '), unicode)),
    short: room < 0,
    left: all.length - lines.length,
    cut,
  };
}

/** Broken at the width, blanks kept, every piece with the prefix. */
export function prefixed(lines: readonly string[], prefix: string, width: number): string[] {
  const room = Math.max(4, width - columnsOf(prefix));
  return lines.flatMap((line) => {
    const pieces = [''];
    let used = 0;
    // Once over the line, a character at a time: it may be one of 256 KiB.
    for (const character of graphemes(line)) {
      const columns = graphemeColumns(character);
      if (used + columns > room) {
        pieces.push('');
        used = 0;
      }
      pieces[pieces.length - 1] += character;
      used += columns;
    }
    return pieces.map((piece) => (prefix + piece).trimEnd());
  });
}
