// Lines as they stand where they fit; longer ones are wrapped, equations at their operators; a generated text is broken at the edge only.

import { beginning, columnsOf, graphemes } from './columns.ts';
import { equationLines } from './equation-lines.ts';
import { heading } from './heading.ts';
import type { Look } from './look.ts';
import type { TextFigure } from './result.ts';
import { wrap } from './wrap.ts';

export function text(figure: TextFigure, look: Look): string {
  const paint = (line: string): string => (figure.language === 'equations' ? equation(line, look) : line);
  return [...heading(figure.title, undefined, look), ...textLines(figure, look.width, look.unicode).map(paint)].join(
    '\n',
  );
}

/** In at most `width` columns each. */
export function textLines({ language, lines }: TextFigure, width: number, unicode = true): string[] {
  if (language === 'sample') return sample(lines, width, unicode);
  return lines.flatMap((line) => (language === 'equations' ? equationLines(line, width) : prose(line, width)));
}

/** Character by character, and what the signs in it stand for. `--ascii` has escapes, which everybody reads. */
function sample(lines: readonly string[], width: number, unicode: boolean): string[] {
  const goesOn = unicode ? '↩' : '\\';
  const shown = lines.flatMap((line) => {
    const pieces: string[] = [];
    let left = line;
    while (columnsOf(left) > width) {
      const piece = beginning(left, width - 1) || graphemes(left)[0]!;
      pieces.push(piece + goesOn);
      left = left.slice(piece.length);
    }
    return [...pieces, left];
  });
  const signs = [
    ['␉', 'a tab', shown.some((line) => line.includes('␉'))],
    ['·', 'a blank at the end of a line', shown.some((line) => line.endsWith('·'))],
    [goesOn, 'the line goes on below', shown.some((line) => line.endsWith(goesOn))],
  ] as const;
  const legend = signs.flatMap(([sign, says, isThere]) => (isThere ? [`${sign} ${says}`] : []));
  return [...shown, ...(legend.length === 0 ? [] : wrap(`(${legend.join(', ')})`, width, {}))];
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
