// Every figure in words, for a screen reader: sentences and short tables, nothing drawn.

import { counted } from '../numbers/counted.ts';
import { barsInWords } from './bars.ts';
import { coinciding } from './coinciding.ts';
import { domainOf } from './domain.ts';
import { heading } from './heading.ts';
import type { Look } from './look.ts';
import { naming, sourceInWords } from './naming.ts';
import { numeral } from './numerals.ts';
import { remarksOn } from './remarks.ts';
import type { DiagramFigure, Figure, HeatmapFigure, LinesFigure, Series } from './result.ts';
import { tableInWords } from './table.ts';
import { textLines } from './text.ts';
import { timelineInWords } from './timeline.ts';
import { wrap } from './wrap.ts';

export function plain(figure: Figure, look: Look): string {
  return [
    ...heading(figure.title, 'settings' in figure ? figure.settings : undefined, look),
    ...body(figure, look),
  ].join('\n');
}

function body(figure: Figure, look: Look): string[] {
  switch (figure.kind) {
    case 'lines':
      return sentences(linesInWords(figure), look);
    case 'heatmap':
      return sentences(heatmapInWords(figure), look);
    case 'bars':
      return sentences(barsInWords(figure), look);
    case 'table':
      return tableInWords(figure, look);
    case 'diagram':
      return sentences(diagramInWords(figure), look);
    case 'timeline':
      return sentences(timelineInWords(figure), look);
    case 'text':
      return textLines(figure, look.width, look.unicode);
  }
}

function sentences(all: readonly string[], look: Look): string[] {
  return all.flatMap((sentence) => wrap(sentence, look.width, { rest: '  ' }));
}

function linesInWords(figure: LinesFigure): string[] {
  const { x, y } = figure;
  const unit = (axis: { unit?: string }) => (axis.unit ? ` in ${axis.unit}` : '');
  const says = [
    `A line chart of ${y.label}${unit(y)}${y.scale === 'log' ? ', on a log scale,' : ''} over ${x.label}${unit(x)}${x.scale === 'log' ? ', itself on a log scale' : ''}${y.range ? `, on an axis from ${numeral(y.range.low)} to ${numeral(y.range.high)}` : ''}; ${counted(figure.series.length, 'line')}.`,
  ];
  for (const series of figure.series) says.push(...seriesInWords(series, figure));
  says.push(...twins(figure));
  if (figure.reference) says.push(`For comparison, ${figure.reference.label}: ${numeral(figure.reference.value)}.`);
  return says;
}

/** Curves that a drawing could not tell apart. */
function twins({ series, y }: LinesFigure): string[] {
  const place = (value: number | null): number =>
    value === null ? Number.NaN : y.scale === 'log' ? Math.log10(value) : value;
  const curves = series.map(({ values }) => values.map(place));
  const [low, high] = domainOf(curves.flat().filter(Number.isFinite)) ?? [0, 0];
  return coinciding(curves, 0.01 * (high - low)).flatMap((first, index) => {
    const [one, other] = [series[index], series[first ?? -1]];
    return one === undefined || other === undefined ? [] : [`${one.name} has nearly the values of ${other.name}.`];
  });
}

function seriesInWords(series: Series, figure: LinesFigure): string[] {
  const points = figure.x.values
    .map((x, index) => ({
      x,
      y: series.values[index] ?? Number.NaN,
      low: series.band?.low[index],
      high: series.band?.high[index],
    }))
    .filter((point) => Number.isFinite(point.y));
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return [`${series.name}: no values.`];
  const least = points.reduce((best, point) => (point.y < best.y ? point : best));
  const greatest = points.reduce((best, point) => (point.y > best.y ? point : best));
  const at = (point: { x: number; y: number }) => `${numeral(point.y)} at ${figure.x.label} ${numeral(point.x)}`;
  const says = [
    `${series.name}: ${trend(points.map((point) => point.y))}. First ${at(first)}, last ${at(last)}, smallest ${at(least)}, largest ${at(greatest)}.`,
  ];
  const sampled = spread(points, 10);
  if (points.length > 2)
    says.push(
      `${series.name} at ${figure.x.label}: ${sampled.map((point) => `${numeral(point.x)} is ${numeral(point.y)}`).join('; ')}.`,
    );
  const banded = sampled.filter((point) => typeof point.low === 'number' && typeof point.high === 'number');
  if (banded.length > 0) {
    const parts = spread(banded, 4).map(
      (point) => `${numeral(point.low ?? 0)} to ${numeral(point.high ?? 0)} at ${figure.x.label} ${numeral(point.x)}`,
    );
    says.push(`${series.name}, range over seeds: ${parts.join('; ')}.`);
  }
  return [...says, ...remarksOn(series, figure)];
}

/** The overall direction, and how steadily it is kept, of the numbers as they are printed: what rounding hides is no change. */
function trend(exact: readonly number[]): string {
  const values = exact.map((value) => Number(numeral(value)));
  const first = values[0] ?? 0;
  const last = values.at(-1) ?? first;
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  if (low === high)
    return values.length === 1 ? 'one value' : exact.every((value) => value === exact[0]) ? 'constant' : 'steady';
  const ups = values.filter((value, index) => index > 0 && value > (values[index - 1] ?? value)).length;
  const downs = values.filter((value, index) => index > 0 && value < (values[index - 1] ?? value)).length;
  if (downs === 0) return 'rises throughout';
  if (ups === 0) return 'falls throughout';
  if (Math.abs(last - first) < 0.1 * (high - low)) return 'goes up and down and ends near where it began';
  const steady = Math.max(ups, downs) > 3 * Math.min(ups, downs);
  return last > first
    ? steady
      ? 'rises, nearly throughout'
      : 'rises overall, with ups and downs'
    : steady
      ? 'falls, nearly throughout'
      : 'falls overall, with ups and downs';
}

function spread<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, index) => items[Math.round((index * (items.length - 1)) / (most - 1))] as T);
}

function heatmapInWords(figure: HeatmapFigure): string[] {
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

/** What flows into each node, in the order of the nodes. */
export function diagramInWords(figure: DiagramFigure): string[] {
  const name = naming(figure);
  const says = [`A diagram of ${counted(figure.nodes.length, 'node')} and ${counted(figure.edges.length, 'arrow')}.`];
  const reached = new Set<string>();
  const targets = [...new Set([...figure.nodes.map((node) => node.id), ...figure.edges.map((edge) => edge.to)])];
  for (const target of targets) {
    const incoming = figure.edges.filter((edge) => edge.to === target);
    if (incoming.length === 0) continue;
    for (const edge of incoming) reached.add(edge.from);
    const sources = incoming.map((edge) => sourceInWords(edge, name));
    says.push(`${name(target)} reads ${listed(sources)}.`);
    reached.add(target);
  }
  const alone = figure.nodes.filter((node) => !reached.has(node.id));
  if (alone.length > 0) says.push(`Without arrows: ${listed(alone.map((node) => name(node.id)))}.`);
  return says;
}

function listed(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
