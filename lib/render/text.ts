// Lines as they stand: equations and LaTeX stay whole, so that they can be copied; prose is wrapped.

import type { TextFigure } from '../experiments/result.ts';
import { columnsOf } from './columns.ts';
import { heading } from './heading.ts';
import type { Look } from './look.ts';
import { wrap } from './wrap.ts';

export function text(figure: TextFigure, look: Look): string {
  const head = heading(figure.title, undefined, look);
  if (figure.language === 'plain')
    return [...head, ...figure.lines.flatMap((line) => prose(line, look.width))].join('\n');
  return [
    ...head,
    ...figure.lines.map((line) => (figure.language === 'equations' ? equation(line, look) : line).trimEnd()),
  ].join('\n');
}

/** Keeps a line that fits as it is, blanks and all; a longer one is wrapped under its own indent. */
function prose(line: string, width: number): string[] {
  if (columnsOf(line) <= width) return [line.trimEnd()];
  const indent = ' '.repeat(Math.min(line.length - line.trimStart().length, Math.floor(width / 2)));
  return wrap(line, width, { first: indent, rest: `${indent}  ` });
}

/** A call's name, what the line defines, and comments; nothing else is coloured, so that the eye finds the structure. */
function equation(line: string, look: Look): string {
  if (look.level === 0) return line;
  const hash = line.indexOf('#');
  const code = hash < 0 ? line : line.slice(0, hash);
  const comment = hash < 0 ? '' : look.paint.dim(line.slice(hash));
  const painted = code
    .replace(/\b([A-Za-z]\w*)(?=\()/g, (name) => look.paint.cyan(name))
    .replace(/^(\s*)([A-Za-z]\w*)(?=\s*[=~:])/, (_, blank: string, name: string) => blank + look.paint.bold(name));
  return painted + comment;
}
