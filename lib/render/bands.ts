// Ranges over seeds behind curves: as many as can be told apart.

import type { LinesFigure } from './result.ts';

/** More bands than this hide one another. */
const MOST = 3;

const banded = ({ series }: LinesFigure): number => series.filter(({ band }) => band !== undefined).length;

/** The figure as it is drawn: with all of its bands, or with none. */
export function withLegibleBands(figure: LinesFigure): LinesFigure {
  if (banded(figure) <= MOST) return figure;
  return { ...figure, series: figure.series.map(({ name, values }) => ({ name, values })) };
}

/** What is to be said of bands that are not drawn. */
export function bandRemarks(figure: LinesFigure): string[] {
  const count = banded(figure);
  return count <= MOST ? [] : [`Not drawn, since ${count} would hide one another: the ranges over seeds.`];
}
