// Parts of a whole as bars, each with its name and its number: in eighths of a character where there are blocks for them.

import { columnsOf, cut, padEnd, padStart } from './columns.ts';
import { heading } from './heading.ts';
import type { Look } from './look.ts';
import { numeralBeside } from './numerals.ts';
import { seriesColour } from './palette.ts';
import type { BarsFigure } from './result.ts';
import { wrap } from './wrap.ts';

/** Longer bars say no more. */
const LONGEST = 50;
/** A bar of this length still shows one part in a hundred: what is left of the line is for long names. */
const SHORTEST = 16;
const EIGHTHS = ['', ...'▏▎▍▌▋▊▉'];

export function bars(figure: BarsFigure, look: Look): string {
  const head = heading(figure.title, figure.settings, look);
  if (figure.values.length === 0)
    return [...head, ...wrap('Nothing to draw: there are no values.', look.width, { first: '  ' })].join('\n');
  const numbers = barNumbers(figure);
  const wide = Math.min(Math.floor(look.width / 3), Math.max(...numbers.map(columnsOf)));
  const widest = Math.max(Math.floor(look.width / 2), look.width - wide - 6 - SHORTEST);
  const label = Math.min(widest, Math.max(0, ...figure.rows.names.map(columnsOf)));
  const room = Math.max(0, Math.min(LONGEST, look.width - label - wide - 6));
  const colour = seriesColour(0, look);
  const body = figure.values.map((value, row) => {
    const name = padEnd(cut(figure.rows.names[row] ?? String(row + 1), label, look.unicode), label);
    const start = `  ${name}  ${padStart(cut(numbers[row]!, wide, look.unicode), wide)} `;
    const bar = barOf(value / figure.most, room, look.unicode);
    return (start + (bar === '' ? '' : colour(bar))).trimEnd();
  });
  return [...head, ...body].join('\n');
}

/** What is written beside each bar. */
export function barNumbers({ values, most, unit, whole }: BarsFigure): string[] {
  const written = (value: number): string => (whole ? String(value) : numeralBeside(value, most));
  return values.map((value) => written(value) + (unit === undefined ? '' : ` ${unit}`));
}

function barOf(share: number, room: number, unicode: boolean): string {
  if (!(share > 0)) return '';
  const eighths = Math.round(Math.min(1, share) * room * 8);
  if (!unicode) return '#'.repeat(Math.round(eighths / 8));
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]!;
}

/** `--plain`: all of them in the order of the rows. */
export function barsInWords(figure: BarsFigure): string[] {
  return barNumbers(figure).map((number, row) => `${figure.rows.names[row] ?? row + 1}: ${number}.`);
}
