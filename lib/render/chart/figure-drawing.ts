// One figure as a drawing: each kind of figure exports a Chart.

import { namedExports } from '../../default-exports.ts';
import type { Chart, Figure } from '../kind.ts';
import { settingsOf } from '../kind.ts';
import { caption, type Drawing, type Frame, stacked } from './drawing.ts';

const charts = await namedExports<Chart<Figure>>(import.meta.url, '../figures', 'chart');
const byName = new Map(charts.map((chart) => [chart.name, chart]));
export const chartOf = ({ kind }: Figure): Chart<Figure> => byName.get(kind)!;

/** The figure's words must be legible already. */
export function figureDrawing(figure: Figure, frame: Frame): Drawing {
  const { draw, gap = 8 } = chartOf(figure);
  const { title } = figure;
  return stacked([caption({ title, settings: settingsOf(figure) }, frame), ...draw(figure, frame)], gap);
}
