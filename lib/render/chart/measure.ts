// How wide a text will be, without a font to ask: the widths of Helvetica, with some room for the wider fonts that stand in for it.

import { graphemes } from '../columns.ts';

/** Thousandths of the size, for the letters that differ much from the rest. */
const WIDTHS: readonly (readonly [letters: string, width: number])[] = [
  ["ijl'|.,:;!\u2008", 270],
  ['ftrI /\\[]()-"·', 330],
  ['cksvxyzJ', 510],
  ['wCDHNRUABEKPSVXYZ&', 720],
  ['mMGOQ+=<>~−×≤≥√∂', 800],
  ['W@%…‖', 1000],
];
const width = new Map(WIDTHS.flatMap(([letters, each]) => [...letters].map((letter) => [letter, each] as const)));
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60]|\p{Emoji_Presentation}/u;
const SLACK = 1.06;

export interface Font {
  readonly size: number;
  readonly bold?: boolean;
  readonly mono?: boolean;
}

/** In pixels. */
export function widthOf(text: string, { size, bold = false, mono = false }: Font): number {
  let sum = 0;
  for (const part of graphemes(text)) sum += WIDE.test(part) ? 1050 : mono ? 602 : (width.get(part) ?? 570);
  return (sum / 1000) * size * (mono ? 1.01 : bold ? SLACK * 1.06 : SLACK);
}

/** Words stay whole unless one alone is wider than a line. At least one line, which may be empty. */
export function fold(text: string, room: number, font: Font): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer, font) <= room) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    for (const piece of pieces(word, room, font)) {
      if (line !== '') lines.push(line);
      line = piece;
    }
  }
  return [...lines, line];
}

/** A word cut where it would leave the line, never inside a character. */
function pieces(word: string, room: number, font: Font): string[] {
  if (widthOf(word, font) <= room) return [word];
  const all: string[] = [];
  let piece = '';
  for (const part of graphemes(word)) {
    if (piece !== '' && widthOf(piece + part, font) > room) {
      all.push(piece);
      piece = '';
    }
    piece += part;
  }
  return [...all, piece];
}

/** The longest beginning that fits, marked with an ellipsis where something was left out. */
export function clipped(text: string, room: number, font: Font): string {
  if (widthOf(text, font) <= room) return text;
  let kept = '';
  for (const part of graphemes(text)) {
    if (widthOf(`${kept + part}…`, font) > room) break;
    kept += part;
  }
  return `${kept.trimEnd()}…`;
}
