// Curves over a common x.

import { type Complete, type Kind, mergedTitle, type Sided } from '../../kind.ts';
import { type LinesFigure, linesSchema, type Series } from './curves-on-axes.ts';
import { chart } from './lines-chart.ts';
import { linesInWords } from './lines-in-words.ts';
import { plot } from './plot.ts';

export { chart };

declare module '../../kind.ts' {
  interface Figures {
    lines: Complete<LinesFigure, typeof kind, typeof chart>;
  }
}

const kind: Kind<LinesFigure> = {
  name: 'lines',
  schema: linesSchema,
  draw: plot,
  words: linesInWords,
  *records({ x, series, reference }) {
    for (const { name, values, band } of series)
      for (const [index, at] of x.values.entries())
        yield ['lines', name, at, '', values[index], band?.low[index], band?.high[index]];
    if (reference) yield ['reference', reference.label, '', '', reference.value];
  },
  isLike: (mine, other) => same({ ...mine.x, values: [] }, { ...other.x, values: [] }) && same(mine.y, other.y),
  merged,
};
export default kind;

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** More curves in one chart are a thicket. */
const mostSeries = 6;

/** Undefined for other things to compare with, for steps of which neither contains the other's, and for too many curves. */
function merged(one: Sided<LinesFigure>, two: Sided<LinesFigure>): LinesFigure | undefined {
  const [mine, other] = [one.figure, two.figure];
  const { x } = mine.x.values.length >= other.x.values.length ? mine : other;
  const within = [mine, other].every((each) => each.x.values.every((value) => x.values.includes(value)));
  const count = mine.series.length + other.series.length;
  if (!within || count > mostSeries || !same(mine.reference, other.reference)) return undefined;
  const settings = [...new Set([mine.settings, other.settings].filter((each) => each !== undefined))];
  return {
    ...mine,
    title: mergedTitle(one, two),
    settings: settings.length > 0 ? settings.join(' | ') : undefined,
    x,
    series: [...seriesOf(one, x.values, other), ...seriesOf(two, x.values, mine)],
  };
}

/** With values where `x` says, named by the side, and by it alone where that says enough: each has one line of the same, or of what tells the sides apart. */
function seriesOf({ side, figure }: Sided<LinesFigure>, x: readonly number[], beside: LinesFigure): Series[] {
  const places = x.map((value) => figure.x.values.indexOf(value));
  const placed = (all: Series['values']) => places.map((at) => (at < 0 ? null : all[at]!));
  const saysEnough = ({ name }: Series): boolean =>
    figure.series.length === 1 &&
    (side.split(' ').includes(name) || (beside.series.length === 1 && beside.series[0]!.name === name));
  return figure.series.map((one) => ({
    name: saysEnough(one) ? side : `${side}: ${one.name}`,
    values: placed(one.values),
    ...(one.band && { band: { low: placed(one.band.low), high: placed(one.band.high) } }),
  }));
}
