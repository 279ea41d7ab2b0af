// Lines as they stand, in letters of one width; a line too long for the page is broken as on a terminal.

import type { TextFigure } from '../result.ts';
import { textLines } from '../text.ts';
import { caption, column, type Drawing, stacked } from './drawing.ts';
import { widthOf } from './measure.ts';
import { type Frame, SIZE } from './theme.ts';

export function text(figure: TextFigure, frame: Frame): Drawing {
  const longest = Math.max(1, ...figure.lines.map((line) => widthOf(line, { size: 1, mono: true })));
  const size = Math.max(SIZE.small - 1, Math.min(SIZE.label, frame.width / longest));
  const font = { size, mono: true };
  const lines = textLines(figure, Math.floor(frame.width / widthOf('m', font)));
  return stacked([caption(figure, frame), column(lines, frame.width, font)], 8);
}
