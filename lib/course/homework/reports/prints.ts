// What the student's code printed: marked, each line prefixed, so that none of it can be taken for a line of the report.

import { columnsOf, graphemeColumns, graphemes } from '../../../render/columns.ts';
import { visible } from '../../../render/visible.ts';
import type { Report } from '../report.ts';

/** In text: who prints more looks for it in the JSON. */
const mostLines = 40;

/** As many lines as are shown, without prefix, control characters shown; `left` of them are not. */
export function printedLines(
  { text, cut }: Report['prints'],
  unicode: boolean,
): { readonly lines: readonly string[]; readonly left: number; readonly cut: boolean } {
  const all = text.replace(/\r?\n$/, '') === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
  return {
    lines: all.slice(0, mostLines).map((line) => visible(line.replaceAll('\t', '    '), unicode)),
    left: Math.max(0, all.length - mostLines),
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
