// A series over seeds: their median, and their range where there is more than one.

import { bandOf } from '../numbers/statistics.ts';
import type { Series } from './result.ts';

/** curves[seed][step] */
export function bandSeries(name: string, curves: readonly (readonly number[])[]): Series {
  const { middle, low, high } = bandOf(curves);
  return { name, values: middle, ...(curves.length > 1 ? { band: { low, high } } : {}) };
}
