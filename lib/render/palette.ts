// Colours that read on dark and on light backgrounds and to a colour-blind eye (blue against orange, never red against green).

import type { ChalkInstance } from 'chalk';
import type { Look } from './look.ts';
import { shadeRgb } from './shade-rgb.ts';

// Okabe & Ito 2008, moved to the middle of the lightness range; 256-colour numbers, then the 16-colour names.
const SERIES = [32, 172, 35, 170, 167, 68, 136, 103];
const SERIES_16 = ['cyan', 'yellow', 'green', 'magenta', 'red', 'blue', 'cyan', 'yellow'] as const;

export function seriesColour(series: number, look: Look): ChalkInstance {
  const index = series % SERIES.length;
  return look.level >= 2 ? look.paint.ansi256(SERIES[index] as number) : look.paint[SERIES_16[index] as 'cyan'];
}

// The same by hand for 256 colours, whose cube has no such greys and blues where they would be wanted.
const DIVERGING_256 = [25, 32, 74, 117, 153, 254, 223, 216, 209, 166, 130];
const SEQUENTIAL_256 = [255, 152, 116, 73, 37, 30, 23];

/** `position` from 0 (the low end) to 1. Returns a painter of the background. */
export function shadeColour(kind: 'diverging' | 'sequential', position: number, look: Look): ChalkInstance {
  const within = Math.min(1, Math.max(0, position));
  if (look.level < 3) {
    const colours = kind === 'diverging' ? DIVERGING_256 : SEQUENTIAL_256;
    return look.paint.bgAnsi256(colours[Math.round(within * (colours.length - 1))] as number);
  }
  return look.paint.bgRgb(...shadeRgb(kind, within));
}
