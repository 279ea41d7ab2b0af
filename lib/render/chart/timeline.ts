// Bars over time, a row for each worker; what is written on a bar stands where it fits.

import { numeral } from '../numerals.ts';
import type { TimelineFigure } from '../result.ts';
import { caption, type Drawing, label, prose, stacked } from './drawing.ts';
import { element } from './markup.ts';
import { clipped, widthOf } from './measure.ts';
import { axisLine, type Frame, faint, filled, SIZE } from './theme.ts';

const font = { size: SIZE.label };
const small = { size: SIZE.small };
const ROW = 24;
const MOST_ROWS = 512;

export function timeline(figure: TimelineFigure, frame: Frame): Drawing {
  const head = caption(figure, frame);
  const { end } = figure.time;
  const rows = figure.rows.names.slice(0, MOST_ROWS);
  const bars = figure.bars.filter(
    ({ row, start, length }) => row in rows && start >= 0 && length > 0 && start + length <= end,
  );
  if (bars.length === 0 || !(end > 0 && end < 1e300))
    return stacked([head, prose('Nothing to draw: nobody does anything.', frame.width, font)], 8);
  const names = rows.map((name) => clipped(name, frame.width / 4, font));
  const left = Math.ceil(Math.max(...names.map((name) => widthOf(name, font)))) + 12;
  const width = frame.width - left;
  const place = (time: number): number => left + Math.round((time / end) * width * 100) / 100;
  const height = ROW * rows.length;
  const drawn = bars.flatMap(({ row, start, length, mark, group }) => {
    const [x, y] = [place(start), row * ROW];
    const wide = Math.max(0.5, place(start + length) - x - 1);
    const box = element('rect', { x, y: y + 2, width: wide, height: ROW - 4, 'fill-opacity': 0.18, ...filled(group) });
    const fits = widthOf(mark, small) <= wide;
    const look = { 'font-size': small.size, 'text-anchor': 'middle', ...filled(group) };
    return fits ? [box, label(mark, x + wide / 2, y + ROW / 2 + 4, look)] : [box];
  });
  const body = [
    ...names.map((name, row) =>
      label(name, left - 8, (row + 0.5) * ROW + 5, { 'font-size': font.size, 'text-anchor': 'end' }),
    ),
    ...drawn,
    element('line', { x1: left, y1: height, x2: frame.width, y2: height, ...axisLine }),
    label('0', left, height + 16, { 'font-size': small.size, ...faint }),
    label(numeral(end), frame.width, height + 16, { 'font-size': small.size, 'text-anchor': 'end', ...faint }),
  ];
  const unit = figure.time.unit ? ` (${figure.time.unit})` : '';
  const says = [
    `one row a ${figure.rows.label}, ${figure.time.label} to the right${unit}`,
    figure.key,
    ...(figure.groups.length > 1 ? figure.groups : []),
  ].filter((part) => part.trim() !== '');
  const plot: Drawing = { width: frame.width, height: height + 20, body: body.join('\n') };
  return stacked([head, plot, prose(says.join('; '), frame.width, small, faint)], 8);
}
