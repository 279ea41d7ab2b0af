// Several steps of a map in one cell, where there is no room for a cell a step.

import type { HeatmapFigure } from './result.ts';

/** Of the steps that share a cell, a diverging map shows the value farthest from zero, a sequential one the mean. */
export function pooled(figure: HeatmapFigure, steps: number, pool: number): { names: string[]; values: number[][] } {
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
export function poolRemark(figure: HeatmapFigure, pool: number): string {
  const what = figure.scale.kind === 'diverging' ? 'the one farthest from zero' : 'their mean';
  return `Each cell stands for ${pool} steps and shows ${what}.`;
}
