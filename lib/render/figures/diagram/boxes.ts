// Where the boxes of a diagram stand: column widths, row heights, and room between them for arrows.

import { columnsOf } from '../../columns.ts';
import type { DiagramFigure, DiagramNode } from './nodes.ts';

export interface Box {
  readonly node: DiagramNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface BoxPlan {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly width: number;
  readonly height: number;
}

/** How many extra tracks the gaps and margins get, where arrows have to go round something; `tight`: no blank that can be spared. */
interface Room {
  readonly across: number;
  readonly down: number;
  readonly tight: boolean;
}

export function plan(figure: DiagramFigure, { across, down, tight }: Room): BoxPlan {
  const pad = tight ? 0 : 1;
  const { nodes, edges } = figure;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const pairs = edges.flatMap((edge) => {
    const from = byId.get(edge.from);
    const to = byId.get(edge.to);
    return from && to ? [{ edge, from, to }] : [];
  });
  const winding = pairs.some(({ from, to }) => Math.abs(from.row - to.row) + Math.abs(from.column - to.column) !== 1);
  const rows = [...new Set(nodes.map((node) => node.row))].sort((a, b) => a - b);
  const columns = [...new Set(nodes.map((node) => node.column))].sort((a, b) => a - b);
  const degree = (node: DiagramNode) =>
    new Set(edges.filter((edge) => edge.to === node.id).map((edge) => `${edge.from} ${edge.says}`)).size;

  const width = (node: DiagramNode) =>
    node.shape === 'cell'
      ? Math.max(columnsOf(node.label) + 2 + 2 * pad, degree(node) > 3 ? degree(node) + 4 : 5)
      : columnsOf(node.label) + 2;
  // Where everything flows from column to column, every arrow that comes in gets a row of its own at the left.
  const sideways = pairs.filter(({ from, to }) => from.column !== to.column).length >= 0.8 * pairs.length;
  const inward = (node: DiagramNode) => (winding && sideways ? degree(node) : 1);
  // An ellipsis is repeated for every arrow that goes on.
  const height = (node: DiagramNode) =>
    node.shape === 'cell'
      ? 2 + Math.max(inward(node), parallel(node, pairs))
      : node.shape === 'more'
        ? parallel(node, pairs)
        : 1;

  const columnWidth = columns.map((column) => Math.max(...nodes.filter((node) => node.column === column).map(width)));
  const rowHeight = rows.map((row) => Math.max(...nodes.filter((node) => node.row === row).map(height)));
  const gapAfter = columns.map((column, index) => {
    const next = columns[index + 1];
    const says = pairs.filter(
      ({ from, to }) =>
        from.row === to.row && Math.min(from.column, to.column) === column && Math.max(from.column, to.column) === next,
    );
    const least = tight ? 3 : 4;
    return Math.max(least, ...says.map(({ edge }) => columnsOf(edge.says ?? '') + least)) + (winding ? across : 0);
  });
  const [aside, above] = winding ? [across + 1, down + 1] : [0, 0];

  const lefts = starts(columnWidth, gapAfter, aside);
  const tops = starts(
    rowHeight,
    rowHeight.map(() => 2 + (winding ? down : 0)),
    above,
  );
  const boxes = new Map<string, Box>();
  for (const node of nodes) {
    const column = columns.indexOf(node.column);
    const row = rows.indexOf(node.row);
    const [wide, high] = [width(node), height(node)];
    boxes.set(node.id, {
      node,
      x: (lefts[column] ?? 0) + Math.floor(((columnWidth[column] ?? 0) - wide) / 2),
      y: (tops[row] ?? 0) + Math.floor(((rowHeight[row] ?? 0) - high) / 2),
      width: wide,
      height: high,
    });
  }
  return {
    boxes,
    width: (lefts.at(-1) ?? 0) + (columnWidth.at(-1) ?? 0) + aside,
    height: (tops.at(-1) ?? 0) + (rowHeight.at(-1) ?? 0) + above,
  };
}

/** The most arrows that go side by side between this node and one neighbour in its row. */
function parallel(node: DiagramNode, pairs: readonly { from: DiagramNode; to: DiagramNode }[]): number {
  const counts = new Map<string, number>();
  for (const { from, to } of pairs) {
    if (from.row !== to.row || (from !== node && to !== node)) continue;
    const other = from === node ? to : from;
    if (Math.abs(other.column - node.column) === 1) counts.set(other.id, (counts.get(other.id) ?? 0) + 1);
  }
  return Math.max(1, ...counts.values());
}

function starts(sizes: readonly number[], gaps: readonly number[], margin: number): number[] {
  let at = margin;
  return sizes.map((size, index) => {
    const start = at;
    at += size + (gaps[index] ?? 0);
    return start;
  });
}
