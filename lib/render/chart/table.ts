// Rows under a rule, numbers at the right with their points under one another. Too wide a table folds its widest columns.

import { cellsOf } from '../cells.ts';
import type { TableFigure } from '../result.ts';
import { caption, type Drawing, label, prose, stacked } from './drawing.ts';
import { element } from './markup.ts';
import { type Font, fold, widthOf } from './measure.ts';
import { axisLine, type Frame, gridLine, SIZE } from './theme.ts';

const GAP = 22;
const STEP = 19;

export function table(figure: TableFigure, frame: Frame): Drawing {
  const head = caption(figure, frame);
  const say = (text: string): Drawing => stacked([head, prose(text, frame.width, { size: SIZE.label })], 8);
  if (figure.columns.length === 0) return say('The table has no columns.');
  if (figure.rows.length === 0) return say(`No rows (${figure.columns.map(({ title }) => title).join(', ')}).`);
  return stacked([head, laid(figure, frame)], 8);
}

/** Blanks that align decimal points must be as wide as a digit or a point in a proportional font. */
export function tableTexts(figure: TableFigure): string[][] {
  return cellsOf(figure).map((cells, row) =>
    cells.map((cell, column) => (typeof figure.rows[row]?.[column] === 'number' ? aligned(cell) : cell)),
  );
}

function aligned(number: string): string {
  return number.replace(/^(-?\d+(?:\.\d*)?)( +)(?=$| \S)/, (_, digits: string, pad: string) => {
    const point = digits.includes('.') ? '' : '\u2008';
    return digits + point + '\u2007'.repeat(pad.length - point.length);
  });
}

function laid(figure: TableFigure, frame: Frame): Drawing {
  const font: Font = { size: SIZE.label };
  const strong: Font = { ...font, bold: true };
  const texts = tableTexts(figure);
  const titles = figure.columns.map(({ title }) => title);
  const natural = titles.map((title, column) =>
    Math.ceil(Math.max(widthOf(title, strong), ...texts.map((row) => widthOf(row[column] ?? '', font)))),
  );
  const words = titles.map((title, column) =>
    Math.max(
      ...[title, ...texts.map((row) => row[column] ?? '')]
        .flatMap((text) => text.split(' '))
        .map((word) => widthOf(word, strong)),
    ),
  );
  const widths = narrowed(natural, words.map(Math.ceil), frame.width - GAP * (natural.length - 1));
  const starts = widths.map((_, column) => widths.slice(0, column).reduce((sum, width) => sum + width + GAP, 0));
  const total = (starts.at(-1) ?? 0) + (widths.at(-1) ?? 0);

  let y = 0;
  const row = (cells: readonly string[], look: Font): string => {
    const folded = cells.map((cell, column) => fold(cell, widths[column] ?? 0, look));
    const drawn = folded.flatMap((lines, column) => {
      const right = figure.columns[column]?.align === 'right';
      const x = (starts[column] ?? 0) + (right ? (widths[column] ?? 0) : 0);
      return lines.map((text, k) =>
        text === ''
          ? ''
          : label(text, x, y + 14 + k * STEP, {
              'font-size': look.size,
              'font-weight': look.bold ? 'bold' : undefined,
              'text-anchor': right ? 'end' : undefined,
              'font-variant-numeric': 'tabular-nums',
            }),
      );
    });
    y += Math.max(...folded.map((lines) => lines.length)) * STEP + 3;
    return drawn.join('');
  };
  const rule = (look: typeof axisLine): string => {
    y += 5;
    return element('line', { x1: 0, x2: total, y1: y - 3, y2: y - 3, ...look });
  };
  const body = [row(titles, strong), rule(axisLine)];
  texts.forEach((cells, index) => {
    body.push(row(cells, font));
    if (index + 1 < texts.length) body.push(rule(gridLine));
  });
  return { width: frame.width, height: y, body: body.join('\n') };
}

/** The widest columns give way first, down to their longest words; those are broken where nothing else helps. */
export function narrowed(natural: readonly number[], words: readonly number[], room: number): number[] {
  const widths = [...natural];
  const least = sum(words) > room ? words.map(() => 12) : words;
  for (let spare = sum(widths) - room; spare > 0; spare = sum(widths) - room) {
    const loose = widths.map((width, column) => (width > (least[column] ?? 0) ? width : 0));
    const most = Math.max(...loose);
    if (most === 0) break;
    const chosen = loose.flatMap((width, column) => (width === most ? [column] : []));
    const next = Math.max(0, ...loose.filter((width) => width < most));
    const cut = Math.max(1, Math.min(most - next, Math.ceil(spare / chosen.length)));
    for (const column of chosen) widths[column] = Math.max(least[column] ?? 0, most - cut);
  }
  return widths;
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
