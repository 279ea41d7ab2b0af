// What a drawing of curves cannot show: values left out, and why.

import { drawable } from './domain.ts';
import { numeral } from './numerals.ts';
import type { LinesFigure, Series } from './result.ts';

/** A sentence a finding. */
export function remarksOn(series: Series, figure: LinesFigure): string[] {
  const missing = series.values.filter((value) => value === null).length;
  const broken = series.values.filter((value) => value !== null && !drawable(value)).length;
  const below =
    figure.y.scale === 'log'
      ? series.values.filter((value) => value !== null && value <= 0 && Number.isFinite(value)).length
      : 0;
  const shown = new Set(series.values.filter((value) => value !== null && Number.isFinite(value)));
  const constant =
    shown.size === 1 && series.values.length > 1
      ? [`${series.name}: the same value everywhere, ${numeral([...shown][0] as number)}.`]
      : [];
  const say = (count: number, what: string) =>
    count === 0 ? [] : [`${series.name}: ${count} of ${series.values.length} values ${what}.`];
  // A curve that ends is no curve with holes.
  const ends = series.values.findLastIndex((value) => value !== null);
  const short = missing > 0 && ends >= 0 && missing === series.values.length - 1 - ends;
  return [
    ...(short
      ? [`${series.name} ends at ${figure.x.label} ${numeral(figure.x.values[ends] ?? ends)}.`]
      : say(missing, count(missing, 'is missing', 'are missing'))),
    ...say(broken, count(broken, 'is not finite and left out', 'are not finite and left out')),
    ...say(
      below,
      count(
        below,
        'is zero or below, which a log scale cannot show',
        'are zero or below, which a log scale cannot show',
      ),
    ),
    ...constant,
  ];
}

function count(number: number, one: string, many: string): string {
  return number === 1 ? one : many;
}
