// Boxes on a grid and arrows between them: straight where nothing is in the way, else bent round it.

import type { DiagramEdge, DiagramFigure, DiagramNode } from '../result.ts';
import { arrow, type Box, type Spot } from './arrow.ts';
import { caption, type Drawing, label, prose, stacked } from './drawing.ts';
import { element } from './markup.ts';
import { widthOf } from './measure.ts';
import { type Frame, inkLine, PAPER, SIZE } from './theme.ts';

const font = { size: SIZE.label, bold: true };
const BOX = 34;

export function diagram(figure: DiagramFigure, frame: Frame): Drawing {
  const head = caption(figure, frame);
  if (figure.nodes.length === 0)
    return stacked([head, prose('Nothing to draw: the diagram has no nodes.', frame.width, { size: SIZE.label })], 8);
  return stacked([head, fitted(drawn(figure), frame)], 12);
}

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
    const words = Math.max(0, ...over.map(({ says }) => widthOf(says ?? '', { size: SIZE.small })));
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
