// Lines as they stand, in letters of one width; a line too long for the page is continued under its own indent.

import type { TextFigure } from '../../experiments/result.ts';
import { caption, column, type Drawing, stacked } from './drawing.ts';
import { widthOf } from './measure.ts';
import { type Frame, SIZE } from './theme.ts';

export function text(figure: TextFigure, frame: Frame): Drawing {
  const longest = Math.max(1, ...figure.lines.map((line) => widthOf(line, { size: 1, mono: true })));
  const size = Math.max(SIZE.small - 1, Math.min(SIZE.label, frame.width / longest));
  const font = { size, mono: true };
  const lines = figure.lines.flatMap((line) => continued(line, Math.floor(frame.width / widthOf('m', font))));
  return stacked([caption(figure, frame), column(lines, frame.width, font)], 8);
}

function continued(line: string, most: number): string[] {
  const lines: string[] = [];
  const indent = /^ */.exec(line)?.[0].length ?? 0;
  const hang = ' '.repeat(Math.min(indent + 4, Math.floor(most / 2)));
  let rest = line;
  while ([...rest].length > most) {
    const blank = rest.lastIndexOf(' ', most);
    const at = blank > hang.length ? blank : most;
    lines.push(rest.slice(0, at));
    rest = hang + rest.slice(at).trimStart();
  }
  return [...lines, rest];
}
