// Values as shades without colour: light to dark for a sequential scale; for a diverging one strokes below zero, shades above it.

import type { HeatmapFigure } from './result.ts';

type Scale = HeatmapFigure['scale'];

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
