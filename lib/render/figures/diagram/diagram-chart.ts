// Boxes and arrows in a drawing: an arrow is straight, or, where that would run through a third box, an arc beside it.

import { type Drawing, type Frame, haloed, label, prose, widthOf } from '../../chart/drawing.ts';
import { element, faint, inkLine, PAPER, SIZE } from '../../chart/markup.ts';
import type { Chart } from '../../kind.ts';
import { type DiagramEdge, type DiagramFigure, type DiagramNode, noNodes } from './nodes.ts';

const font = { size: SIZE.label, bold: true };
const small = { size: SIZE.small };
const BOX = 34;

/** On a page it scrolls where it is too wide. */
export const chart: Chart<DiagramFigure> = {
  name: 'diagram',
  gap: 12,
  draw: (figure, frame) => [
    figure.nodes.length === 0 ? prose(noNodes, frame.width, { size: SIZE.label }) : fitted(drawn(figure), frame),
  ],
  markup: (_, drawing) => element('div', { class: 'scroll' }, drawing()),
};

/** As large as it is drawn where there is room, else smaller as a whole. */
function fitted(drawing: Drawing, { width }: Frame): Drawing {
  const scale = Math.min(1, width / drawing.width);
  if (scale === 1) return drawing;
  const body = element('g', { transform: `scale(${Math.floor(scale * 1000) / 1000})` }, drawing.body);
  return { width, height: drawing.height * scale, body };
}

function drawn(figure: DiagramFigure): Drawing {
  const boxes = boxesOf(figure);
  const edges = figure.edges.flatMap((edge) => {
    const [from, to] = [boxes.get(edge.from), boxes.get(edge.to)];
    return from === undefined || to === undefined || from === to ? [] : [{ edge, from, to }];
  });
  const all = [...boxes.values()];
  const arrows = edges.map(({ edge, from, to }) => {
    const same = edges.filter((other) => joins(other.edge, edge));
    const lane = same.findIndex((other) => other.edge === edge) - (same.length - 1) / 2;
    return arrow(from, to, { lane, dashed: edge.style === 'back', says: edge.says ?? '' }, all);
  });
  const spots = [...all.flatMap(corners), ...arrows.flatMap(({ reach }) => reach)];
  const left = Math.min(...spots.map(({ x }) => x)) - 4;
  const top = Math.min(...spots.map(({ y }) => y)) - 4;
  const body = [
    ...arrows.map(({ line }) => line),
    ...figure.nodes.map((node) => nodeBox(node, boxes.get(node.id))),
    ...arrows.map(({ words }) => words),
  ].filter((part) => part !== '');
  return {
    width: Math.max(...spots.map(({ x }) => x)) + 4 - left,
    height: Math.max(...spots.map(({ y }) => y)) + 4 - top,
    body: element('g', { transform: `translate(${Math.round(-left)} ${Math.round(-top)})` }, body.join('\n')),
  };
}

const joins = (a: DiagramEdge, b: DiagramEdge): boolean =>
  (a.from === b.from && a.to === b.to) || (a.from === b.to && a.to === b.from);

const corners = ({ x, y, width, height }: Box): Spot[] => [
  { x: x - width / 2, y: y - height / 2 },
  { x: x + width / 2, y: y + height / 2 },
];

/** Columns as wide as their widest box and the words on the arrows between them. */
function boxesOf(figure: DiagramFigure): Map<string, Box> {
  const places = (of: (node: DiagramNode) => number): number[] =>
    [...new Set(figure.nodes.map(of))].sort((a, b) => a - b);
  const columns = places((node) => node.column);
  const rows = places((node) => node.row);
  const widthIn = new Map(
    columns.map((column) => [
      column,
      Math.max(...figure.nodes.filter((node) => node.column === column).map((node) => boxWidth(node))),
    ]),
  );
  const columnOf = new Map(figure.nodes.map(({ id, column }) => [id, columns.indexOf(column)]));
  const centre = new Map<number, number>();
  let edge = 0;
  columns.forEach((column, index) => {
    const width = widthIn.get(column) ?? 0;
    centre.set(column, edge + width / 2);
    const over = figure.edges.filter(({ from, to }) => {
      const [a = 0, b = 0] = [columnOf.get(from), columnOf.get(to)];
      return Math.min(a, b) === index && Math.abs(a - b) === 1;
    });
    const words = Math.max(0, ...over.map(({ says }) => widthOf(says ?? '', small)));
    edge += width + Math.max(44, words + 20);
  });
  return new Map(
    figure.nodes.map((node) => [
      node.id,
      {
        x: centre.get(node.column) ?? 0,
        y: rows.indexOf(node.row) * 84,
        width: boxWidth(node),
        height: node.shape === 'cell' ? BOX : BOX * 0.7,
      },
    ]),
  );
}

const boxWidth = ({ label, shape }: DiagramNode): number =>
  Math.max(30, widthOf(label, font) + (shape === 'cell' ? 24 : 8));

function nodeBox({ label: says, shape }: DiagramNode, box: Box | undefined): string {
  if (box === undefined) return '';
  const { x, y, width, height } = box;
  const frame =
    shape === 'cell'
      ? element('rect', {
          x: x - width / 2,
          y: y - height / 2,
          width,
          height,
          rx: 5,
          ...inkLine,
          class: 'mark paper',
          fill: PAPER,
          'stroke-width': 1.5,
        })
      : '';
  return (
    frame +
    label(says, x, y + 5, {
      'font-size': font.size,
      'font-weight': shape === 'cell' ? 'bold' : undefined,
      'text-anchor': 'middle',
    })
  );
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** x and y are of the middle. */
interface Box extends Spot {
  readonly width: number;
  readonly height: number;
}

interface Arrow {
  readonly line: string;
  readonly words: string;
  /** How far it reaches, for the size of the drawing. */
  readonly reach: readonly Spot[];
}

interface Style {
  /** Arrows between the same boxes lie side by side: … -1, 0, 1 … or … -0.5, 0.5 … */
  readonly lane: number;
  readonly dashed: boolean;
  readonly says: string;
}

const BENDS = [0, 46, -46, 74, -74, 110, -110, 150, -150];

function arrow(from: Box, to: Box, { lane, dashed, says }: Style, boxes: readonly Box[]): Arrow {
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
  const half = widthOf(says, small) / 2;
  const place = level ? { x: middle.x, y: middle.y - 6 } : { x: middle.x + half + 7, y: middle.y + 4 };
  const under = level && lane > 0 ? { x: place.x, y: middle.y + 15 } : place;
  return {
    line: element('path', { d, ...look }) + head(bend, end),
    words:
      says === '' ? '' : haloed(says, under.x, under.y, { ...faint, 'font-size': small.size, 'text-anchor': 'middle' }),
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
