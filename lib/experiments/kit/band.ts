// A series over seeds: their median, and their range where there is more than one.

import { median } from '../../numbers/statistics.ts';
import type { Series, TableColumn } from '../../render/result.ts';

/** curves[seed][step], null where a seed has no value there; of those that have one. NaN where one of them is. */
export function bandSeries(name: string, curves: readonly (readonly (number | null)[])[]): Series {
  const steps = curves[0]?.length ?? 0;
  const at = Array.from({ length: steps }, (_, t) =>
    curves.map((curve) => curve[t]!).filter((value) => value !== null),
  );
  const each = (f: (values: number[]) => number) => at.map((values) => (values.length > 0 ? f(values) : null));
  const band = { low: each((values) => Math.min(...values)), high: each((values) => Math.max(...values)) };
  return { name, values: each(median), ...(curves.length > 1 ? { band } : {}) };
}

/** For a row of a table: the median over seeds and, of several, the range. */
export const medianAndRange = (values: readonly number[]): number[] =>
  values.length > 1 ? [median(values), Math.min(...values), Math.max(...values)] : [median(values)];

/** Its columns. */
export const rangeColumns = (column: TableColumn, seeds: number): TableColumn[] =>
  seeds > 1 ? [column, { ...column, title: 'from' }, { ...column, title: 'to' }] : [column];

/** What a figure is of: `5 seeds`, `seed 1`. */
export const seedsShown = ({ seed, seeds }: { readonly seed: number; readonly seeds: number }): string =>
  seeds > 1 ? `${seeds} seeds` : `seed ${seed}`;
