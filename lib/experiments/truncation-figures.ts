// What `truncation` draws and tabulates: direction and size of the error over the window, and what a window keeps in memory.

import { sizesFor } from '../equations/program.ts';
import { compile } from '../kernels/kernel.ts';
import { median } from '../numbers/statistics.ts';
import type { Figure, Series, TableFigure } from '../render/result.ts';
import { bandSeries } from './kit/band.ts';
import { left, rightColumn } from './table-columns.ts';
import type { Started, StartedOptions, Truncated, TruncationFound, TruncationOptions } from './truncation/truncation.ts';

export function truncationFigures(found: readonly TruncationFound[], options: TruncationOptions): Figure[] {
  const settings = settingsOf(options);
  const windows = Array.from({ length: options.steps }, (_, k) => k + 1);
  const series = (of: (one: Truncated) => readonly number[]): Series[] =>
    options.lines.map(({ name }, i) =>
      bandSeries(
        name,
        found.map((seed) => of(seed[i]!).map((value) => (Number.isFinite(value) ? value : null))),
      ),
    );
  return [
    {
      kind: 'lines',
      title: 'cos(g_k, g): at 1 a window of k steps has the direction of the whole',
      settings,
      x: { label: 'k', values: windows },
      y: { label: 'cosine', scale: 'linear' },
      series: series(({ cosines }) => cosines),
    },
    {
      kind: 'lines',
      title: `‖g_k − g‖ / ‖g‖, log scale, down to ${least}`,
      // A window of all steps cuts nothing, and a log scale has no 0.
      x: { label: 'k', values: windows.slice(0, -1) },
      y: { label: 'relative error', scale: 'log' },
      series: series(({ errors }) => errors.slice(0, -1)).map(downToLeast),
    },
    tableOf(found, options),
    memoryTable(options),
  ];
}

/** What fades goes on fading down to the last bit: without a floor that would be most of a log scale. */
const least = 1e-4;

function downToLeast({ name, values, band }: Series): Series {
  const kept = (row: readonly (number | null)[]) => row.map((v) => (v !== null && v >= least ? v : null));
  if (band === undefined) return { name, values: kept(values) };
  const low = band.low.map((v, k) => (v !== null && Number(band.high[k]) >= least ? Math.max(v, least) : null));
  return { name, values: kept(values), band: { low, high: kept(band.high) } };
}

export function settingsOf({ lines, steps, seed, seeds }: StartedOptions): string {
  const hidden = [...new Set(lines.map(({ start }) => start.hidden))].join(', ');
  return `H ${hidden} · T ${steps} · ${seeds > 1 ? `${seeds} seeds` : `seed ${seed}`}`;
}

function tableOf(found: readonly TruncationFound[], { lines, windows, steps, seeds }: TruncationOptions): TableFigure {
  const range = (title: string, digits = 3) =>
    (seeds > 1 ? [title, 'from', 'to'] : [title]).map((heading) => ({ ...rightColumn(heading), digits }));
  // Empty where a whole gradient is 0 or not finite, which a note says.
  const values = (all: readonly number[]) => {
    const cells = seeds > 1 ? [median(all), Math.min(...all), Math.max(...all)] : [all[0]!];
    return all.every(Number.isFinite) ? cells : cells.map(() => null);
  };
  return {
    kind: 'table',
    title: `Windows of k steps, against all ${steps}${seeds > 1 ? ': median and range over seeds' : ''}`,
    columns: [{ title: 'cell', align: 'left' }, rightColumn('k'), ...range('cosine', 4), ...range('error')],
    rows: lines.flatMap(({ name }, i) =>
      windows.map((k) => [
        name,
        k,
        ...values(found.map((seed) => seed[i]!.cosines[k - 1]!)),
        ...values(found.map((seed) => seed[i]!.errors[k - 1]!)),
      ]),
    ),
  };
}

/** The bytes that a forward and backward pass over `steps` steps of one sequence keep, parameters and gradients among them: counted. */
export function bytesKept({ cell, start }: Started, { sequence, input }: StartedOptions, steps: number): number {
  const { program, backward } = cell;
  const sizes = sizesFor(program, start.hidden, sequence?.size ?? input);
  return compile(program, backward, sizes, { steps, batch: 1, gradients: 'parameters' }).bytes;
}

/** Longer sequences than the one measured, while a compiled pass over them is no burden. */
function lengthsFor(line: Started, options: StartedOptions): number[] {
  const most = 1e8;
  const aStep = bytesKept(line, options, options.steps) / options.steps;
  return [1, 10, 100]
    .map((times) => times * options.steps)
    .filter((steps) => steps === options.steps || steps * aStep < most);
}

/** Lines of one cell differ in what they start with, which takes no memory. */
function memoryTable(options: TruncationOptions): TableFigure {
  const cells = new Map(options.lines.map((line) => [line.cell.name, line]));
  const rows = [...cells].map(([name, line]) => ({ name, line, own: lengthsFor(line, options) }));
  const lengths = rows.map(({ own }) => own).reduce((most, own) => (own.length > most.length ? own : most));
  const kilobytes = (line: Started, steps: number) => bytesKept(line, options, steps) / 1000;
  return {
    kind: 'table',
    title: 'What the way back keeps of one sequence of T steps, by window',
    columns: [...left('cell'), rightColumn('k'), ...lengths.map((steps) => rightColumn(`T ${steps}`, 'kB'))],
    rows: rows.flatMap(({ name, line, own }) => [
      // A pass for k steps goes through a sequence of any length.
      ...options.windows.map((k) => [name, k, ...lengths.map(() => kilobytes(line, k))]),
      [name, 'T', ...lengths.map((steps) => (own.includes(steps) ? kilobytes(line, steps) : null))],
    ]),
  };
}
