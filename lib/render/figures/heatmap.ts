// Values over time as cells under what drives them: coloured where there are colours, shades where there are none. In a drawing a stroke
// in a cell is a negative value, so that black-and-white print keeps the sign.

import { counted } from '../../numbers/counted.ts';
import { clipped, type Drawing, type Frame, label, prose, shifted, stacked, widthOf } from '../chart/drawing.ts';
import { type Attributes, axisLine, element, faint, inkLine, SIZE } from '../chart/markup.ts';
import { columnsOf, cut, flow, graphemes, padEnd, wrap } from '../columns.ts';
import { listOf, oneWordOf, real, record, type TypeOf, text } from '../json-schema.ts';
import { type Chart, type Complete, figureRecord, type Kind, named, titled } from '../kind.ts';
import { toAscii, visible } from '../legible.ts';
import type { Look } from '../look.ts';
import { numeral } from '../numerals.ts';
import { centred, positionOf, shadeColour, shadeIndex, shadeRgb, shadesOf } from '../palette.ts';

/** values[row][column]. `diverging` centres on zero (states), `sequential` runs from low to high (gates in 0…1). */
const schema = figureRecord(
  'heatmap',
  {
    ...titled,
    rows: named,
    /** `names` are what drives each step: characters, or samples as short text. */
    columns: named,
    values: listOf(listOf(real)),
    scale: record({ kind: oneWordOf('diverging', 'sequential'), low: real, high: real }),
    unit: text,
  },
  ['settings', 'unit'],
);
export type HeatmapFigure = TypeOf<typeof schema>;
type Scale = HeatmapFigure['scale'];
type Values = readonly (readonly number[])[];

declare module '../kind.ts' {
  interface Figures {
    heatmap: Complete<HeatmapFigure, typeof kind, typeof chart>;
  }
}

const kind: Kind<HeatmapFigure> = {
  name: 'heatmap',
  schema,
  prepare: (figure, { unicode, plain }) =>
    unicode || plain
      ? figure
      : { ...figure, columns: { ...figure.columns, names: figure.columns.names.map(oneCharacter) } },
  draw(figure, look) {
    const steps = stepsOf(figure);
    if (steps === 0) return wrap(nothing, look.width, { first: '  ' });

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
    return [...body, ...remarks(figure, look, pool, values.length - rows.length), ...legend(figure, values, look)];
  },
  words: inWords,
  records: ({ rows, columns, values }) =>
    values.flatMap((row, index) =>
      row.map((value, step) => ['heatmap', rows.names[index], step + 1, columns.names[step], value]),
    ),
  isLike: (mine, other) =>
    mine.rows.label === other.rows.label && mine.scale.kind === other.scale.kind && mine.unit === other.unit,
  onOneScale(mine, other) {
    const low = Math.min(mine.scale.low, other.scale.low);
    const high = Math.max(mine.scale.high, other.scale.high);
    return [
      { ...mine, scale: { ...mine.scale, low, high } },
      { ...other, scale: { ...mine.scale, low, high } },
    ];
  },
};
export default kind;

const nothing = 'Nothing to draw: there are no values.';
/** Steps that do not fit are continued below, as a paragraph of text would be, in four blocks, or more where rows are few; longer ones are pooled. */
const blocksOf = (rows: number): number => Math.max(4, Math.floor(24 / (rows + 2)));

/** 0 where there are no values. */
const stepsOf = ({ columns, values }: HeatmapFigure): number =>
  values.length === 0 ? 0 : Math.max(columns.names.length, ...values.map((row) => row.length));

