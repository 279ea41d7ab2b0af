// One figure as text: picks the chart for its kind.

import { bars } from './bars.ts';
import { diagram } from './diagram.ts';
import { heatmap } from './heatmap.ts';
import { legibleFigure } from './legible.ts';
import { lines } from './lines.ts';
import { type FigureOptions, type Look, lookOf } from './look.ts';
import { plain } from './plain.ts';
import type { Figure } from './result.ts';
import { table } from './table.ts';
import { text } from './text.ts';
import { timeline } from './timeline.ts';

/** Lines joined by line feeds, none at the end. No line is wider than `width`. */
export function renderFigure(figure: Figure, options: FigureOptions): string {
  const look = lookOf(options);
  return drawFigure(legibleFigure(figure, look), look);
}

/** The figure's words must be legible already. */
export function drawFigure(figure: Figure, look: Look): string {
  if (look.plain) return plain(figure, look);
  switch (figure.kind) {
    case 'lines':
      return lines(figure, look);
    case 'heatmap':
      return heatmap(figure, look);
    case 'bars':
      return bars(figure, look);
    case 'table':
      return table(figure, look);
    case 'text':
      return text(figure, look);
    case 'diagram':
      return diagram(figure, look);
    case 'timeline':
      return timeline(figure, look);
  }
}
