// Boxes and arrows as characters. What the router could not lead through is handed back, so that it can be said in words.

import { columnsOf, graphemes } from '../../columns.ts';
import type { Look } from '../../look.ts';
import { seriesColour } from '../../palette.ts';
import { type Box, type BoxPlan, plan } from './boxes.ts';
import type { DiagramEdge, DiagramFigure } from './nodes.ts';
import { type Direction, EAST, NORTH, type Port, Router, SOUTH, type Step, WEST } from './router.ts';

export interface Sketch {
  readonly lines: string[];
  readonly undrawn: readonly DiagramEdge[];
  /** Drawn, but without room for what they say. */
  readonly unlabelled: readonly DiagramEdge[];
  /** Whether any line hops over another. */
  readonly hops: boolean;
  /** How hard it is to read: less is better. */
  readonly tangle: number;
}

interface Way {
  readonly edge: DiagramEdge;
  readonly steps: readonly Step[];
  readonly label: { x: number; y: number } | undefined;
}

// By the directions in which lines leave a cell: 1 north, 2 east, 4 south, 8 west.
const ROUNDED = ' ╵╶╰╷│╭├╴╯─┴╮┤┬┼';
// Two lines that turn side by side must not look like a joint.
const CORNERED = " |-'||.+-'-+.+++";
export const HOP = ')';
const ARROWS = { unicode: '▲►▼◄', ascii: '^>v<' };

/** Extra tracks to try, between columns and between rows. */
const ROOM = [
  [0, 0],
  [1, 0],
  [0, 1],
  [2, 0],
  [1, 1],
  [2, 1],
  [3, 2],
  [4, 3],
  [6, 4],
] as const;

/** The clearest of a few plans that fit; null when not even the narrowest does. `tight`: without a blank that can be spared. */
export function sketch(figure: DiagramFigure, tight: boolean, look: Look): Sketch | null {
  let best: Sketch | null = null;
  for (const [across, down] of ROOM) {
    const planned = plan(figure, { across, down, tight });
    if (planned.width > look.width) continue;
    const drawn = drawPlan(figure, planned, look);
    // Room costs lines: it must be worth them.
    const tangle = drawn.tangle + across + 2 * down;
    if (best === null || tangle < best.tangle) best = { ...drawn, tangle };
    if (tangle < 3) break;
  }
  return best;
}

export function fits(figure: DiagramFigure, tight: boolean, look: Look): boolean {
  return plan(figure, { across: 0, down: 0, tight }).width <= look.width;
}

function drawPlan(figure: DiagramFigure, { boxes, width, height }: BoxPlan, look: Look): Sketch {
  const router = new Router(width, height);
  for (const box of boxes.values()) router.block(box.x, box.y, box.width, box.height, 1);
  const nets = new Map<string, { id: number; style: DiagramEdge['style'] }>();
  const undrawn: DiagramEdge[] = [];
  const unlabelled: DiagramEdge[] = [];
  const ways: Way[] = [];
  for (const edge of inOrder(figure, boxes)) {
    const from = boxes.get(edge.from);
    const to = boxes.get(edge.to);
    if (!from || !to) {
      undrawn.push(edge);
      continue;
    }
    const key = JSON.stringify([edge.from, edge.says ?? '', edge.style ?? 'plain']);
    const net = nets.get(key) ?? { id: nets.size, style: edge.style };
    nets.set(key, net);
    const steps = router.route(net.id, ports(from, to), ports(to, from));
    if (!steps) undrawn.push(edge);
    else {
      const label = edge.says ? placeFor(edge.says, router, steps) : undefined;
      // Its place is taken at once, so that no later arrow runs through it.
      if (label) router.block(label.x, label.y, columnsOf(edge.says ?? ''), 1, 2);
      else if (edge.says) unlabelled.push(edge);
      ways.push({ edge, steps, label });
    }
  }
  const dashed = new Set([...nets.values()].filter((net) => isDashed(net.style)).map((net) => net.id));
  const canvas = drawWays(router, dashed, painter(figure, boxes, look), look);
  for (const box of boxes.values()) drawBox(canvas, box, look);
  joinTails(canvas, ways, boxes, look);
  for (const { edge, label } of ways) if (label) write(canvas, label.x, label.y, edge.says ?? '');
  const tangle = router.tangle() + 1000 * undrawn.length + 50 * unlabelled.length;
  const hops = router.across.some((_, cell) => hopsAt(router, cell));
  return { lines: trimmed(canvas), undrawn, unlabelled, hops, tangle };
}

