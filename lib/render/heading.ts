// The line over a figure: what it is at the left, its settings at the right, or below where there is no room.

import { columnsOf } from './columns.ts';
import type { Look } from './look.ts';
import { wrap } from './wrap.ts';

export function heading(title: string, settings: string | undefined, look: Look, strong = false): string[] {
  const strengthen = (line: string) => (strong ? look.paint.bold(line) : line);
  const lines = title.trim() === '' ? [] : wrap(title, look.width);
  if (!settings?.trim()) return lines.map(strengthen);
  const last = lines.at(-1);
  const edge = Math.min(look.width, 100);
  const spare = last === undefined ? -1 : edge - columnsOf(last) - columnsOf(settings);
  if (last !== undefined && spare >= 3) {
    return [...lines.slice(0, -1).map(strengthen), strengthen(last) + ' '.repeat(spare) + look.paint.dim(settings)];
  }
  return [...lines.map(strengthen), ...wrap(settings, look.width).map((line) => look.paint.dim(line))];
}
