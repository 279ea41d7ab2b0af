// Values over time as cells under the text that drives them: coloured blocks where there are colours, shades where there are none.

import { counted } from '../numbers/counted.ts';
import { columnsOf, cut, graphemes, padEnd } from './columns.ts';
import { heading } from './heading.ts';
import type { Look } from './look.ts';
import { numeral } from './numerals.ts';
import { shadeColour } from './palette.ts';
import { pooled, poolRemark } from './pool.ts';
import type { HeatmapFigure } from './result.ts';
import { centred, positionOf, shadeIndex, shadesOf } from './shades.ts';
import { flow, wrap } from './wrap.ts';

/** Steps that do not fit are continued below, as a paragraph of text would be, in four blocks, or more where rows are few; longer ones are pooled. */
const blocksOf = (rows: number): number => Math.max(4, Math.floor(24 / (rows + 2)));

export function heatmap(figure: HeatmapFigure, look: Look): string {
  const head = heading(figure.title, figure.settings, look);
  const steps = Math.max(figure.columns.names.length, ...figure.values.map((row) => row.length), 0);
  if (steps === 0 || figure.values.length === 0)
    return [...head, ...wrap('Nothing to draw: there are no values.', look.width, { first: '  ' })].join('\n');

  const label = Math.min(Math.floor(look.width / 3), Math.max(0, ...figure.rows.names.map(columnsOf)));
  const gutter = 2 + label + 2;
  const room = look.width - gutter;
  const characters = figure.columns.names.every((name) => columnsOf(name) <= 2);
  const narrow = characters ? Math.max(1, ...figure.columns.names.map(columnsOf)) : 1;
  const cell = steps * 2 <= room || narrow === 2 ? 2 : steps <= room || !characters ? 1 : narrow;
  const block = Math.max(1, Math.floor(room / cell));
  const pool = Math.ceil(steps / (block * blocksOf(figure.values.length)));
  const { names, values } = pooled(figure, steps, pool);
  const blocks = Math.ceil(names.length / block);

  const most = Math.max(8, Math.floor((look.height - 6) / blocks) - (blocks > 1 ? 2 : 0));
  const rows = values.length > most + 1 ? values.slice(0, most) : values;
  const body: string[] = [];
  for (let start = 0; start < names.length; start += block) {
    if (start > 0) body.push('');
    const part = names.slice(start, start + block);
    body.push(' '.repeat(gutter) + header(part, cell, characters && pool === 1, look));
    rows.forEach((row, index) => {
      const name = cut(figure.rows.names[index] ?? String(index + 1), label, look.unicode);
      const cells = row.slice(start, start + block).map((value) => drawCell(value, figure.scale, cell, look));
      body.push(`  ${padEnd(name, label)}  ${cells.join('')}`.trimEnd());
    });
  }
  return [
    ...head,
    ...body,
    ...remarks(figure, look, pool, values.length - rows.length),
    ...legend(figure, values, look),
  ].join('\n');
}

/** One character over its cell; longer names (samples) where there is room for them, the first always. */
function header(names: readonly string[], cell: number, characters: boolean, look: Look): string {
  if (characters)
    return look.paint.bold(
      together(names, cell)
        .map(({ text, cells }) => padEnd(text, cell * cells))
        .join('')
        .trimEnd(),
    );
  const limit = names.length * cell;
  let line = '';
  names.forEach((name, index) => {
    const at = index * cell;
    const used = columnsOf(line);
    if (name.trim() === '' || (used > 0 && at < used + 2) || at + columnsOf(name) > Math.max(limit, 0)) return;
    line = padEnd(line, at) + name;
  });
  return look.paint.dim(line);
}

/** Symbols that a terminal joins without a space between them, such as the halves of a flag, are drawn once over the columns of both. */
function together(names: readonly string[], cell: number): { text: string; cells: number }[] {
  const groups: { text: string; cells: number }[] = [];
  for (const name of names) {
    const last = groups.at(-1);
    const isJoined =
      last !== undefined &&
      columnsOf(last.text) >= cell * last.cells &&
      graphemes(last.text + name).length === graphemes(last.text).length;
    if (isJoined) {
      last.text += name;
      last.cells++;
    } else groups.push({ text: name, cells: 1 });
  }
  return groups;
}

function drawCell(value: number, scale: HeatmapFigure['scale'], cell: number, look: Look): string {
  if (!Number.isFinite(value)) return padEnd('?', cell);
  if (look.level >= 2) return shadeColour(scale.kind, positionOf(value, scale), look)(' '.repeat(cell));
  const shades = shadesOf(scale, look.unicode);
  const index = shadeIndex(value, scale, shades.length);
  const glyph = shades[index] ?? '?';
  return tint(glyph, index, shades.length, scale, look) + ' '.repeat(cell - 1);
}

/** Sixteen colours are too few for a map; they only mark the sign. */
function tint(glyph: string, index: number, shades: number, scale: HeatmapFigure['scale'], look: Look): string {
  if (scale.kind === 'sequential' || look.level === 0) return glyph;
  const middle = (shades - 1) / 2;
  return index < middle ? look.paint.cyan(glyph) : index > middle ? look.paint.yellow(glyph) : glyph;
}

function legend(figure: HeatmapFigure, values: readonly (readonly number[])[], look: Look): string[] {
  const { low, high } = centred(figure.scale);
  const unit = figure.unit ? ` ${figure.unit}` : '';
  const items: { text: string; columns: number }[] = [];
  if (look.level >= 2) {
    const bar = Math.min(24, Math.floor(look.width / 3));
    const colours = Array.from({ length: bar }, (_, index) =>
      shadeColour(figure.scale.kind, index / (bar - 1), look)(' '),
    ).join('');
    const [from, to] = [numeral(low), `${numeral(high)}${unit}`];
    items.push({ text: `${from} ${colours} ${to}`, columns: columnsOf(from) + bar + columnsOf(to) + 2 });
  } else {
    const shades = shadesOf(figure.scale, look.unicode);
    shades.forEach((glyph, index) => {
      // Weighted like this the middle of a diverging scale is exactly zero.
      const last = shades.length - 1;
      const value = numeral(Number(((low * (last - index) + high * index) / last).toPrecision(2)));
      const text = `${value}${index === shades.length - 1 ? unit : ''}`;
      items.push({
        text: `${tint(glyph, index, shades.length, figure.scale, look)} ${text}`,
        columns: 2 + columnsOf(text),
      });
    });
  }
  if (values.some((row) => !row.every(Number.isFinite))) items.push({ text: '? not finite', columns: 12 });
  return flow(items, look.width, '  ');
}

function remarks(figure: HeatmapFigure, look: Look, pool: number, hidden: number): string[] {
  const says: string[] = [];
  if (pool > 1) says.push(poolRemark(figure, pool));
  if (hidden > 0)
    says.push(
      `${counted(hidden, 'more row')} ${hidden === 1 ? 'does' : 'do'} not fit: a greater --height shows ${hidden === 1 ? 'it' : 'them'}.`,
    );
  return says.flatMap((line) => wrap(line, look.width, { first: '  ', rest: '    ' }));
}
