// What a kind of figure is. Each stands in figures/, as NAME.ts or in a folder NAME: its schema and type, how it is drawn on a terminal
// and as SVG, its words and its CSV. Its file exports the Kind as default and the Chart as `chart`; nothing else lists it.

import type { Drawing, Frame } from './chart/drawing.ts';
import { constant, listOf, record, type Schema, text } from './json-schema.ts';
import type { Look, Readable } from './look.ts';

/** Every kind by its name; its own file adds its line. */
// biome-ignore lint/suspicious/noEmptyInterface: the files of figures/ fill it
export interface Figures {}
export type Figure = Figures[keyof Figures];
/** F, the type of a figure; does not compile for a kind that lacks something. */
export type Complete<F, _K extends Kind<F>, _C extends Chart<F>> = F;

/** Both read the words as they were given: what they change is then made legible. */
interface Prepared<F> {
  prepare?(figure: F, look: Readable): F;
}

export interface Kind<F> extends Prepared<F> {
  readonly name: keyof Figures;
  readonly schema: Schema<F>;
  /** Lines for a terminal, below the title, none wider than the look; the figure's words must be legible already. */
  draw(figure: F, look: Look): string[];
  /** `--plain`: sentences. */
  readonly words: 'as drawn' | ((figure: F) => string[]);
  /** One record a number, from the column `kind` of result-csv.ts on. */
  records(figure: F): Iterable<readonly Field[]>;
  /** Whether there is room to draw it at all; where nothing is said, it only becomes narrower. */
  fits?(figure: F, look: Look): boolean;
  /** For two Results side by side, whether these show the same kind of thing in the same way. */
  isLike?(mine: F, other: F): boolean;
  /** Two that are alike as one, each with the name of its side; undefined where one cannot show both. */
  merged?(mine: Sided<F>, other: Sided<F>): F | undefined;
  /** Two that are alike, to be drawn beside one another: the same shade or length is the same value in both. */
  onOneScale?(mine: F, other: F): [F, F];
}

export type Field = string | number | null | undefined;

export interface Sided<F> {
  readonly side: string;
  readonly figure: F;
}

export interface Chart<F> extends Prepared<F> {
  readonly name: keyof Figures;
  /** Drawings one under another, below the caption. */
  draw(figure: F, frame: Frame): Drawing[];
  /** Between them, in pixels; 8 where nothing is said. */
  readonly gap?: number;
  /** On a page, where it is not just drawn, once for a wide screen and once for a narrow one. */
  markup?(figure: F, drawn: () => string): string;
}

/** What most have: `settings` say in short what shaped it, drawn at the right of the title: `H 32 · T 64 · 20 seeds`. */
export const titled = { title: text, settings: text } as const;
export const axis = { label: text, unit: text } as const;
/** An axis of things with names. */
export const named = record({ ...axis, names: listOf(text) }, ['unit']);
const beside: Schema<true> = { const: true, description: 'may stand at the right of the figure before it' };

export const figureRecord = <
  const K extends string,
  const P extends Readonly<Record<string, Schema>>,
  const O extends keyof P & string = never,
>(
  kind: K,
  properties: P,
  optional: readonly O[] = [],
) => record({ kind: constant(kind), ...properties, beside }, [...optional, 'beside']);

export const settingsOf = (figure: Figure): string | undefined => ('settings' in figure ? figure.settings : undefined);

/** Under the question it answers: what stands above already is not said again. */
export function beneath(figure: Figure, question: string, settings: string | undefined): Figure {
  const untitled = figure.title === question ? { ...figure, title: '' } : figure;
  return 'settings' in untitled && untitled.settings === settings ? { ...untitled, settings: undefined } : untitled;
}

/** Of two as one: what both are called, or who calls it what. */
export const mergedTitle = (...[mine, other]: [Sided<{ title: string }>, Sided<{ title: string }>]): string =>
  mine.figure.title === other.figure.title
    ? mine.figure.title
    : `${mine.side}: ${mine.figure.title}; ${other.side}: ${other.figure.title}`;
