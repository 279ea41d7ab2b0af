// Prepares the words of a figure for a terminal before anything is laid out, so that widths are those of what is written.

import { toAscii } from './ascii.ts';
import { graphemes } from './columns.ts';
import type { Look } from './look.ts';
import type { Figure, Result } from './result.ts';
import { visible } from './visible.ts';

/** What the words depend on: what can be shown, and to whom. */
type Readable = Pick<Look, 'unicode' | 'plain' | 'keepsLetters'>;

/** Control characters shown, mathematics transliterated where the terminal (`--ascii`) or the listener (`--plain`) needs it. */
export function legible(text: string, look: Pick<Look, 'unicode' | 'keepsLetters'>): string {
  const shown = visible(text, look.unicode);
  return look.unicode ? shown : toAscii(shown, look.keepsLetters);
}

/** A line break in prose is a blank. */
export function legibleProse(text: string, look: Pick<Look, 'unicode' | 'keepsLetters'>): string {
  return legible(text.replace(/\s+/g, ' ').trim(), look);
}

export function legibleFigure<F extends Figure>(figure: F, look: Readable): F {
  return deep(prepared(figure, look), look) as F;
}

export function legibleResult(result: Result, look: Readable): Result {
  return {
    ...result,
    question: legibleProse(result.question, look),
    figures: result.figures.map((figure) => legibleFigure(figure, look)),
    claims: result.claims.map((claim) => ({
      ...claim,
      says: legibleProse(claim.says, look),
      ...(claim.measuredAs === undefined ? {} : { measuredAs: legibleProse(claim.measuredAs, look) }),
    })),
    notes: result.notes.map((note) => legibleProse(note, look)),
    ...(result.next
      ? { next: { says: legibleProse(result.next.says, look), command: legible(result.next.command, look) } }
      : {}),
  };
}

function prepared(figure: Figure, look: Readable): Figure {
  if (figure.kind === 'text' && figure.language === 'sample')
    return { ...figure, lines: figure.lines.map((line) => endsShown(line, look.unicode)) };
  if (figure.kind === 'text') {
    return {
      ...figure,
      lines: figure.lines.flatMap((line) => line.split(/\r\n|\n|\r/)).map((line) => line.replaceAll('\t', '    ')),
    };
  }
  if (figure.kind === 'heatmap' && !look.unicode && !look.plain) {
    return { ...figure, columns: { ...figure.columns, names: figure.columns.names.map(oneCharacter) } };
  }
  return figure;
}

/** Only spaces at the end of a line are invisible. */
const endsShown = (line: string, unicode: boolean): string =>
  line.replace(/ +$/, (blanks) => (unicode ? '·' : '\\x20').repeat(blanks.length));

/** Under `--ascii` the character that drives a step must stay one character: a line break is `/`, as in quoted verse. */
function oneCharacter(name: string): string {
  if (name === '\n') return '/';
  if (graphemes(name).length !== 1) return name;
  const spelt = toAscii(visible(name, false));
  return spelt.length === 1 ? spelt : '?';
}

function deep(value: unknown, look: Readable): unknown {
  if (typeof value === 'string') return legible(value, look);
  if (Array.isArray(value)) return value.map((item) => deep(item, look));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, deep(item, look)]));
  }
  return value;
}
