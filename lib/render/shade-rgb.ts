// The colours of a map, for whoever can show all of them.

export type Rgb = readonly [number, number, number];

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
export function shadeRgb(kind: 'diverging' | 'sequential', position: number): Rgb {
  const stops = kind === 'diverging' ? DIVERGING : SEQUENTIAL;
  const at = position * (stops.length - 1);
  const index = Math.min(stops.length - 2, Math.floor(at));
  const from = stops[index] as Rgb;
  const to = stops[index + 1] as Rgb;
  const mix = (channel: 0 | 1 | 2) => Math.round(from[channel] + (to[channel] - from[channel]) * (at - index));
  return [mix(0), mix(1), mix(2)];
}
