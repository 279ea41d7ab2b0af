// Boxes and arrows as data, and what a box is called in words: its label, numbered from left to right where several share one.

import { listOf, oneWordOf, record, type TypeOf, text, whole } from '../../json-schema.ts';
import { figureRecord, titled } from '../../kind.ts';

/** Boxes on a grid and arrows between them. Column 0 is at the left, row 0 at the top. */
export const diagramSchema = figureRecord(
  'diagram',
  {
    ...titled,
    nodes: listOf(
      record({
        id: text,
        label: text,
        row: whole,
        column: whole,
        /** `cell` is drawn as a box, `value` as bare text, `more` as an ellipsis that stands for what is not drawn. */
        shape: oneWordOf('cell', 'value', 'more'),
      }),
    ),
    edges: listOf(
      record(
        {
          from: text,
          to: text,
          /** Written beside it and in the words that `--plain` prints. */
          says: text,
          /** Drawn dashed: `back` edges carry a fed-back output (free running), `gradient` edges what backpropagation sends the other way. */
          style: oneWordOf('plain', 'back', 'gradient'),
        },
        ['says', 'style'],
      ),
    ),
  },
  ['settings'],
);
export type DiagramFigure = TypeOf<typeof diagramSchema>;
export type DiagramNode = DiagramFigure['nodes'][number];
export type DiagramEdge = DiagramFigure['edges'][number];

export const noNodes = 'Nothing to draw: the diagram has no nodes.';

export function naming(figure: DiagramFigure): (id: string) => string {
  const labels = new Map<string, string[]>();
  const ordered = [...figure.nodes].sort((a, b) => a.column - b.column || a.row - b.row);
  const labelOf = (node: { id: string; label: string }) => node.label.trim() || node.id;
  for (const node of ordered) labels.set(labelOf(node), [...(labels.get(labelOf(node)) ?? []), node.id]);
  const names = new Map<string, string>();
  for (const [label, ids] of labels) {
    for (const [index, id] of ids.entries()) names.set(id, ids.length === 1 ? label : `${label} (${index + 1})`);
  }
  return (id) => names.get(id) ?? id;
}

/** `h_prev`, `LSTM (2) [c_2]`, `y_1 [fed back]`: where an arrow comes from and what it carries, unless that is the same word. */
export function sourceInWords(edge: DiagramEdge, name: (id: string) => string): string {
  const from = name(edge.from);
  const kind = { plain: '', back: 'fed back', gradient: 'a gradient' }[edge.style ?? 'plain'];
  const carried = [edge.says ?? '', kind].filter((part) => part !== '' && part !== from);
  return carried.length === 0 ? from : `${from} [${carried.join(', ')}]`;
}
