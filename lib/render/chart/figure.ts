// One figure as a drawing: picks the chart for its kind.

import type { Figure } from '../result.ts';
import { bars } from './bars.ts';
import { diagram } from './diagram.ts';
import type { Drawing } from './drawing.ts';
import { heatmap } from './heatmap.ts';
import { lines } from './lines.ts';
import { table } from './table.ts';
import { text } from './text.ts';
import type { Frame } from './theme.ts';
import { timeline } from './timeline.ts';

/** The figure's words must be legible already. */
export function drawFigure(figure: Figure, frame: Frame): Drawing {
  switch (figure.kind) {
    case 'lines':
      return lines(figure, frame);
    case 'heatmap':
      return heatmap(figure, frame);
    case 'bars':
      return bars(figure, frame);
    case 'table':
      return table(figure, frame);
    case 'text':
      return text(figure, frame);
    case 'diagram':
      return diagram(figure, frame);
    case 'timeline':
      return timeline(figure, frame);
  }
}
