// Parts of a whole as bars, each with its name and its number before it.

import { barNumbers } from '../bars.ts';
import type { BarsFigure } from '../result.ts';
import { caption, type Drawing, label, prose, stacked } from './drawing.ts';
import { element } from './markup.ts';
import { clipped, widthOf } from './measure.ts';
import { axisLine, type Frame, filled, SIZE } from './theme.ts';

const STEP = 21;
const font = { size: SIZE.label };

export function bars(figure: BarsFigure, frame: Frame): Drawing {
  const head = caption(figure, frame);
  if (figure.values.length === 0)
    return stacked([head, prose('Nothing to draw: there are no values.', frame.width, font)], 8);
  const texts = (all: readonly string[]) => all.map((text) => clipped(text, frame.width / 4, font));
  const names = texts(figure.values.map((_, row) => figure.rows.names[row] ?? String(row + 1)));
  const numbers = texts(barNumbers(figure));
  const widest = (all: readonly string[]) => Math.ceil(Math.max(...all.map((text) => widthOf(text, font))));
  const left = widest(names) + widest(numbers) + 26;
  const room = Math.max(0, frame.width - left);
  const height = STEP * figure.values.length;
  const rows = figure.values.map((value, row) => {
    const y = row * STEP;
    const share = value > 0 ? Math.min(1, value / figure.most) : 0;
    return [
      label(names[row]!, 0, y + 15, { 'font-size': font.size }),
      label(numbers[row]!, left - 10, y + 15, { 'font-size': font.size, 'text-anchor': 'end' }),
      share > 0 ? element('rect', { x: left, y: y + 3, width: share * room, height: STEP - 6, ...filled(0) }) : '',
    ].join('');
  });
  const axis = element('line', { x1: left, x2: left, y1: 0, y2: height, ...axisLine });
  return stacked([head, { width: frame.width, height, body: [...rows, axis].join('\n') }], 8);
}
