// Lines as they stand where they fit; longer ones are wrapped, equations at their operators; a generated text is broken at the edge only.

import { textBlock, widthOf } from '../chart/drawing.ts';
import { element, escaped, SIZE } from '../chart/markup.ts';
import { beginning, columnsOf, graphemes, wrap } from '../columns.ts';
import { listOf, oneWordOf, type TypeOf, text } from '../json-schema.ts';
import { type Chart, type Complete, figureRecord, type Kind } from '../kind.ts';
import type { Look, Readable } from '../look.ts';

/** Lines to be shown as they stand: equations, LaTeX, an excerpt; of a `sample`, text that a model generated, every blank counts. */
const schema = figureRecord('text', {
  title: text,
  language: oneWordOf('equations', 'latex', 'plain', 'sample'),
  lines: listOf(text),
});
export type TextFigure = TypeOf<typeof schema>;

declare module '../kind.ts' {
  interface Figures {
    text: Complete<TextFigure, typeof kind, typeof chart>;
  }
}

const kind: Kind<TextFigure> = {
  name: 'text',
  schema,
  prepare,
  draw(figure, look) {
    const paint = (line: string): string => (figure.language === 'equations' ? equation(line, look) : line);
    return textLines(figure, look.width, look.unicode).map(paint);
  },
  words: 'as drawn',
  records: () => [],
};
export default kind;

/** In letters of one width; a line too long for a drawing is broken as on a terminal, on a page none is. */
export const chart: Chart<TextFigure> = {
  name: 'text',
  prepare,
  draw(figure, frame) {
    const longest = Math.max(1, ...figure.lines.map((line) => widthOf(line, { size: 1, mono: true })));
    const size = Math.max(SIZE.small - 1, Math.min(SIZE.label, frame.width / longest));
    const font = { size, mono: true };
    return [textBlock(textLines(figure, Math.floor(frame.width / widthOf('m', font))), frame.width, font)];
  },
  markup(figure) {
    const lines = figure.language === 'sample' ? textLines(figure, 1e6) : figure.lines;
    return element('pre', {}, escaped(lines.join('\n')));
  },
};

function prepare(figure: TextFigure, look: Readable): TextFigure {
  const lines =
    figure.language === 'sample'
      ? figure.lines.map((line) => endsShown(line, look.unicode))
      : figure.lines.flatMap((line) => line.split(/\r\n|\n|\r/)).map((line) => line.replaceAll('\t', '    '));
  return { ...figure, lines };
}

/** Only spaces at the end of a line are invisible. */
const endsShown = (line: string, unicode: boolean): string =>
  line.replace(/ +$/, (blanks) => (unicode ? '·' : '\\x20').repeat(blanks.length));

/** In at most `width` columns each. */
function textLines({ language, lines }: TextFigure, width: number, unicode = true): string[] {
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

const HANG = 4;

/** A line that fits stays as it is, blanks and all; where only its blanks are too many, it loses some. `#` opens every line of a comment, so that what is copied is still a comment. */
function equationLines(line: string, width: number): string[] {
  if (columnsOf(line.trimEnd()) <= width) return [line.trimEnd()];
  const hash = line.indexOf('#');
  const code = (hash < 0 ? line : line.slice(0, hash)).trimEnd();
  const indent = ' '.repeat(Math.min(line.length - line.trimStart().length, Math.floor(width / 2)));
  const comment = hash < 0 ? '' : line.slice(hash).replace(/^#\s*/, '');
  if (code === '') return wrap(comment, width, { first: `${indent}# `, rest: `${indent}#   ` });
  const together = `${code}   # ${comment}`;
  if (comment !== '' && columnsOf(together) <= width) return [together];
  const hang = indent + ' '.repeat(HANG);
  const below = comment === '' ? [] : wrap(comment, width, { first: `${hang}# `, rest: `${hang}#   ` });
  return [...broken(code.trimStart(), width, indent, hang), ...below];
}

function broken(code: string, width: number, indent: string, hang: string): string[] {
  const lines: string[] = [];
  let rest = code;
  let before = indent;
  while (columnsOf(before + rest) > width) {
    const room = width - columnsOf(before);
    const at = breakIn(rest, room);
    lines.push(before + rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
    before = hang;
  }
  return [...lines, before + rest];
}

interface Break {
  readonly at: number;
  /** How much belongs together across it: parentheses first, then products before sums. */
  readonly bond: number;
}

/** Where the next line begins: of the operators in the right part of the room the one that binds least, of equals the last. */
function breakIn(code: string, room: number): number {
  const breaks: Break[] = [];
  let depth = 0;
  for (let at = 0; at < code.length && columnsOf(code.slice(0, at).trimEnd()) <= room; at++) {
    if (code[at] === '(') depth++;
    if (code[at] === ')') depth--;
    const [, operator] = / (\.?[-+*/^]) /y.exec(code.slice(at, at + 4)) ?? [];
    if (operator !== undefined && at > 0)
      breaks.push({ at: at + 1, bond: 2 * depth + (/[-+]$/.test(operator) ? 0 : 1) });
  }
  const far = breaks.filter(({ at }) => at > room / 3);
  const [first, ...others] = far.length > 0 ? far : breaks;
  if (first !== undefined) return others.reduce((best, each) => (each.bond <= best.bond ? each : best), first).at;
  // One operand alone is wider than a line.
  const blank = code.lastIndexOf(' ', room);
  return blank > 0 ? blank : Math.max(1, beginning(code, room).length);
}
