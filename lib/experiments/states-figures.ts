// The figures of `states`: units over time, all of them under what drives them, and how long a changed input echoes.

import type { Cell } from '../cells/catalogue.ts';
import { counted } from '../numbers/counted.ts';
import type { Matrix } from '../numbers/matrix.ts';
import { greatest, median } from '../numbers/statistics.ts';
import type { Figure } from '../render/result.ts';
import { bandSeries } from './band.ts';
import { aboutZero } from './scale.ts';
import type { StatesOptions } from './states.ts';
import { left, right } from './table-columns.ts';

export interface CellRun {
  readonly cell: Cell;
  /** T outputs, of the first seed. */
  readonly outputs: readonly Matrix[];
  /** distances[seed][t]: ‖h_t − h'_t‖ when one input is changed; undefined where no input can be. */
  readonly distances: readonly (readonly number[])[] | undefined;
  /** Of each seed: where its outputs stop being finite, in words. */
  readonly nonFinite: readonly (string | undefined)[];
}

const settingsOf = ({ drive, start }: StatesOptions): string =>
  `H ${start.hidden} · ${counted(drive.inputs.length, drive.unit)}`;

/** The units with the widest range, widest first, in the order of their numbers. */
function liveliest(outputs: readonly Matrix[], count: number): number[] {
  const units = outputs[0]?.rows ?? 0;
  const range = (i: number): number => {
    const values = outputs.map((h) => h.data[i]!).filter(Number.isFinite);
    return greatest(values) + greatest(values.map((value) => -value));
  };
  return Array.from({ length: units }, (_, i) => i + 1)
    .sort((a, b) => range(b - 1) - range(a - 1) || a - b)
    .slice(0, count)
    .sort((a, b) => a - b);
}

export function linesOf({ cell, outputs }: CellRun, options: StatesOptions, several: boolean): Figure {
  const units = (options.units ?? liveliest(outputs, 3)).filter((unit) => unit <= (outputs[0]?.rows ?? 0));
  const { output } = cell.program;
  return {
    kind: 'lines',
    title: `${several ? `${cell.name}: ` : ''}${options.units === undefined ? 'the units that move most' : 'the chosen units'}`,
    settings: settingsOf(options),
    x: { label: 't', values: outputs.map((_, t) => t + 1) },
    y: { label: output, scale: 'linear' },
    series: units.map((unit) => ({ name: `${output} ${unit}`, values: outputs.map((h) => h.data[unit - 1]!) })),
  };
}

export function heatmapOf({ cell, outputs }: CellRun, options: StatesOptions, several: boolean): Figure {
  const units = outputs[0]?.rows ?? 0;
  const values = Array.from({ length: units }, (_, i) => outputs.map((h) => h.data[i]!));
  const { output } = cell.program;
  return {
    kind: 'heatmap',
    title: `${several ? `${cell.name}: ` : ''}all units under what drives them`,
    settings: settingsOf(options),
    rows: { label: 'unit', names: values.map((_, i) => `${output} ${i + 1}`) },
    columns: { label: options.drive.unit, names: options.drive.names },
    values,
    scale: aboutZero(values),
  };
}

export function echoLines(runs: readonly CellRun[], options: StatesOptions, perturb: number): Figure {
  const steps = options.drive.inputs.length;
  return {
    kind: 'lines',
    title: `‖h − h′‖ after the input at t=${perturb} is changed, log scale`,
    settings: `H ${options.start.hidden} · ${options.seeds === 1 ? `seed ${options.seed}` : `median of ${options.seeds} seeds`}`,
    x: { label: 't', values: Array.from({ length: steps }, (_, t) => t + 1).slice(perturb - 1) },
    y: { label: '‖h − h′‖', scale: 'log' },
    // Before the change the distance is exactly 0.
    series: runs.map(({ cell, distances }) =>
      bandSeries(
        cell.name,
        distances!.map((d) => d.slice(perturb - 1)),
      ),
    ),
  };
}

/** Steps after the largest distance until it is below 1 % of it; null when the sequence ends before, NaN where a distance is not finite. */
function echoLength(distances: readonly number[]): number | null {
  const peak = greatest(distances);
  if (!Number.isFinite(peak)) return Number.NaN;
  if (peak === 0) return 0;
  const at = distances.indexOf(peak);
  const gone = distances.findIndex((d, t) => t > at && d < 0.01 * peak);
  return gone < 0 ? null : gone - at;
}

export function tableOf(runs: readonly CellRun[]): Figure {
  return {
    kind: 'table',
    title: 'What one changed input leaves behind: ‖h − h′‖',
    columns: [
      ...left('cell', 'states'),
      ...right('largest |h|', 'at its peak', 'at the end'),
      { title: 'below 1 % in', unit: 'steps', align: 'right' },
    ],
    rows: runs.map(({ cell, outputs, distances }) => {
      const largest = greatest([0, ...outputs.map((h) => greatest(h.data.map(Math.abs)))]);
      if (distances === undefined)
        return [cell.name, cell.program.states.join(', ') || 'none', largest, null, null, null];
      const lengths = distances.map(echoLength);
      const ended = lengths.filter((length) => length !== null);
      const length = ended.length === lengths.length ? median(ended) : `over ${distances[0]!.length - 1}`;
      return [
        cell.name,
        cell.program.states.join(', ') || 'none',
        largest,
        median(distances.map(greatest)),
        median(distances.map((d) => d.at(-1)!)),
        length,
      ];
    }),
  };
}
