// What `attention` draws: where each output looks, how much is right over the length of the source, and the measures by way.

import { attending } from '../../cells/memory-reads.ts';
import { printEquations } from '../../equations/print.ts';
import { mean, median } from '../../numbers/statistics.ts';
import type { BarsFigure, Figure, HeatmapFigure, LinesFigure, TableFigure, TextFigure } from '../../render/result.ts';
import { bandSeries, seedsShown } from '../kit/band.ts';
import { left, right, rightColumn } from '../table-columns.ts';
import { lagsOf } from './alignment.ts';
import {
  type AttentionFound,
  type AttentionOptions,
  attends,
  type Shown,
  type WayFound,
  wayInWords,
} from './source-access.ts';

export function attentionFigures(found: readonly AttentionFound[], options: AttentionOptions): Figure[] {
  const looking = options.ways.flatMap((way, w) => (attends(way) ? [{ way, shown: found[0]!.ways[w]!.shown }] : []));
  return [
    ...looking.flatMap(({ way, shown }) => [
      alignmentMap(way, shown, options),
      ...(options.output === undefined ? [] : [weightsOf(way, shown, options.output, options)]),
    ]),
    ...overLength(found, options),
    measuresTable(found, options),
    ...(options.ways.includes('reversed') && options.bidirectional !== true
      ? [lagsTable(found[0]!.ways[0]!.shown, options)]
      : []),
    ...looking.slice(0, 1).map(({ way }) => equationsOf(way, options)),
  ];
}

function settingsOf(options: AttentionOptions): string {
  const { cell, hidden, bidirectional, steps } = options;
  const units = bidirectional === true ? `${hidden / 2} + ${hidden / 2}` : hidden;
  return `${cell.name} · H ${units} · S ${steps} · ${seedsShown(options)}`;
}

function alignmentMap(way: string, { source, target, said, alpha }: Shown, options: AttentionOptions): HeatmapFigure {
  const { task } = options;
  const S = source.length;
  const names = said.map((symbol, i) => {
    const [spoken, wanted] = [task.targetSymbols[symbol] ?? 'not finite', task.targetSymbols[target[i]!]!];
    return symbol === target[i] ? `${i + 1} ${spoken}` : `${i + 1} ${spoken}, not ${wanted}`;
  });
  return {
    kind: 'heatmap',
    title: `α of ${wayInWords(way)}: a row for each output, a column for each source symbol`,
    // The map is of one seed, whatever the tables are of.
    settings: settingsOf({ ...options, seeds: 1 }) + (options.seeds > 1 ? ` of ${options.seeds}` : ''),
    rows: { label: 'output', names },
    columns: { label: 'source', names: source.map((symbol) => task.sourceSymbols[symbol]!) },
    values: said.map((_, i) => Array.from(alpha.subarray(i * S, (i + 1) * S))),
    scale: { kind: 'sequential', low: 0, high: 1 },
  };
}

/** One row of the map as bars. */
function weightsOf(way: string, shown: Shown, output: number, { task }: AttentionOptions): BarsFigure {
  const { source, said, gold, alpha } = shown;
  const [i, S] = [output - 1, source.length];
  const from = gold[i]!.map((j) => j + 1);
  const where =
    from.length === 0
      ? 'no source symbol'
      : from.length === 1
        ? `source symbol ${from[0]}`
        : `source symbols ${from[0]} to ${from.at(-1)}`;
  return {
    kind: 'bars',
    title: `α of ${wayInWords(way)} at output ${output}, "${task.targetSymbols[said[i]!] ?? 'not finite'}", which comes from ${where}`,
    rows: { label: 'source', names: source.map((symbol, j) => `${j + 1} ${task.sourceSymbols[symbol]}`) },
    values: Array.from(alpha.subarray(i * S, (i + 1) * S)),
    most: 1,
  };
}

/** Nothing where there is one length only. */
function overLength(found: readonly AttentionFound[], { ways, task }: AttentionOptions): LinesFigure[] {
  const of = (w: number) => found.map(({ ways }) => ways[w]!.over);
  const lengths = [...new Set(ways.flatMap((_, w) => of(w).flatMap((over) => over.map(({ length }) => length))))];
  lengths.sort((a, b) => a - b);
  if (lengths.length < 2) return [];
  const series = ways.map((way, w) => {
    const curves = of(w).map((over) =>
      lengths.map((at) => {
        const tried = over.find(({ length }) => length === at);
        return tried === undefined ? null : 100 * tried.right;
      }),
    );
    return bandSeries(wayInWords(way), curves);
  });
  const symbols = task.targetSymbols.length;
  return [
    {
      kind: 'lines',
      title: 'Outputs right in %, over the length of the source',
      x: { label: 'S', values: lengths },
      y: { label: 'Outputs right in %', scale: 'linear' },
      series,
      reference: { label: `one of ${symbols} at random`, value: 100 / symbols },
    },
  ];
}

function measuresTable(found: readonly AttentionFound[], { ways, seeds, steps, task }: AttentionOptions): TableFigure {
  const percent = (title: string) => rightColumn(title, '%');
  const of = (w: number, value: (way: WayFound) => number | undefined): number | null => {
    const values = found.map(({ ways }) => value(ways[w]!)).filter((v) => v !== undefined);
    return values.length === 0 ? null : median(values);
  };
  const rows = ways.map((way, w) => [
    wayInWords(way),
    of(w, ({ right }) => 100 * right),
    of(w, ({ whole }) => 100 * whole),
    of(w, ({ alignment }) => alignment && 100 * alignment.error),
    of(w, ({ alignment }) => alignment?.entropy),
    of(w, ({ alignment }) => alignment?.crossing),
  ]);
  const attending = ways.findIndex(attends);
  const truth =
    attending < 0
      ? []
      : [['the true sources', null, null, null, null, of(attending, (way) => way.alignment?.trueCrossing)]];
  return {
    kind: 'table',
    title: `${task.name}, ${steps} source symbols, on its own words${seeds > 1 ? `: median of ${found.length} seeds` : ''}`,
    columns: [
      ...left('way'),
      percent('right'),
      percent('all right'),
      percent('alignment error'),
      ...right('entropy', 'crossing'),
    ],
    rows: [...rows, ...truth],
  };
}

/** Steps between reading a symbol and saying what comes from it, for the pair that is shown. */
function lagsTable({ gold, source }: Shown, { task }: AttentionOptions): TableFigure {
  const row = (name: string, reversed: boolean) => {
    const lags = lagsOf(gold, source.length, reversed);
    return [name, mean(lags), Math.min(...lags), Math.max(...lags)];
  };
  return {
    kind: 'table',
    title: `${task.name}: steps from reading a symbol to saying what comes from it`,
    columns: [{ title: 'source', align: 'left' }, rightColumn('mean'), rightColumn('smallest'), rightColumn('largest')],
    rows: [row('in order', false), row('reversed', true)],
  };
}

/** The decoder as it was run: the read, and the cell that takes what was read. */
function equationsOf(way: string, { cell }: AttentionOptions): TextFigure {
  const { name, program } = attending(cell, way);
  // The cell's own captions are known from `cell show`, and would push those of the read out of their column.
  const own = new Set(cell.program.equations.map((equation) => equation.name));
  const equations = program.equations.map(({ caption, ...equation }) =>
    own.has(equation.name) || caption === undefined ? equation : { ...equation, caption },
  );
  return {
    kind: 'text',
    title: `${name}: the decoder that was trained. ${program.heading[0]}`,
    language: 'equations',
    lines: printEquations(equations, 80),
  };
}
