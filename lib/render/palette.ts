// Colours that read on dark and on light backgrounds and to a colour-blind eye (blue against orange, never red against green); and values
// as shades without colour: light to dark for a sequential scale; for a diverging one strokes below zero, shades above it.

import type { ChalkInstance } from 'chalk';
import type { Figures } from './kind.ts';
import type { Look } from './look.ts';

type Scale = Figures['heatmap']['scale'];

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
export function shadeColour(kind: Scale['kind'], position: number, look: Look): ChalkInstance {
  const within = Math.min(1, Math.max(0, position));
  if (look.level < 3) {
    const colours = kind === 'diverging' ? DIVERGING_256 : SEQUENTIAL_256;
    return look.paint.bgAnsi256(colours[Math.round(within * (colours.length - 1))] as number);
  }
  return look.paint.bgRgb(...shadeRgb(kind, within));
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

/** `position` from 0 (the low end) to 1. */
export function shadeRgb(kind: Scale['kind'], position: number): Rgb {
  const stops = kind === 'diverging' ? DIVERGING : SEQUENTIAL;
  const at = position * (stops.length - 1);
  const index = Math.min(stops.length - 2, Math.floor(at));
  const from = stops[index] as Rgb;
  const to = stops[index + 1] as Rgb;
  const mix = (channel: 0 | 1 | 2) => Math.round(from[channel] + (to[channel] - from[channel]) * (at - index));
  return [mix(0), mix(1), mix(2)];
}

const UNICODE = { diverging: [...'≡=-·░▒█'], sequential: [...'·░▒▓█'] };
const ASCII = { diverging: [...'=~-.+*#'], sequential: [...'.:+*#'] };

/** From the low end to the high one. A minus-like stroke is a negative value, so the sign can be read without the legend. */
export function shadesOf(scale: Scale, unicode: boolean): readonly string[] {
  return (unicode ? UNICODE : ASCII)[scale.kind];
}

/** 0 at the low end, 1 at the high one, clamped; NaN for what is not finite. A diverging scale has zero at ½ whatever its ends. */
export function positionOf(value: number, scale: Scale): number {
  if (Number.isNaN(value)) return Number.NaN;
  const { low, high } = centred(scale);
  if (!(high > low)) return 0.5;
  return Math.min(1, Math.max(0, (value - low) / (high - low)));
}

/** The ends that are drawn: finite, and for a diverging scale as far on either side of zero. */
export function centred({ kind, low, high }: Scale): { low: number; high: number } {
  const bottom = Math.abs(low) < 1e300 ? low : kind === 'sequential' ? 0 : -1;
  const top = Math.abs(high) < 1e300 ? high : Math.max(1, bottom);
  const reach = Math.max(Math.abs(bottom), Math.abs(top));
  return kind === 'sequential' ? { low: bottom, high: top } : { low: -reach, high: reach };
}

export function shadeIndex(value: number, scale: Scale, shades: number): number {
  return Math.round(positionOf(value, scale) * (shades - 1));
}
