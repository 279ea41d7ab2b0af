// Boxes and arrows: drawn whole where they fit, in bands one under another where they can be cut between columns, else as a list.

import { columnsOf } from './columns.ts';
import { type Drawing, draw, fits, HOP } from './drawing.ts';
import { heading } from './heading.ts';
import type { Look } from './look.ts';
import { naming, sourceInWords } from './naming.ts';
import type { DiagramEdge, DiagramFigure } from './result.ts';
import { wrap } from './wrap.ts';

const MOST_BANDS = 12;

export function diagram(figure: DiagramFigure, look: Look): string {
  const head = heading(figure.title, figure.settings, look);
  if (figure.nodes.length === 0)
    return [...head, ...wrap('Nothing to draw: the diagram has no nodes.', look.width, { first: '  ' })].join('\n');
  const tight = !fits(figure, false, look);
  const bands = partsOf(figure, tight, look);
  const drawings = bands?.map((band) => draw(band, tight, look)) ?? [];
  if (bands === null || drawings.some((drawing) => drawing === null))
    return [...head, ...list(figure, look)].join('\n');
  const body = (drawings as Drawing[]).flatMap((drawing, index) => {
    const lines = drawing.lines;
    return index === 0 ? lines : ['', look.paint.dim('continued'), ...lines];
  });
  return [...head, ...body, ...inWords(figure, drawings as Drawing[], look)].map((line) => line.trimEnd()).join('\n');
}

/** Whether there is room for a drawing, whole or in bands. */
export const isDrawn = (figure: DiagramFigure, look: Look): boolean => partsOf(figure, true, look) !== null;

function partsOf(figure: DiagramFigure, tight: boolean, look: Look): DiagramFigure[] | null {
  if (sharesAPlace(figure)) return null;
  return fits(figure, tight, look) ? [figure] : bandsOf(figure, look);
}

function sharesAPlace(figure: DiagramFigure): boolean {
  return (
    new Set(figure.nodes.map((node) => `${node.row} ${node.column}`)).size < figure.nodes.length ||
    new Set(figure.nodes.map((node) => node.id)).size < figure.nodes.length
  );
}

/** Cuts between columns: only where no arrow is longer than one column, so that a cut arrow can be taken up again. */
function bandsOf(figure: DiagramFigure, look: Look): DiagramFigure[] | null {
  const column = new Map(figure.nodes.map((node) => [node.id, node.column]));
  const long = figure.edges.some((edge) => Math.abs((column.get(edge.from) ?? 0) - (column.get(edge.to) ?? 0)) > 1);
  const columns = [...new Set(column.values())].sort((a, b) => a - b);
  if (long || columns.length < 3) return null;
  const bands: DiagramFigure[] = [];
  for (let start = 0; start < columns.length; ) {
    let end = columns.length;
    while (end > start && !fits(band(figure, columns[start] ?? 0, columns[end - 1] ?? 0, look), true, look)) end--;
    if (end === start || bands.length === MOST_BANDS) return null;
    bands.push(band(figure, columns[start] ?? 0, columns[end - 1] ?? 0, look));
    start = end;
  }
  return bands;
}

/** The columns from first to last, with a stand-in for every node outside that an arrow joins to one inside. */
function band(figure: DiagramFigure, first: number, last: number, look: Look): DiagramFigure {
  const inside = new Set(
    figure.nodes.filter((node) => node.column >= first && node.column <= last).map((node) => node.id),
  );
  const edges = figure.edges.filter((edge) => inside.has(edge.from) || inside.has(edge.to));
  const joined = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
  const nodes = figure.nodes.flatMap((node) => {
    if (inside.has(node.id)) return [node];
    if (!joined.has(node.id)) return [];
    // An ellipsis, "goes on", and to the left the name of what the band takes up, unless the arrow says it.
    const told = edges.every((edge) => edge.from !== node.id || edge.says !== undefined);
    return [
      {
        ...node,
        shape: 'more' as const,
        label: node.column > last || told || node.shape === 'more' ? (look.unicode ? '…' : '...') : `(${node.label})`,
      },
    ];
  });
  return { ...figure, nodes, edges };
}

/** How to read the drawing, and what it leaves out. */
function inWords(figure: DiagramFigure, drawings: readonly Drawing[], look: Look): string[] {
  const undrawn = [...new Set(drawings.flatMap((drawing) => drawing.undrawn))];
  const unlabelled = [...new Set(drawings.flatMap((drawing) => drawing.unlabelled))];
  const name = naming(figure);
  const arrow = look.unicode ? '→' : '->';
  const say = (edge: DiagramEdge) =>
    `${name(edge.from)} ${arrow} ${name(edge.to)}${edge.says ? ` (${edge.says})` : ''}`;
  const hops = drawings.some((drawing) => drawing.hops);
  return [
    ...(hops
      ? wrap(`${HOP} one line passes over another`, look.width, { first: '  ' }).map((line) => look.paint.dim(line))
      : []),
    ...(undrawn.length > 0
      ? wrap(`Not drawn for want of room: ${undrawn.map(say).join(', ')}.`, look.width, { rest: '  ' })
      : []),
    ...(unlabelled.length > 0
      ? wrap(`Arrows that carry: ${unlabelled.map(say).join(', ')}.`, look.width, { rest: '  ' })
      : []),
  ];
}

/** `f  <- h_prev, x`: one line a node, what it reads behind it. */
function list(figure: DiagramFigure, look: Look): string[] {
  const name = naming(figure);
  const targets = [...new Set([...figure.nodes.map((node) => node.id), ...figure.edges.map((edge) => edge.to)])].filter(
    (id) => figure.edges.some((edge) => edge.to === id),
  );
  const wide = Math.min(Math.floor(look.width / 3), Math.max(0, ...targets.map((id) => columnsOf(name(id)))));
  const arrow = look.unicode ? '←' : '<-';
  const lines = targets.flatMap((id) => {
    const sources = figure.edges.filter((edge) => edge.to === id).map((edge) => sourceInWords(edge, name));
    const label = name(id);
    const first = `  ${label}${' '.repeat(Math.max(0, wide - columnsOf(label)))}  ${arrow} `;
    const rest = ' '.repeat(wide + 5 + arrow.length);
    if (columnsOf(first) > look.width / 2)
      return wrap(`${label} ${arrow} ${sources.join(', ')}`, look.width, { first: '  ', rest: '      ' });
    return wrap(sources.join(', '), look.width, { first, rest });
  });
  const joined = new Set(figure.edges.flatMap((edge) => [edge.from, edge.to]));
  const alone = figure.nodes.filter((node) => !joined.has(node.id)).map((node) => name(node.id));
  return [
    ...lines,
    ...(alone.length > 0 ? wrap(`Without arrows: ${alone.join(', ')}`, look.width, { first: '  ', rest: '    ' }) : []),
  ];
}
