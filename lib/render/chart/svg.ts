// A Result as one SVG file for a slide or a page: its figures one under another, what was measured, and the notes small at the end.

import { beneath, settingsOf } from '../beneath.ts';
import { legibleResult } from '../legible.ts';
import type { Result } from '../result.ts';
import { claims } from './claims.ts';
import { caption, prose, shifted, stacked } from './drawing.ts';
import { drawFigure } from './figure.ts';
import { element, escaped } from './markup.ts';
import { faint, greyed, PAPER, SANS, SIZE } from './theme.ts';

export interface ChartOptions {
  /** Black, white and greys only. */
  readonly grey?: boolean;
  /** No notes and nothing to try next. */
  readonly quiet?: boolean;
  /** The command line that made it, for a shell; FILE in it stands for standard input. */
  readonly command?: string | undefined;
}

/** What a drawing can show: everything but control characters. */
export const shown = { unicode: true, plain: false, keepsLetters: true } as const;

const WIDTH = 800;
const MARGIN = 24;

/** Attributes alone say how it looks, no style sheet: programs for slides read few of those. Ends with a line feed. */
export function svg(result: Result, { grey = false, quiet = false }: ChartOptions = {}): string {
  const { question, figures, claims: claimed, notes } = legibleResult(result, shown);
  const frame = { width: WIDTH - 2 * MARGIN };
  const settings = figures.map(settingsOf).find((value) => value !== undefined);
  const small = quiet ? [] : notes.map((note) => prose(note, frame.width, { size: SIZE.small }, faint));
  const parts = stacked(
    [
      caption({ title: question, ...(settings === undefined ? {} : { settings }) }, frame, SIZE.question),
      ...figures.map((figure) => drawFigure(beneath(figure, question, settings), frame)),
      claims(claimed, frame),
      stacked(small, 6),
    ],
    26,
  );
  const height = Math.ceil(parts.height + 2 * MARGIN);
  const page = {
    xmlns: 'http://www.w3.org/2000/svg',
    width: WIDTH,
    height,
    viewBox: `0 0 ${WIDTH} ${height}`,
    'font-family': SANS,
    role: 'img',
    'aria-label': question,
  };
  return `${element(
    'svg',
    page,
    '\n',
    element('title', {}, escaped(question)),
    '\n',
    element('rect', { width: WIDTH, height, fill: PAPER }),
    '\n',
    shifted(MARGIN, MARGIN, grey ? greyed(parts.body) : parts.body),
    '\n',
  )}\n`;
}
