// One figure as text: the kinds are the files of figures/.

import { defaultExports } from '../default-exports.ts';
import { columnsOf, wrap } from './columns.ts';
import { type Figure, type Kind, settingsOf } from './kind.ts';
import { legibleFigure } from './legible.ts';
import { type FigureOptions, type Look, lookOf } from './look.ts';

export const figureKinds = await defaultExports<Kind<Figure>>(import.meta.url, 'figures');
const byName = new Map(figureKinds.map((kind) => [kind.name, kind]));
export const kindOf = ({ kind }: Figure): Kind<Figure> => byName.get(kind)!;

/** Lines joined by line feeds, none at the end. No line is wider than `width`. */
export function renderFigure(figure: Figure, options: FigureOptions): string {
  const look = lookOf(options);
  return drawFigure(legibleFigure(figure, look, kindOf(figure)), look);
}

/** The figure's words must be legible already. */
export function drawFigure(figure: Figure, look: Look): string {
  const { draw, words } = kindOf(figure);
  const body =
    !look.plain || words === 'as drawn'
      ? draw(figure, look)
      : words(figure).flatMap((sentence) => wrap(sentence, look.width, { rest: '  ' }));
  return [...heading(figure.title, settingsOf(figure), look), ...body].join('\n');
}

/** The line over a figure: what it is at the left, its settings at the right, or below where there is no room. */
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
