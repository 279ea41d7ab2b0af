// A Result as a string: text for people, JSON and CSV for programs.

import { beneath, settingsOf } from './beneath.ts';
import { claims } from './claims.ts';
import { columnsOf, padEnd } from './columns.ts';
import { csv } from './csv.ts';
import { isDrawn } from './diagram.ts';
import { drawFigure } from './figure.ts';
import { heading } from './heading.ts';
import { json } from './json.ts';
import { legibleResult } from './legible.ts';
import { type FigureOptions, type Look, lookOf } from './look.ts';
import type { Figure, Result } from './result.ts';
import { wrap } from './wrap.ts';

export interface RenderOptions extends FigureOptions {
  readonly format: 'text' | 'json' | 'csv';
  /** Text without the notes and without what to try next. */
  readonly quiet?: boolean;
}

/** Ends with a line feed. Title, figures, claims, notes, the next thing to try: in the order in which they are read. */
export function render(result: Result, options: RenderOptions): string {
  if (options.format === 'json') return json(result);
  if (options.format === 'csv') return csv(result);
  const look = lookOf(options);
  const { question, figures, claims: claimed, notes, next } = legibleResult(result, look);
  const settings = figures.map(settingsOf).find((value) => value !== undefined);
  const blocks: string[][] = [];
  const [opening, ...rest] = laidOut(
    figures.map((figure) => beneath(figure, question, settings)),
    look,
  );
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

/** A diagram that has no room becomes a list; all others only become narrower. */
const fitsIn = (figure: Figure, look: Look): boolean => figure.kind !== 'diagram' || isDrawn(figure, look);

/** The command is never broken, so that it can be copied. */
function nextLines(next: { says: string; command: string }, look: Look): string[] {
  const command = look.paint.bold(next.command);
  if (look.plain) return [...wrap(`Next: ${next.says}`, look.width), next.command];
  const together = columnsOf(next.says) + columnsOf(next.command) + 3;
  if (together <= look.width) return [` ${next.says}  ${command}`];
  return [...wrap(next.says, look.width, { first: ' ' }), `   ${command}`];
}
