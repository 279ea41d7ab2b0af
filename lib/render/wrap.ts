// Breaks prose into lines by terminal columns.

import { beginning, columnsOf } from './columns.ts';

export interface Indent {
  /** Put before the first line and before every further one. */
  readonly first?: string;
  readonly rest?: string;
}

/** Words stay whole unless one alone is wider than a line; runs of blanks become one. `width` includes the indent. */
export function wrap(text: string, width: number, indent: Indent = {}): string[] {
  const rest = indent.rest ?? indent.first ?? '';
  const lines: string[] = [];
  let line = indent.first ?? '';
  let empty = true;
  const breakLine = () => {
    lines.push(line.trimEnd());
    line = rest;
    empty = true;
  };
  for (let word of text.split(/\s+/).filter((part) => part !== '')) {
    if (!empty && columnsOf(line) + 1 + columnsOf(word) > width) breakLine();
    while (empty && columnsOf(line) + columnsOf(word) > width) {
      const piece = beginning(word, Math.max(2, width - columnsOf(line)));
      if (piece === '' || piece.length === word.length) break;
      line += piece;
      word = word.slice(piece.length);
      breakLine();
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  if (!empty || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}

/** Items side by side with a gap, as many a line as fit: legends. An item wider than a line is wrapped by itself. */
export function flow(
  items: readonly { text: string; columns: number }[],
  width: number,
  indent: string,
  gap = 3,
): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const item of items) {
    if (used > 0 && indent.length + used + gap + item.columns > width) {
      lines.push(indent + line);
      line = '';
      used = 0;
    }
    line += (used > 0 ? ' '.repeat(gap) : '') + item.text;
    used += (used > 0 ? gap : 0) + item.columns;
  }
  if (used > 0) lines.push(indent + line);
  return lines;
}
