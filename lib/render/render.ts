// A Result as a string: text for people, JSON and CSV for programs.

import { claims } from './claims.ts';
import { columnsOf, padEnd, wrap } from './columns.ts';
import { drawFigure, figureKinds, heading, kindOf } from './figure.ts';
import type { Schema } from './json-schema.ts';
import type { Figure } from './kind.ts';
import { type FigureOptions, type Look, lookOf } from './look.ts';
import { readable } from './readable.ts';
import { type Result, resultRecord } from './result.ts';
import { resultCsv } from './result-csv.ts';

export interface RenderOptions extends FigureOptions {
  readonly format: 'text' | 'json' | 'csv';
  /** Text without the notes and without what to try next. */
  readonly quiet?: boolean;
}

/** Ends with a line feed. Title, figures, claims, notes, the next thing to try: in the order in which they are read. */
export function render(result: Result, options: RenderOptions): string {
  if (options.format === 'json') return json(result);
  if (options.format === 'csv') return resultCsv(result);
  const look = lookOf(options);
  const { question, settings, figures, claims: claimed, notes, next } = readable(result, look, kindOf);
  const blocks: string[][] = [];
  const [opening, ...rest] = laidOut(figures, look);
  // The first figure stands directly under the question, which is its title.
  blocks.push([...heading(question, settings, look, true), ...(opening ?? [])], ...rest);
  if (claimed.length > 0) blocks.push(claims(claimed, look));
  if (options.quiet !== true) {
    if (notes.length > 0) blocks.push(notes.flatMap((note) => wrap(note, look.width, { first: ' ', rest: ' ' })));
    if (next) blocks.push(nextLines(next, look));
  }
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

const GAP = 4;
/** Narrower than this, a figure is better drawn below another than at its side. */
const NARROWEST = 36;

/** Figures as blocks of lines; what may stand beside the one before it does so, where both fit. */
function laidOut(figures: readonly Figure[], look: Look): string[][] {
  const blocks: string[][] = [];
  const half = Math.floor((look.width - GAP) / 2);
  let paired = false;
  for (const [index, figure] of figures.entries()) {
    const before = figures[index - 1];
    const drawn = (of: Figure, width: number) => drawFigure(of, { ...look, width }).split('\n');
    const fit = before !== undefined && [before, figure].every((each) => fitsIn(each, { ...look, width: half }));
    if (figure.beside === true && fit && !paired && half >= NARROWEST && !look.plain) {
      const [left, right] = [drawn(before, half), drawn(figure, half)];
      const rows = Array.from({ length: Math.max(left.length, right.length) }, (_, row) => row);
      blocks[blocks.length - 1] = rows.map((row) =>
        `${padEnd(left[row] ?? '', half + GAP)}${right[row] ?? ''}`.trimEnd(),
      );
      paired = true;
      continue;
    }
    paired = false;
    blocks.push(drawn(figure, look.width));
  }
  return blocks;
}

const fitsIn = (figure: Figure, look: Look): boolean => kindOf(figure).fits?.(figure, look) ?? true;

/** The command is never broken, so that it can be copied. */
function nextLines(next: { says: string; command: string }, look: Look): string[] {
  const command = look.paint.bold(next.command);
  if (look.plain) return [...wrap(`Next: ${next.says}`, look.width), next.command];
  const together = columnsOf(next.says) + columnsOf(next.command) + 3;
  if (together <= look.width) return [` ${next.says}  ${command}`];
  return [...wrap(next.says, look.width, { first: ' ' }), `   ${command}`];
}

/** Indented by two. What JSON has no number for is written as a string, "NaN", "Infinity" or "-Infinity", never silently as null. */
function json(result: Result): string {
  const text = JSON.stringify(
    result,
    (_key, value) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value),
    2,
  );
  // JSON leaves C1 controls as they are, and 0x9b starts an escape sequence on some terminals.
  return `${text.replace(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

/** The JSON Schema (draft 2020-12) of that. test/render holds it against real Results. */
export const resultSchema: Schema<Result> = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'A Result of unroll',
  ...resultRecord({ oneOf: figureKinds.map(({ schema }) => schema) }),
};