/** Under `--ascii` the character that drives a step must stay one character: a line break is `/`, as in quoted verse. */
function oneCharacter(name: string): string {
  if (name === '\n') return '/';
  if (graphemes(name).length !== 1) return name;
  const spelt = toAscii(visible(name, false));
  return spelt.length === 1 ? spelt : '?';
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

function drawCell(value: number, scale: Scale, cell: number, look: Look): string {
  if (!Number.isFinite(value)) return padEnd('?', cell);
  if (look.level >= 2) return shadeColour(scale.kind, positionOf(value, scale), look)(' '.repeat(cell));
  const shades = shadesOf(scale, look.unicode);
  const index = shadeIndex(value, scale, shades.length);
  const glyph = shades[index] ?? '?';
  return tint(glyph, index, shades.length, scale, look) + ' '.repeat(cell - 1);
}

/** Sixteen colours are too few for a map; they only mark the sign. */
function tint(glyph: string, index: number, shades: number, scale: Scale, look: Look): string {
  if (scale.kind === 'sequential' || look.level === 0) return glyph;
  const middle = (shades - 1) / 2;
  return index < middle ? look.paint.cyan(glyph) : index > middle ? look.paint.yellow(glyph) : glyph;
}

function legend(figure: HeatmapFigure, values: Values, look: Look): string[] {
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

/** Of the steps that share a cell, a diverging map shows the value farthest from zero, a sequential one the mean. */
function pooled(figure: HeatmapFigure, steps: number, pool: number): { names: string[]; values: number[][] } {
  const name = (step: number) => figure.columns.names[step] ?? '';
  const starts = Array.from({ length: Math.ceil(steps / pool) }, (_, index) => index * pool);
  const one = (values: readonly number[]) => {
    if (!values.every(Number.isFinite)) return Number.NaN;
    if (figure.scale.kind === 'sequential') return values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.reduce((far, value) => (Math.abs(value) > Math.abs(far) ? value : far));
  };
  return {
    names: starts.map(name),
    values: figure.values.map((row) => starts.map((start) => one(row.slice(start, start + pool)))),
  };
}

/** What a cell that stands for several steps shows. */
function poolRemark(figure: HeatmapFigure, pool: number): string {
  const what = figure.scale.kind === 'diverging' ? 'the one farthest from zero' : 'their mean';
  return `Each cell stands for ${pool} steps and shows ${what}.`;
}

function inWords(figure: HeatmapFigure): string[] {
  const { rows, columns, scale } = figure;
  const unit = figure.unit ? ` ${figure.unit}` : '';
  const says = [
    `A map of ${counted(figure.values.length, 'row')} (${rows.label}) over ${counted(columns.names.length, 'step')} (${columns.label}); values from ${numeral(scale.low)} to ${numeral(scale.high)}${unit}.`,
  ];
  const short = columns.names.every((name) => [...name].length === 1);
  if (columns.names.length > 0)
    says.push(short ? `The steps spell: "${columns.names.join('')}".` : `The steps: ${columns.names.join(', ')}.`);
  figure.values.forEach((values, row) => {
    const name = rows.names[row] ?? `row ${row + 1}`;
    const points = values.map((value, step) => ({ value, step })).filter((point) => Number.isFinite(point.value));
    if (points.length === 0) {
      says.push(`${name}: no values.`);
      return;
    }
    const at = (point: { value: number; step: number }) =>
      `${numeral(point.value)} at step ${point.step + 1}${driver(columns.names[point.step])}`;
    const least = points.reduce((best, point) => (point.value < best.value ? point : best));
    const greatest = points.reduce((best, point) => (point.value > best.value ? point : best));
    const mean = points.reduce((sum, point) => sum + point.value, 0) / points.length;
    const missing = values.length - points.length;
    const left = missing > 0 ? ` ${counted(missing, 'value')} not finite.` : '';
    if (least.value === greatest.value) says.push(`${name}: ${numeral(least.value)} at every step.${left}`);
    else says.push(`${name}: highest ${at(greatest)}, lowest ${at(least)}, mean ${numeral(mean)}.${left}`);
  });
  return says;
}

function driver(name: string | undefined): string {
  if (name === undefined || name === '') return '';
  return name === ' ' ? ' (a space)' : ` (${name})`;
}

/** More cells than this in a row are narrower than a line: steps are pooled. More rows make no picture. */
const MOST_COLUMNS = 360;
const MOST_ROWS = 512;
/** Shades of the map; a file with a colour a cell would be many times as long. */
const SHADES = 64;
const font = { size: SIZE.label };
const tiny = { size: SIZE.small };

export const chart: Chart<HeatmapFigure> = {
  name: 'heatmap',
  draw(figure, frame) {
    const steps = stepsOf(figure);
    if (steps === 0) return [prose(nothing, frame.width, font)];
    const pool = Math.ceil(steps / MOST_COLUMNS);
    const { names, values } = pooled(figure, steps, pool);
    const rows = values.slice(0, MOST_ROWS);
    const hidden = values.length - rows.length;
    const says = [
      ...(pool > 1 ? [poolRemark(figure, pool)] : []),
      ...(hidden > 0 ? [`${counted(hidden, 'more row')} ${hidden === 1 ? 'is' : 'are'} not drawn.`] : []),
    ].map((text) => prose(text, frame.width, tiny, faint));
    return [map(figure, { rows, names, pool }, frame), ...says];
  },
};

interface Cells {
  readonly rows: Values;
  readonly names: readonly string[];
  /** Steps that a column stands for. */
  readonly pool: number;
}

function map(figure: HeatmapFigure, { rows: values, names, pool }: Cells, frame: Frame): Drawing {
  const rowNames = values.map((_, row) => clipped(figure.rows.names[row] ?? String(row + 1), frame.width / 4, font));
  const left = Math.ceil(Math.max(0, ...rowNames.map((name) => widthOf(name, font)))) + 10;
  const cell = Math.min(30, (frame.width - left) / names.length);
  const height = Math.max(3, Math.min(20, 420 / values.length));
  const top = 24;
  const area = { left, top, width: cell * names.length, height: height * values.length };
  const body = [
    shifted(left, 0, columnNames(names, cell)),
    shifted(left, top, cells(values, figure.scale, cell, height)),
    element('rect', { x: left, y: top, width: area.width, height: area.height, ...axisLine }),
    ...rowLabels(rowNames, left - 8, top, height),
  ].filter((part) => part !== '');
  const drawn: Drawing = { width: frame.width, height: top + area.height + 4, body: body.join('\n') };
  const both = stacked([drawn, key(figure, values, frame)], 8);
  const unit = figure.unit ? ` ${figure.unit}` : '';
  const data = {
    'data-hover': 'cells',
    'data-rows': JSON.stringify(rowNames),
    'data-columns': JSON.stringify(stepNames(names, pool)),
    'data-values': JSON.stringify(values.map((row) => row.map((value) => numeral(value, 4) + unit))),
  };
  return { ...both, hover: { area, data } };
}

/** `step 3, e`; of several steps in one column the first. */
function stepNames(names: readonly string[], pool: number): string[] {
  return names.map((name, index) => {
    const from = pool === 1 ? 'step' : 'from step';
    const driver = name === ' ' ? ', a space' : name.trim() === '' ? '' : `, ${name}`;
    return `${from} ${index * pool + 1}${driver}`;
  });
}

/** Each over its cell; where that is too narrow, those that leave one another room. */
function columnNames(names: readonly string[], cell: number): string {
  let free = Number.NEGATIVE_INFINITY;
  return names
    .map((name, index) => {
      const width = widthOf(name, font);
      const left = (index + 0.5) * cell - width / 2;
      const characters = [...name].length === 1;
      if (name.trim() === '' || left < free || left + width > names.length * cell + 10) return '';
      free = left + width + (characters ? 0 : 10);
      return label(name, (index + 0.5) * cell, 17, { 'font-size': font.size, 'text-anchor': 'middle' });
    })
    .join('');
}

function rowLabels(names: readonly string[], right: number, top: number, height: number): string[] {
  const every = Math.ceil(14 / height);
  return names.map((name, row) =>
    row % every === 0
      ? label(name, right, top + (row + 0.5) * height + 5, { 'font-size': font.size, 'text-anchor': 'end' })
      : '',
  );
}

/** One path a shade holds all cells of that shade. */
function cells(values: Values, scale: Scale, width: number, height: number): string {
  const shades = new Map<number, string[]>();
  const strokes = { light: [] as string[], dark: [] as string[] };
  const missing: string[] = [];
  values.forEach((row, j) => {
    row.forEach((value, i) => {
      const [x, y] = [r(i * width), r(j * height)];
      const [w, h] = [r((i + 1) * width - x), r((j + 1) * height - y)];
      const at = positionOf(value, scale);
      if (Number.isNaN(at)) {
        missing.push(`M${x} ${y}l${w} ${h}m0 ${-h}l${-w} ${h}`);
        return;
      }
      const shade = Math.round(at * SHADES);
      const same = shades.get(shade);
      const part = `M${x} ${y}h${w}v${h}h${-w}z`;
      if (same === undefined) shades.set(shade, [part]);
      else same.push(part);
      // In cells too narrow for a stroke each, those of a row make one line.
      const inset = width < 7 ? 0 : w * 0.3;
      if (scale.kind === 'diverging' && at < 0.42 && height >= 5)
        (at < 0.22 ? strokes.light : strokes.dark).push(`M${r(x + inset)} ${r(y + h / 2)}h${r(w - 2 * inset)}`);
    });
  });
  const painted = [...shades]
    .sort(([a], [b]) => a - b)
    .map(([shade, parts]) =>
      element('path', {
        d: parts.join(''),
        fill: hex(shadeRgb(scale.kind, shade / SHADES)),
        'shape-rendering': 'crispEdges',
      }),
    );
  return [...painted, ...stroke(strokes.light, '#fff'), ...stroke(strokes.dark, '#333'), ...cross(missing)].join('\n');
}

const r = (value: number): number => Math.round(value * 100) / 100;
const stroke = (parts: readonly string[], paint: string): string[] =>
  parts.length === 0 ? [] : [element('path', { d: parts.join(''), stroke: paint, 'stroke-width': 1.25, fill: 'none' })];
const cross = (parts: readonly string[]): string[] =>
  parts.length === 0 ? [] : [element('path', { d: parts.join(''), ...inkLine, 'stroke-width': 1 })];

const hex = (channels: readonly number[]): string =>
  `#${channels.map((each) => each.toString(16).padStart(2, '0')).join('')}`;

/** What the shades stand for. */
function key(figure: HeatmapFigure, values: Values, frame: Frame): Drawing {
  const { low, high } = centred(figure.scale);
  const bar = 192;
  const steps = 24;
  const ramp = Array.from({ length: steps }, (_, k) => low + ((high - low) * (k + 0.5)) / steps);
  const from = numeral(low);
  const left = widthOf(from, tiny) + 8;
  const most = numeral(high) + (figure.unit ? ` ${figure.unit}` : '');
  const to = clipped(most, frame.width - left - bar - 8, tiny);
  const look: Attributes = { ...faint, 'font-size': tiny.size };
  const axis = [figure.rows.label, figure.columns.label].filter((text) => text !== '').join(' over ');
  const nan = values.every((row) => row.every(Number.isFinite)) ? [] : ['× not finite'];
  const says = clipped([...nan, ...(axis === '' ? [] : [axis])].join(' · '), frame.width, tiny);
  const end = left + bar + 8 + widthOf(to, tiny) + 20;
  const beside = end + widthOf(says, tiny) <= frame.width;
  const body = [
    label(from, 0, 13, look),
    shifted(left, 2, cells([ramp], { ...figure.scale, low, high }, bar / steps, 14)),
    element('rect', { x: left, y: 2, width: bar, height: 14, ...axisLine }),
    label(to, left + bar + 8, 13, look),
    label(says, beside ? end : 0, beside ? 13 : 32, look),
  ];
  return { width: frame.width, height: beside ? 18 : 37, body: body.join('\n') };
}
