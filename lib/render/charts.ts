// Results as drawings. A bundle of its own, since only --format svg and html need d3.

import { caption, prose, shifted, stacked } from './chart/drawing.ts';
import { chartOf, figureDrawing } from './chart/figure-drawing.ts';
import { element, escaped, faint, greyed, PAPER, SANS, SIZE } from './chart/markup.ts';
import { type ChartOptions, html } from './chart/result-page.ts';
import { claimsDrawing } from './claims.ts';
import { shown } from './look.ts';
import { readable } from './readable.ts';
import type { Result } from './result.ts';

export { element, escaped } from './chart/markup.ts';
export { resultMarkup, wholePage } from './chart/result-page.ts';

const chartFormats = ['svg', 'html'] as const;
export type ChartFormat = (typeof chartFormats)[number];

/** The whole file, ending with a line feed. */
export function drawResult(result: Result, format: ChartFormat, options: ChartOptions): string {
  return format === 'svg' ? svg(result, options) : html(result, options);
}

const WIDTH = 800;
const MARGIN = 24;

/**
 * One file for a slide or a page: the figures one under another, what was measured, and the notes small at the end.
 * Attributes alone say how it looks, no style sheet: programs for slides read few of those. Ends with a line feed.
 */
export function svg(result: Result, { grey = false, quiet = false }: ChartOptions = {}): string {
  const { question, settings, figures, claims, notes } = readable(result, shown, chartOf);
  const frame = { width: WIDTH - 2 * MARGIN };
  const small = quiet ? [] : notes.map((note) => prose(note, frame.width, { size: SIZE.small }, faint));
  const parts = stacked(
    [
      caption({ title: question, settings }, frame, SIZE.question),
      ...figures.map((figure) => figureDrawing(figure, frame)),
      claimsDrawing(claims, frame),
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
