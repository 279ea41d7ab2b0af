// Colours that read on dark and on light backgrounds and to a colour-blind eye (blue against orange, never red against green).

import type { ChalkInstance } from 'chalk';
import type { Look } from './look.ts';

// Okabe & Ito 2008, moved to the middle of the lightness range; 256-colour numbers, then the 16-colour names.
const SERIES = [32, 172, 35, 170, 167, 68, 136, 103];
const SERIES_16 = ['cyan', 'yellow', 'green', 'magenta', 'red', 'blue', 'cyan', 'yellow'] as const;

export function seriesColour(series: number, look: Look): ChalkInstance {
  const index = series % SERIES.length;
  return look.level >= 2 ? look.paint.ansi256(SERIES[index] as number) : look.paint[SERIES_16[index] as 'cyan'];
}

type Rgb = readonly [number, number, number];

// Blue – pale grey – orange, after ColorBrewer's PuOr and RdBu; a sequential map is the upper half of another: pale to deep teal.
const DIVERGING: readonly Rgb[] = [
  [5, 80, 160],
  [90, 155, 215],
  [232, 232, 228],
  [240, 160, 80],
  [190, 75, 0],
];
const SEQUENTIAL: readonly Rgb[] = [
  [240, 240, 232],
  [150, 205, 195],
  [55, 145, 150],
  [5, 75, 95],
];

/** `position` from 0 (the low end) to 1. Returns a painter of the background; the foreground is black or white, whichever reads. */
export function shadeColour(kind: 'diverging' | 'sequential', position: number, look: Look): (text: string) => string {
  const stops = kind === 'diverging' ? DIVERGING : SEQUENTIAL;
  const at = Math.min(1, Math.max(0, position)) * (stops.length - 1);
  const index = Math.min(stops.length - 2, Math.floor(at));
  const from = stops[index] as Rgb;
  const to = stops[index + 1] as Rgb;
  const mix = (channel: 0 | 1 | 2) => Math.round(from[channel] + (to[channel] - from[channel]) * (at - index));
  const [r, g, b] = [mix(0), mix(1), mix(2)];
  const light = 0.299 * r + 0.587 * g + 0.114 * b > 140;
  const background = look.level >= 3 ? look.paint.bgRgb(r, g, b) : look.paint.bgAnsi256(nearest256(r, g, b));
  return light ? background.black : background.white;
}

/** The nearest colour of the 6×6×6 cube or the grey ramp. */
function nearest256(r: number, g: number, b: number): number {
  const levels = [0, 95, 135, 175, 215, 255];
  const cube = (value: number) =>
    levels.reduce(
      (best, level, index) => (Math.abs(level - value) < Math.abs((levels[best] ?? 0) - value) ? index : best),
      0,
    );
  if (Math.max(r, g, b) - Math.min(r, g, b) < 12)
    return 232 + Math.min(23, Math.max(0, Math.round(((r + g + b) / 3 - 8) / 10)));
  return 16 + 36 * cube(r) + 6 * cube(g) + cube(b);
}
