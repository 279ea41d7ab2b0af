// Results as drawings. A bundle of its own, since only --format svg and html need d3.

import { html } from './chart/html.ts';
import { type ChartOptions, svg } from './chart/svg.ts';
import type { Result } from './result.ts';

export const chartFormats = ['svg', 'html'] as const;
export type ChartFormat = (typeof chartFormats)[number];

/** The whole file, ending with a line feed. */
export function chart(result: Result, format: ChartFormat, options: ChartOptions): string {
  return format === 'svg' ? svg(result, options) : html(result, options);
}

export { resultMarkup, wholePage } from './chart/html.ts';
export { element, escaped } from './chart/markup.ts';
