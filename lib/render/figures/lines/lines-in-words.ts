// Curves in words: where each begins, ends and turns, and some of its values.

import { counted } from '../../../numbers/counted.ts';
import { numeral } from '../../numerals.ts';
import { domainOf } from '../../ticks.ts';
import { coinciding, type LinesFigure, remarksOn, type Series } from './curves-on-axes.ts';

export function linesInWords(figure: LinesFigure): string[] {
  const { x, y } = figure;
  const unit = (axis: { unit?: string | undefined }) => (axis.unit ? ` in ${axis.unit}` : '');
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
