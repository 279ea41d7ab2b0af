// A drawing and its size, texts in it and how wide they will be, and drawings one under another.

import { graphemes } from '../columns.ts';
import { type Attributes, element, escaped, faint, ink, LEADING, MONO, PAPER, place, SIZE } from './markup.ts';

export interface Frame {
  /** Pixels from edge to edge. */
  readonly width: number;
  /** Titles and settings stand elsewhere already. */
  readonly bare?: boolean;
}

export interface Drawing {
  /** Pixels; what is drawn lies within. */
  readonly width: number;
  readonly height: number;
  readonly body: string;
  readonly hover?: Hover | undefined;
}

/** The values under the pointer: where it means something, and what a page is told about that, as attributes that its script reads. */
export interface Hover {
  readonly area: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  readonly data: Attributes;
}

export function hoverAttributes(hover: Hover | undefined): Attributes {
  if (hover === undefined) return {};
  const { left, top, width, height } = hover.area;
  return { ...hover.data, 'data-area': [left, top, width, height].map(place).join(' ') };
}

/** One line of text with its baseline at y. */
export function label(text: string, x: number, y: number, attributes: Attributes = {}): string {
  return element('text', { x, y, ...ink, ...attributes }, escaped(text));
}

/** The same over curves: the paper shows around the letters. */
export function haloed(text: string, x: number, y: number, attributes: Attributes = {}): string {
  const halo = { class: 'halo', fill: 'none', stroke: PAPER, 'stroke-width': 4, 'stroke-linejoin': 'round' };
  return label(text, x, y, { ...attributes, ...halo }) + label(text, x, y, attributes);
}

/** A paragraph. */
export function prose(text: string, width: number, font: Font, attributes: Attributes = {}): Drawing {
  return textBlock(fold(text, width, font), width, font, attributes);
}

/** Lines of text as they are. */
export function textBlock(lines: readonly string[], width: number, font: Font, attributes: Attributes = {}): Drawing {
  const step = font.size * LEADING;
  const look = {
    'font-size': font.size,
    'font-weight': font.bold ? 'bold' : undefined,
    'font-family': font.mono ? MONO : undefined,
    'xml:space': font.mono ? 'preserve' : undefined,
  };
  const body = lines.map((line, index) => label(line, 0, index * step + font.size, { ...look, ...attributes }));
  return { width, height: lines.length * step, body: body.join('\n') };
}

export const nothing: Drawing = { width: 0, height: 0, body: '' };

export function shifted(x: number, y: number, body: string): string {
  return body === ''
    ? ''
    : element('g', { transform: `translate(${Math.round(x * 100) / 100} ${Math.round(y * 100) / 100})` }, body);
}

/** One under another, `gap` between those that hold anything. */
export function stacked(drawings: readonly Drawing[], gap: number): Drawing {
  const parts: string[] = [];
  let height = 0;
  let width = 0;
  let hover: Hover | undefined;
  for (const drawing of drawings) {
    if (drawing.height === 0) continue;
    if (height > 0) height += gap;
    parts.push(shifted(0, height, drawing.body));
    if (drawing.hover !== undefined) hover ??= lowered(drawing.hover, height);
    height += drawing.height;
    width = Math.max(width, drawing.width);
  }
  return { width, height, body: parts.join('\n'), hover };
}

const lowered = ({ area, data }: Hover, by: number): Hover => ({ area: { ...area, top: area.top + by }, data });

/** What a figure is called, its settings below. */
export function caption(
  { title, settings }: { readonly title: string; readonly settings?: string | undefined },
  { width, bare = false }: Frame,
  size: number = SIZE.title,
): Drawing {
  if (bare) return nothing;
  const head = title.trim() === '' ? nothing : prose(title, width, { size, bold: true });
  const rest = settings?.trim() ? prose(settings, width, { size: SIZE.label }, faint) : nothing;
  return stacked([head, rest], 2);
}

/** Without a font to ask: the widths of Helvetica, with some room for the wider fonts that stand in for it. Thousandths of the size, for the letters that differ much from the rest. */
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
