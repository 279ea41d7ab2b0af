// How many arrows lie between two nodes of a diagram: the way that information goes, counted in the drawing itself.

import type { DiagramFigure } from '../../render/result.ts';

/** The fewest arrows from one node to another, along plain edges; Infinity where there is no way. */
export function arrowsBetween({ edges }: DiagramFigure, from: string, to: string): number {
  let reached = new Set([from]);
  for (let arrows = 0; ; arrows++) {
    if (reached.has(to)) return arrows;
    const next = new Set(reached);
    for (const edge of edges) if ((edge.style ?? 'plain') === 'plain' && reached.has(edge.from)) next.add(edge.to);
    if (next.size === reached.size) return Number.POSITIVE_INFINITY;
    reached = next;
  }
}