/** Straight arrows between neighbours first, so that nothing is in their way; then the short before the long. */
function inOrder(figure: DiagramFigure, boxes: ReadonlyMap<string, Box>): DiagramEdge[] {
  const length = (edge: DiagramEdge) => {
    const from = boxes.get(edge.from)?.node;
    const to = boxes.get(edge.to)?.node;
    if (!from || !to) return 0;
    const across = Math.abs(from.column - to.column);
    const down = Math.abs(from.row - to.row);
    return across + down === 1 ? (edge.says ? 0 : 1) : 1 + across + down + (isDashed(edge.style) ? 100 : 0);
  };
  return [...figure.edges].sort((a, b) => length(a) - length(b));
}

/** All free cells round a box; those in the middle of a side, and on the side that faces the other box, are cheapest. */
function ports(box: Box, other: Box): Port[] {
  const all: Port[] = [];
  const inset = 1;
  const middle = box.x + (box.width - 1) / 2;
  const cell = box.node.shape === 'cell';
  for (let x = box.x + inset; x < box.x + box.width - inset; x++) {
    const cost = Math.abs(x - middle) * 0.4;
    all.push({ x, y: box.y - 1, outward: NORTH, cost: cost + away(other.y < box.y) });
    all.push({ x, y: box.y + box.height, outward: SOUTH, cost: cost + away(other.y > box.y) });
  }
  const [top, bottom] = cell ? [box.y + 1, box.y + box.height - 2] : [box.y, box.y + box.height - 1];
  for (let y = top; y <= bottom; y++) {
    all.push({ x: box.x - 1, y, outward: WEST, cost: away(other.x < box.x) });
    all.push({ x: box.x + box.width, y, outward: EAST, cost: away(other.x > box.x) });
  }
  return all;
}

function away(faces: boolean): number {
  return faces ? 0 : 2;
}

const isDashed = (style: DiagramEdge['style']): boolean => style === 'back' || style === 'gradient';

type Canvas = string[][];

/** Where arrows wind, each net has a colour of its own; where all are straight, they only recede behind the words. */
function painter(
  figure: DiagramFigure,
  boxes: ReadonlyMap<string, Box>,
  look: Look,
): (net: number, glyph: string) => string {
  if (look.level === 0) return (_, glyph) => glyph;
  const winding = figure.edges.some((edge) => {
    const [from, to] = [boxes.get(edge.from)?.node, boxes.get(edge.to)?.node];
    return from && to && !isDashed(edge.style) && Math.abs(from.row - to.row) + Math.abs(from.column - to.column) !== 1;
  });
  return (net, glyph) => (glyph === ' ' ? glyph : winding ? seriesColour(net, look)(glyph) : look.paint.dim(glyph));
}

function drawWays(
  router: Router,
  dashed: ReadonlySet<number>,
  paint: (net: number, glyph: string) => string,
  look: Look,
): Canvas {
  const canvas: Canvas = [];
  for (let y = 0; y < router.height; y++) {
    const row: string[] = [];
    for (let x = 0; x < router.width; x++) {
      const cell = y * router.width + x;
      const along = router.along[cell] ?? -1;
      row.push(paint(along >= 0 ? along : (router.across[cell] ?? -1), glyphAt(router, cell, dashed, look)));
    }
    canvas.push(row);
  }
  return canvas;
}

function glyphAt(router: Router, cell: number, dashed: ReadonlySet<number>, look: Look): string {
  const head = router.heads[cell] ?? 0;
  if (head > 0) return (look.unicode ? ARROWS.unicode : ARROWS.ascii)[head - 1] ?? ' ';
  const across = router.across[cell] ?? -1;
  const along = router.along[cell] ?? -1;
  if (across < 0 && along < 0) return ' ';
  const arms = router.arms[cell] ?? 0;
  // Two nets that cross: the upright line hops over the other, as in a circuit. Only a joint is drawn as a joint.
  if (hopsAt(router, cell)) return HOP;
  if (across >= 0 && along >= 0) return (look.unicode ? ROUNDED : CORNERED)[arms] ?? ' ';
  return across >= 0 ? level(dashed.has(across), look) : upright(dashed.has(along), look);
}

