// The figures of `probe`: the text under one unit and under one prediction, then how well units know, over seeds.

import { median } from '../../numbers/statistics.ts';
import { spelt } from '../../options/input-sequence.ts';
import type { Figure, HeatmapFigure, LinesFigure, TableFigure } from '../../render/result.ts';
import { bandSeries, medianAndRange, rangeColumns } from '../kit/band.ts';
import { left, right } from '../table-columns.ts';
import { properties } from './text-properties.ts';
import { bestScores, type ProbeOptions, type ProbeRun, placeOf, probedState, type UnitScore } from './units.ts';

export function probeFigures(found: readonly ProbeRun[], options: ProbeOptions): Figure[] {
  return [
    shaded(found[0]!, options),
    heard(found[0]!, options),
    byRank(found, options),
    scoreTable(found, options),
    costTable(found, options),
  ];
}

const settingsOf = ({ cell, start, updates }: ProbeOptions): string =>
  `${cell.name} · H ${start.hidden} · ${updates} updates`;

const ofSeeds = ({ seed, seeds }: ProbeOptions): string => (seeds > 1 ? `median of ${seeds} seeds` : `seed ${seed}`);

/** Names as in the chart: `c 7`, or `−c 7` where the unit falls with the property and is drawn turned round. */
export const unitName = ({ cell }: ProbeOptions, { unit, sign }: Pick<UnitScore, 'unit' | 'sign'>): string =>
  `${sign < 0 ? '−' : ''}${probedState(cell)} ${unit + 1}`;

function shaded({ shade, trained }: ProbeRun, options: ProbeOptions): HeatmapFigure {
  const { characters, from, shown, known } = options.task;
  const index = placeOf(options);
  const { says } = properties[options.property];
  const yes = new Set(known[index]!.labels).size === 2;
  const labels = known[index]!.labels.slice(from, from + shown);
  const right = shade.values.filter((value, t) => value > 0 === labels[t]! > 0).length;
  const score = trained[index]!.find(({ unit }) => unit === shade.unit)!.measured;
  const name = unitName(options, shade);
  const told = yes && Number.isFinite(score) ? `, the sign right at ${Math.round((100 * right) / shown)} % here` : '';
  return {
    kind: 'heatmap',
    title: `${name}${yes ? ' from its threshold' : ''}, next to \`${says}\`: AUC ${Number.isFinite(score) ? score.toFixed(2) : 'not finite'}${told}`,
    settings: settingsOf(options),
    rows: { label: 'unit', names: [name, options.property] },
    columns: { label: 'character', names: characters.slice(from, from + shown) },
    values: [shareOfLargest(shade.values), shareOfLargest(labels)],
    scale: { kind: 'diverging', low: -1, high: 1 },
    unit: 'of the largest',
  };
}

function shareOfLargest(values: readonly number[]): number[] {
  const largest = Math.max(...values.map(Math.abs));
  return values.map((value) => (largest === 0 ? 0 : value / largest));
}

function heard({ heard: { says, trained, untrained } }: ProbeRun, options: ProbeOptions): HeatmapFigure {
  const { task, at, seed } = options;
  const { characters, from } = task;
  return {
    kind: 'heatmap',
    title: `What moves the prediction after character ${at}: ‖∂y/∂x_t‖, y the score of ${says < 0 ? '' : `${spelt(task.classes[says]!)}, `}the likeliest next character`,
    settings: `seed ${seed}`,
    rows: { label: 'model', names: ['trained', 'untrained'] },
    columns: { label: 'character', names: characters.slice(from + at - trained.length, from + at) },
    values: [shareOfLargest(trained), shareOfLargest(untrained)],
    scale: { kind: 'sequential', low: 0, high: 1 },
    unit: 'of the largest',
  };
}

function byRank(found: readonly ProbeRun[], options: ProbeOptions): LinesFigure {
  const index = placeOf(options);
  const curves = (of: 'trained' | 'untrained') => found.map((each) => each[of][index]!.map(({ measured }) => measured));
  return {
    kind: 'lines',
    title: `How well each unit tells \`${properties[options.property].says}\`, by rank`,
    settings: ofSeeds(options),
    x: { label: 'rank of the unit', values: found[0]!.trained[index]!.map((_, rank) => rank + 1) },
    y: { label: 'AUC', scale: 'linear' },
    series: [bandSeries('trained', curves('trained')), bandSeries('untrained', curves('untrained'))],
    reference: { label: 'by chance', value: 0.5 },
  };
}

function scoreTable(found: readonly ProbeRun[], { seeds, task }: ProbeOptions): TableFigure {
  const area = (title: string) => ({ title, align: 'right' as const, digits: 2 });
  return {
    kind: 'table',
    title: `AUC of the best unit, on the half by which it was not chosen${seeds > 1 ? `: median and range over ${seeds} seeds` : ''}`,
    columns: [...left('property'), ...rangeColumns(area('trained'), seeds), area('untrained'), area('by chance')],
    rows: task.known.map(({ name }, p) => [
      properties[name].says,
      ...medianAndRange(bestScores(found, 'trained', p)),
      median(bestScores(found, 'untrained', p)),
      median(found.map(({ chance }) => chance[p]!.measured)),
    ]),
  };
}

/** 1 for the unit whose loss is missed most; NaN where a cost is. */
const rankByCost = (costs: readonly number[], unit: number): number =>
  costs.some(Number.isNaN) ? Number.NaN : 1 + costs.filter((cost) => cost > costs[unit]!).length;

function costTable(found: readonly ProbeRun[], options: ProbeOptions): TableFigure {
  const units = found[0]!.costs.length;
  const over = (of: (each: ProbeRun) => number): number => median(found.map(of));
  return {
    kind: 'table',
    title: `Is it used? What the loss grows by when a unit is cut off, ${ofSeeds(options)}`,
    columns: [...left('unit'), ...right('nats a character', `rank of ${units} by loss`)],
    rows: [
      ...options.task.known.map(({ name }, p) => {
        const best = ({ trained }: ProbeRun): number => trained[p]![0]!.unit;
        return [
          `best for \`${properties[name].says}\``,
          over((each) => each.costs[best(each)]!),
          over((each) => rankByCost(each.costs, best(each))),
        ];
      }),
      ['the one missed most', over(({ costs }) => Math.max(...costs)), 1],
      ['the middle of all', over(({ costs }) => median(costs)), null],
    ],
  };
}
