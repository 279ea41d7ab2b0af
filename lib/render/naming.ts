// What a node of a diagram is called in words: its label, numbered from left to right where several share one.

import type { DiagramEdge, DiagramFigure } from './result.ts';

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
