// The frame of a chart: a line across at every mark of y, the x axis below, and what it counts.

import { label } from './drawing.ts';
import { element, escaped } from './markup.ts';
import { clipped } from './measure.ts';
import { axisLine, faint, gridLine, ink, SIZE } from './theme.ts';
import type { Mark, Scale } from './ticks.ts';

export interface Axes {
  readonly x: Scale;
  readonly y: Scale;
  readonly xMarks: readonly Mark[];
  readonly yMarks: readonly Mark[];
  readonly width: number;
  readonly height: number;
  /** Of x, with its unit. */
  readonly label: string;
}

export function axes({ x, y, xMarks, yMarks, width, height, label: says }: Axes): string {
  const across = yMarks.map(({ value, text }) => {
    const at = y(value);
    return (
      element('line', { x1: 0, x2: width, y1: at, y2: at, ...gridLine }) +
      markText(text, -8, at + SIZE.label * 0.35, { 'text-anchor': 'end' })
    );
  });
  const along = xMarks.map(({ value, text }, index) => {
    const at = x(value);
    const anchor = index > 0 && at > width - 16 ? 'end' : 'middle';
    return (
      element('line', { x1: at, x2: at, y1: height, y2: height + 5, ...axisLine }) +
      markText(text, anchor === 'end' ? Math.min(width + 8, at + 8) : at, height + 20, { 'text-anchor': anchor })
    );
  });
  return [
    ...across,
    element('line', { x1: 0, x2: width, y1: height, y2: height, ...axisLine }),
    ...along,
    says === ''
      ? ''
      : label(clipped(says, width + 40, { size: SIZE.label }), width / 2, height + 39, {
          ...faint,
          'font-size': SIZE.label,
          'text-anchor': 'middle',
        }),
  ].join('\n');
}

/** `1e-5` as a power of ten, with the exponent raised; of other numbers the minus. */
function markText(text: string, x: number, y: number, attributes: Record<string, string>): string {
  const [, lead, power] = /^(-?\d(?:\.\d+)?)e(-?\d+)$/.exec(text) ?? [];
  const look = { 'font-size': SIZE.label, ...attributes };
  if (lead === undefined || power === undefined) return label(text.replace('-', '−'), x, y, look);
  const exponent = Number(power);
  if (exponent === 0 || exponent === 1) return label(String(Number(text)), x, y, look);
  const base = lead === '1' ? '10' : `${lead.replace('-', '−')}·10`;
  const raised = element('tspan', { dy: -5, 'font-size': SIZE.label * 0.75 }, escaped(power.replace('-', '−')));
  return element('text', { x, y, ...ink, ...look }, base, raised);
}
