// Below a drawing of curves: what each stroke, the bands and the line to compare with stand for, and which series cannot be seen by itself.

import { columnsOf } from './columns.ts';
import { scaleOf } from './domain.ts';
import type { Look } from './look.ts';
import { numeral } from './numerals.ts';
import { seriesColour } from './palette.ts';
import type { LinesFigure } from './result.ts';
import { strokeOf } from './strokes.ts';
import { flow, wrap } from './wrap.ts';

/** What became of the series in the drawing. */
interface Drawn {
  /** Whether anything of the series of that index is to be seen. */
  readonly isDrawn: (index: number) => boolean;
  /** For a series that lies on another: the index of that one. */
  readonly same: readonly (number | undefined)[];
  /** Columns to the left of the drawing. */
  readonly gutter: number;
}

export function legend(figure: LinesFigure, { isDrawn, same, gutter }: Drawn, look: Look): string[] {
  const room = look.width - 10;
  const items = figure.series.flatMap((series, index) => {
    const stroke = strokeOf(index, figure.series.length, look.unicode);
    const on = figure.series[same[index] ?? -1];
    const where = !isDrawn(index)
      ? ' (nothing to draw)'
      : on !== undefined
        ? ` (on the line of ${on.name})`
        : onePoint(figure, index);
    return named(seriesColour(index, look)(stroke.flat.repeat(2)), 2, series.name + where, room);
  });
  const bands = figure.series.flatMap(({ band }, index) =>
    band === undefined ? [] : [strokeOf(index, figure.series.length, look.unicode).band],
  );
  if (bands.length > 0) {
    const text = `${[...new Set(bands)].map((glyph) => glyph.repeat(2)).join(' ')} range over seeds`;
    items.push({ text: look.paint.dim(text), columns: columnsOf(text) });
  }
  if (figure.reference) {
    const name = `${figure.reference.label} (${numeral(figure.reference.value)})`;
    const dimmed = named(look.unicode ? '╌╌╌' : '- -', 3, name, room);
    items.push(...dimmed.map(({ text, columns }) => ({ text: look.paint.dim(text), columns })));
  }
  return flow(items, look.width, ' '.repeat(Math.min(gutter, Math.floor(look.width / 8))));
}

/** A mark and what it stands for; a long name goes on in the next line. */
function named(mark: string, markColumns: number, name: string, room: number): { text: string; columns: number }[] {
  return wrap(name, room).map((text, line) => ({
    text: `${line === 0 ? mark : ' '.repeat(markColumns)} ${text}`,
    columns: markColumns + 1 + columnsOf(text),
  }));
}

/** Where the only point of a series stands, that among curves looks like a speck. */
function onePoint({ x, y, series }: LinesFigure, index: number): string {
  if (x.values.length < 2) return '';
  const scale = scaleOf(y.scale);
  const shown = series[index]!.values.flatMap((value, i) => (Number.isNaN(scale(value)) ? [] : [x.values[i]!]));
  return shown.length === 1 ? ` (one point, at ${x.label} ${numeral(shown[0]!)})` : '';
}
