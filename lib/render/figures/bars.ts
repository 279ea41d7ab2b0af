// Parts of a whole as bars, each with its name and its number: on a terminal in eighths of a character where there are blocks for them.

import { clipped, label, prose, widthOf } from '../chart/drawing.ts';
import { axisLine, element, fillOf, SIZE } from '../chart/markup.ts';
import { columnsOf, cut, padEnd, padStart, wrap } from '../columns.ts';
import { constant, listOf, real, type TypeOf, text } from '../json-schema.ts';
import { type Chart, type Complete, figureRecord, type Kind, named, titled } from '../kind.ts';
import { numeralBeside } from '../numerals.ts';
import { seriesColour } from '../palette.ts';

/** A bar from 0 for every row: weights, shares, counts; none for what is negative or no number. */
const schema = figureRecord(
  'bars',
  {
    ...titled,
    rows: named,
    values: listOf(real),
    /** What a bar of full length stands for; above 0. */
    most: real,
    /** Things that are counted: written without decimals. */
    whole: constant(true),
    unit: text,
  },
  ['settings', 'unit', 'whole'],
);
export type BarsFigure = TypeOf<typeof schema>;

declare module '../kind.ts' {
  interface Figures {
    bars: Complete<BarsFigure, typeof kind, typeof chart>;
  }
}

const kind: Kind<BarsFigure> = {
  name: 'bars',
  schema,
  draw(figure, look) {
    if (figure.values.length === 0) return wrap(nothing, look.width, { first: '  ' });
    const numbers = barNumbers(figure);
    const wide = Math.min(Math.floor(look.width / 3), Math.max(...numbers.map(columnsOf)));
    const widest = Math.max(Math.floor(look.width / 2), look.width - wide - 6 - SHORTEST);
    const most = Math.min(widest, Math.max(0, ...figure.rows.names.map(columnsOf)));
    const room = Math.max(0, Math.min(LONGEST, look.width - most - wide - 6));
    const colour = seriesColour(0, look);
    return figure.values.map((value, row) => {
      const name = padEnd(cut(nameOf(figure, row), most, look.unicode), most);
      const start = `  ${name}  ${padStart(cut(numbers[row]!, wide, look.unicode), wide)} `;
      const bar = barOf(value / figure.most, room, look.unicode);
      return (start + (bar === '' ? '' : colour(bar))).trimEnd();
    });
  },
  words: (figure) => barNumbers(figure).map((number, row) => `${nameOf(figure, row)}: ${number}.`),
  records: ({ rows, values, unit }) => values.map((value, row) => ['bars', rows.names[row], row + 1, unit, value]),
  isLike: (mine, other) => mine.rows.label === other.rows.label && mine.unit === other.unit,
  onOneScale(mine, other) {
    const most = Math.max(mine.most, other.most);
    return [
      { ...mine, most },
      { ...other, most },
    ];
  },
};
export default kind;

const nothing = 'Nothing to draw: there are no values.';
/** Longer bars say no more. */
const LONGEST = 50;
/** A bar of this length still shows one part in a hundred: what is left of the line is for long names. */
const SHORTEST = 16;
const EIGHTHS = ['', ...'▏▎▍▌▋▊▉'];

const nameOf = ({ rows }: BarsFigure, row: number): string => rows.names[row] ?? String(row + 1);

/** What is written beside each bar. */
function barNumbers({ values, most, unit, whole }: BarsFigure): string[] {
  const written = (value: number): string => (whole ? String(value) : numeralBeside(value, most));
  return values.map((value) => written(value) + (unit === undefined ? '' : ` ${unit}`));
}

function barOf(share: number, room: number, unicode: boolean): string {
  if (!(share > 0)) return '';
  const eighths = Math.round(Math.min(1, share) * room * 8);
  if (!unicode) return '#'.repeat(Math.round(eighths / 8));
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]!;
}

const STEP = 21;
const font = { size: SIZE.label };

export const chart: Chart<BarsFigure> = {
  name: 'bars',
  draw(figure, frame) {
    if (figure.values.length === 0) return [prose(nothing, frame.width, font)];
    const texts = (all: readonly string[]) => all.map((each) => clipped(each, frame.width / 4, font));
    const names = texts(figure.values.map((_, row) => nameOf(figure, row)));
    const numbers = texts(barNumbers(figure));
    const widest = (all: readonly string[]) => Math.ceil(Math.max(...all.map((each) => widthOf(each, font))));
    const left = widest(names) + widest(numbers) + 26;
    const room = Math.max(0, frame.width - left);
    const height = STEP * figure.values.length;
    const rows = figure.values.map((value, row) => {
      const y = row * STEP;
      const share = value > 0 ? Math.min(1, value / figure.most) : 0;
      return [
        label(names[row]!, 0, y + 15, { 'font-size': font.size }),
        label(numbers[row]!, left - 10, y + 15, { 'font-size': font.size, 'text-anchor': 'end' }),
        share > 0 ? element('rect', { x: left, y: y + 3, width: share * room, height: STEP - 6, ...fillOf(0) }) : '',
      ].join('');
    });
    const axisOfBars = element('line', { x1: left, x2: left, y1: 0, y2: height, ...axisLine });
    return [{ width: frame.width, height, body: [...rows, axisOfBars].join('\n') }];
  },
};
