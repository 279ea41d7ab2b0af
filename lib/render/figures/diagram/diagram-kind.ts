// Boxes and arrows on a terminal: drawn whole where they fit, in bands one under another where they can be cut between columns, else as a list.

import { counted } from '../../../numbers/counted.ts';
import { columnsOf, wrap } from '../../columns.ts';
import type { Complete, Kind } from '../../kind.ts';
import type { Look } from '../../look.ts';
import { chart } from './diagram-chart.ts';
import { type DiagramEdge, type DiagramFigure, diagramSchema, naming, noNodes, sourceInWords } from './nodes.ts';
import { fits, HOP, type Sketch, sketch } from './sketch.ts';

export { chart };

declare module '../../kind.ts' {
  interface Figures {
    diagram: Complete<DiagramFigure, typeof kind, typeof chart>;
  }
}

const kind: Kind<DiagramFigure> = {
  name: 'diagram',
  schema: diagramSchema,
  draw(figure, look) {
    if (figure.nodes.length === 0) return wrap(noNodes, look.width, { first: '  ' });
    const tight = !fits(figure, false, look);
    const bands = partsOf(figure, tight, look);
    const sketches = bands?.map((each) => sketch(each, tight, look)) ?? [null];
    if (!sketches.every((each) => each !== null)) return list(figure, look);
    const body = sketches.flatMap(({ lines }, index) =>
      index === 0 ? lines : ['', look.paint.dim('continued'), ...lines],
    );
    return [...body, ...remarks(figure, sketches, look)].map((line) => line.trimEnd());
  },
  words: inWords,
  records: () => [],
  fits: (figure, look) => partsOf(figure, true, look) !== null,
};
export default kind;

const MOST_BANDS = 12;

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
function remarks(figure: DiagramFigure, sketches: readonly Sketch[], look: Look): string[] {
  const undrawn = [...new Set(sketches.flatMap((each) => each.undrawn))];
  const unlabelled = [...new Set(sketches.flatMap((each) => each.unlabelled))];
  const name = naming(figure);
  const arrow = look.unicode ? '→' : '->';
  const say = (edge: DiagramEdge) =>
    `${name(edge.from)} ${arrow} ${name(edge.to)}${edge.says ? ` (${edge.says})` : ''}`;
  const hops = sketches.some((each) => each.hops);
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

/** What flows into each node, in the order of the nodes. */
function inWords(figure: DiagramFigure): string[] {
  const name = naming(figure);
  const says = [`A diagram of ${counted(figure.nodes.length, 'node')} and ${counted(figure.edges.length, 'arrow')}.`];
  const reached = new Set<string>();
  const targets = [...new Set([...figure.nodes.map((node) => node.id), ...figure.edges.map((edge) => edge.to)])];
  for (const target of targets) {
    const incoming = figure.edges.filter((edge) => edge.to === target);
    if (incoming.length === 0) continue;
    for (const edge of incoming) reached.add(edge.from);
    const sources = incoming.map((edge) => sourceInWords(edge, name));
    says.push(`${name(target)} reads ${listed(sources)}.`);
    reached.add(target);
  }
  const alone = figure.nodes.filter((node) => !reached.has(node.id));
  if (alone.length > 0) says.push(`Without arrows: ${listed(alone.map((node) => name(node.id)))}.`);
  return says;
}

function listed(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