function hopsAt(router: Router, cell: number): boolean {
  const [across, along] = [router.across[cell] ?? -1, router.along[cell] ?? -1];
  return across >= 0 && along >= 0 && across !== along && (router.heads[cell] ?? 0) === 0;
}

function level(dashed: boolean, look: Look): string {
  return look.unicode ? (dashed ? '╌' : '─') : dashed ? '.' : '-';
}

function upright(dashed: boolean, look: Look): string {
  return look.unicode ? (dashed ? '╎' : '│') : dashed ? ':' : '|';
}

function drawBox(canvas: Canvas, { node, x, y, width, height }: Box, look: Look): void {
  if (node.shape === 'cell') {
    const [h, v, ...corners] = look.unicode ? '─│┌┐└┘' : '-|++++';
    const [topLeft, topRight, bottomLeft, bottomRight] = corners as [string, string, string, string];
    const line = (h as string).repeat(width - 2);
    write(canvas, x, y, topLeft + line + topRight);
    for (let row = y + 1; row < y + height - 1; row++) write(canvas, x, row, v + ' '.repeat(width - 2) + v);
    write(canvas, x, y + height - 1, bottomLeft + line + bottomRight);
  }
  const at = x + Math.floor((width - columnsOf(node.label)) / 2);
  if (node.shape === 'more') for (let row = y; row < y + height; row++) write(canvas, at, row, node.label);
  else write(canvas, at, y + Math.floor((height - 1) / 2), node.label);
}

/** A way that begins at a box grows out of its border: the arrow's tail. */
function joinTails(canvas: Canvas, ways: readonly Way[], boxes: ReadonlyMap<string, Box>, look: Look): void {
  for (const { edge, steps } of ways) {
    const first = steps[0];
    const box = boxes.get(edge.from);
    if (!first || box?.node.shape !== 'cell') continue;
    const [x, y] = behind(first.x, first.y, first.heading);
    const onBorder = x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
    const row = canvas[y];
    if (onBorder && row) row[x] = look.unicode ? ('┴├┬┤'[first.heading] ?? ' ') : '+';
  }
}

function behind(x: number, y: number, heading: Direction): [number, number] {
  return heading === NORTH ? [x, y + 1] : heading === SOUTH ? [x, y - 1] : heading === EAST ? [x - 1, y] : [x + 1, y];
}

/** On the longest level stretch of the arrow that nothing crosses, or beside an upright one. */
function placeFor(says: string, router: Router, steps: readonly Step[]): { x: number; y: number } | undefined {
  const length = columnsOf(says);
  const at = (x: number, y: number) => y * router.width + x;
  let best: Step[] = [];
  let run: Step[] = [];
  for (const step of steps) {
    const level = (router.along[at(step.x, step.y)] ?? -1) < 0 && (router.heads[at(step.x, step.y)] ?? 0) === 0;
    run = !level ? [] : run.at(-1)?.y === step.y ? [...run, step] : [step];
    if (run.length > best.length) best = run;
  }
  if (best.length >= length + 2) {
    const left = Math.min(...best.map((step) => step.x));
    return { x: left + Math.floor((best.length - length) / 2), y: best[0]?.y ?? 0 };
  }
  const empty = (x: number, y: number) =>
    x < router.width &&
    !router.blocked[at(x, y)] &&
    (router.along[at(x, y)] ?? -1) < 0 &&
    (router.across[at(x, y)] ?? -1) < 0;
  for (const { x, y, heading } of steps) {
    if (heading % 2 !== 0) continue;
    if (Array.from({ length: length + 2 }, (_, index) => x + 1 + index).every((beside) => empty(beside, y)))
      return { x: x + 2, y };
  }
  return undefined;
}

/** One grapheme a cell; the second column of a wide one is an empty string. */
function write(canvas: Canvas, x: number, y: number, text: string): void {
  const row = canvas[y];
  if (!row) return;
  let at = x;
  for (const part of graphemes(text)) {
    const columns = columnsOf(part);
    if (columns === 0) row[at - 1] = (row[at - 1] ?? '') + part;
    else {
      row[at] = part;
      if (columns === 2) row[at + 1] = '';
      at += columns;
    }
  }
}

function trimmed(canvas: Canvas): string[] {
  const lines = canvas.map((row) => row.join('').trimEnd());
  while (lines[0] === '') lines.shift();
  while (lines.at(-1) === '') lines.pop();
  const indent = Math.min(...lines.filter((line) => line !== '').map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(indent));
}
