// One arrow between two boxes: a straight line, or, where that would run through a third box, an arc beside it.

import { haloed } from './drawing.ts';
import { element } from './markup.ts';
import { widthOf } from './measure.ts';
import { faint, inkLine, SIZE } from './theme.ts';

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** x and y are of the middle. */
export interface Box extends Spot {
  readonly width: number;
  readonly height: number;
}

export interface Arrow {
  readonly line: string;
  readonly words: string;
  /** How far it reaches, for the size of the drawing. */
  readonly reach: readonly Spot[];
}

interface Look {
  /** Arrows between the same boxes lie side by side: … -1, 0, 1 … or … -0.5, 0.5 … */
  readonly lane: number;
  readonly dashed: boolean;
  readonly says: string;
}

const font = { size: SIZE.small };
const BENDS = [0, 46, -46, 74, -74, 110, -110, 150, -150];

export function arrow(from: Box, to: Box, { lane, dashed, says }: Look, boxes: readonly Box[]): Arrow {
  const others = boxes.filter((box) => box !== from && box !== to);
  // Side by side in the same order whichever way an arrow goes.
  const turn = from.x < to.x || (from.x === to.x && from.y < to.y) ? 1 : -1;
  const side = normal(from, to, lane * 14 * turn);
  const curves = BENDS.map((bend) => curveOf(from, to, bend, side));
  const curve = curves.find((each) => !others.some((box) => crosses(each, box))) ?? curves[0];
  if (curve === undefined) return { line: '', words: '', reach: [] };
  const [start, bend, end] = curve;
  const look = { ...inkLine, 'stroke-width': 1.5, 'stroke-dasharray': dashed ? '6 4' : undefined };
  const d = `M${at(start)}Q${at(bend)} ${at(end)}`;
  const middle = pointOn(curve, 0.5);
  const level = Math.abs(end.y - start.y) < Math.abs(end.x - start.x);
  const half = widthOf(says, font) / 2;
  const place = level ? { x: middle.x, y: middle.y - 6 } : { x: middle.x + half + 7, y: middle.y + 4 };
  const under = level && lane > 0 ? { x: place.x, y: middle.y + 15 } : place;
  return {
    line: element('path', { d, ...look }) + head(bend, end),
    words:
      says === '' ? '' : haloed(says, under.x, under.y, { ...faint, 'font-size': font.size, 'text-anchor': 'middle' }),
    reach: [
      middle,
      ...(says === ''
        ? []
        : [
            { x: under.x - half, y: under.y - 11 },
            { x: under.x + half, y: under.y + 3 },
          ]),
    ],
  };
}

type Curve = readonly [start: Spot, bend: Spot, end: Spot];

function curveOf(from: Box, to: Box, bend: number, side: Spot): Curve {
  const out = normal(from, to, bend * 2);
  const middle = { x: (from.x + to.x) / 2 + out.x + side.x, y: (from.y + to.y) / 2 + out.y + side.y };
  const a = { ...from, x: from.x + side.x, y: from.y + side.y };
  const b = { ...to, x: to.x + side.x, y: to.y + side.y };
  return [edgeOf(a, middle, from, 1), middle, edgeOf(b, middle, to, 4)];
}

/** At a right angle to the way from one to the other. */
function normal(from: Spot, to: Spot, length: number): Spot {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const size = Math.sqrt(dx * dx + dy * dy) || 1;
  return { x: (-dy / size) * length, y: (dx / size) * length };
}

/** Where the way from inside a box towards a spot leaves it, and a little further. */
function edgeOf(inside: Spot, towards: Spot, box: Box, gap: number): Spot {
  const [dx, dy] = [towards.x - inside.x, towards.y - inside.y];
  const room = (d: number, off: number, half: number): number =>
    d === 0 ? Number.POSITIVE_INFINITY : (half + gap - Math.sign(d) * off) / Math.abs(d);
  const t = Math.min(room(dx, inside.x - box.x, box.width / 2), room(dy, inside.y - box.y, box.height / 2), 1);
  return { x: inside.x + dx * t, y: inside.y + dy * t };
}

function pointOn([a, b, c]: Curve, t: number): Spot {
  const mix = (p: number, q: number, r: number): number => (1 - t) * (1 - t) * p + 2 * t * (1 - t) * q + t * t * r;
  return { x: mix(a.x, b.x, c.x), y: mix(a.y, b.y, c.y) };
}

function crosses(curve: Curve, { x, y, width, height }: Box): boolean {
  for (let k = 0; k <= 24; k++) {
    const spot = pointOn(curve, k / 24);
    if (Math.abs(spot.x - x) < width / 2 + 4 && Math.abs(spot.y - y) < height / 2 + 4) return true;
  }
  return false;
}

/** Drawn as it is, without a marker: those need names, which two drawings on a page would share. */
function head(from: Spot, tip: Spot): string {
  const [dx, dy] = [tip.x - from.x, tip.y - from.y];
  const size = Math.sqrt(dx * dx + dy * dy) || 1;
  const [ux, uy] = [dx / size, dy / size];
  const back = { x: tip.x - ux * 8, y: tip.y - uy * 8 };
  const wing = (s: number): Spot => ({ x: back.x - uy * 4 * s, y: back.y + ux * 4 * s });
  return element('path', { d: `M${at(tip)}L${at(wing(1))}L${at(wing(-1))}Z`, class: 'ink', fill: '#1b1e23' });
}

const at = ({ x, y }: Spot): string => `${Math.round(x * 100) / 100} ${Math.round(y * 100) / 100}`;
