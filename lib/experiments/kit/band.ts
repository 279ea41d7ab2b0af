// A series over seeds: their median, and their range where there is more than one.

import { median } from '../../numbers/statistics.ts';
import type { Series } from '../../render/result.ts';

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
