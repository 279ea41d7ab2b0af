// What happens to a model that has only ever heard the truth when it hears its own words? Exposure bias: Bengio, Vinyals, Jaitly &
// Shazeer 2015; Ranzato, Chopra, Auli & Zaremba 2016. Measured as G(t) = E_free(t) / E_forced(t).

import { counted } from '../numbers/counted.ts';
import { random } from '../numbers/random.ts';
import { median } from '../numbers/statistics.ts';
import { startJson } from '../options/initialisation.ts';
import type { Figure, Json, Result, Series, TableFigure } from '../render/result.ts';
import { exposureClaims } from './exposure-claims.ts';
import { exposureNext, exposureNotes } from './exposure-words.ts';
import { type ForcedAndFree, forcedAndFree, type Measure } from './forced-and-free.ts';
import { bandSeries } from './kit/band.ts';
import { picked } from './kit/picked.ts';
import type { Seeded } from './kit/seeds.ts';
import { left, right, rightColumn } from './table-columns.ts';
import { type TrainedOptions, trained } from './trained.ts';
import { samplingOf, type WayName, waySays } from './ways.ts';

export interface ExposureOptions extends TrainedOptions {
  readonly ways: readonly WayName[];
  /** Steps of each sequence that the model hears the truth of before it is left alone; below `steps`. */
  readonly prefix: number;
  /** How many sequences an error is measured on. */
  readonly sequences: number;
  readonly measure: Measure;
  readonly seed: number;
  readonly seeds: number;
}

/** One way of training on every seed. */
export interface Trained {
  readonly way: WayName;
  readonly runs: readonly ForcedAndFree[];
}

/** A seed finds the errors of every way to train. Throws RangeError for a task whose prediction is no input, and for steps that it does not have. */
export function exposure(options: ExposureOptions): Seeded<readonly ForcedAndFree[]> {
  const { task, ways, updates, seed, seeds } = options;
  return {
    seeds,
    async run(k, watch) {
      const found: ForcedAndFree[] = [];
      for (const way of ways) {
        const course = { watch, before: found.length * updates, all: ways.length * updates };
        const model = await trained(options, samplingOf(way, task, updates), random(seed + k), course);
        if (model === undefined) return undefined;
        found.push(forcedAndFree(model, options, seed + k));
      }
      return found;
    },
    result: (found) => resultOf(found, { ...options, seeds: found.length }),
  };
}

function resultOf(bySeed: readonly (readonly ForcedAndFree[])[], options: ExposureOptions): Result {
  const { task, cell, ways, seed, start } = options;
  const found = ways.map((way, w) => ({ way, runs: bySeed.map((runs) => runs[w]!) }));
  return {
    unroll: 1,
    experiment: 'exposure',
    question: 'What happens when a model hears its own words?',
    options: {
      task: task.name,
      cell: cell.name,
      compare: ways,
      ...startJson(start),
      ...picked(options, 'steps', 'prefix', 'batch', 'updates', 'rate', 'sequences', 'seeds', 'engine'),
    } satisfies { [name: string]: Json },
    seed,
    figures: [...errorFigures(found, options), growthFigure(found, options), tableOf(found, options)],
    claims: exposureClaims(found, options),
    notes: exposureNotes(found, options),
    next: exposureNext(options),
  };
}

const settingsOf = ({ start, steps, seeds, seed, cell }: ExposureOptions): string =>
  `${cell.name} · H ${start.hidden} · T ${steps} · ${seeds > 1 ? `${seeds} seeds` : `seed ${seed}`}`;

/** Alone with nothing before it, step 1 is step 1; behind a prefix, steps are counted from where the model is left alone. */
const axisOf = ({ steps, prefix }: ExposureOptions) => ({
  label: prefix === 0 ? 't' : 'steps on its own',
  values: Array.from({ length: steps - prefix }, (_, k) => k + 1),
});

/** One way: both errors in one chart. Several: a chart for each error, and a line for each way. */
function errorFigures(found: readonly Trained[], options: ExposureOptions): Figure[] {
  const { measure, task } = options;
  const settings = settingsOf(options);
  const unit = measure.unit === undefined ? '' : ` in ${measure.unit}`;
  // Errors in percent end at 100; those of a series grow by orders of magnitude.
  const scale = task.score === 'accuracy' ? 'linear' : 'log';
  const y = { label: measure.label, ...(measure.unit === undefined ? {} : { unit: measure.unit }), scale } as const;
  const x = axisOf(options);
  const [first, ...others] = found;
  const figure = (title: string, series: readonly Series[]): Figure => ({
    kind: 'lines',
    title,
    settings,
    x,
    y,
    series,
  });
  const free = ({ runs }: Trained, name: string) =>
    bandSeries(
      name,
      runs.map(({ freeAt }) => freeAt),
    );
  const forced = ({ runs }: Trained, name: string) =>
    bandSeries(
      name,
      runs.map(({ forcedAt }) => forcedAt),
    );
  if (others.length === 0)
    return [
      figure(`${measure.label}${unit}, hearing its own words and hearing the truth`, [
        free(first!, 'on its own words'),
        forced(first!, 'hearing the truth'),
      ]),
    ];
  return [
    figure(
      `${measure.label}${unit} on its own words, by training`,
      found.map((each) => free(each, waySays[each.way])),
    ),
    figure(
      `${measure.label}${unit} hearing the truth, by training`,
      found.map((each) => forced(each, waySays[each.way])),
    ),
  ];
}

function growthFigure(found: readonly Trained[], options: ExposureOptions): Figure {
  return {
    kind: 'lines',
    title: 'G(t) = error on its own words / error hearing the truth, log scale',
    x: axisOf(options),
    y: { label: 'G(t)', scale: 'log' },
    series: found.map(({ way, runs }) => bandSeries(found.length > 1 ? waySays[way] : 'G', runs.map(growthOf))),
    reference: { label: 'no difference', value: 1 },
  };
}

/** G at each step; null where the model makes no error at all on the truth. */
export const growthOf = ({ freeAt, forcedAt }: ForcedAndFree): (number | null)[] =>
  freeAt.map((free, k) => (forcedAt[k]! > 0 ? free / forcedAt[k]! : null));

function tableOf(found: readonly Trained[], { measure, seeds, prefix, steps }: ExposureOptions): TableFigure {
  const measured = (title: string) => rightColumn(title, measure.unit);
  const over =
    prefix === 0 ? `over all ${steps} steps` : `over ${counted(steps - prefix, 'step')} behind ${prefix} of the truth`;
  const several = seeds > 1;
  const row = (values: readonly number[]) =>
    several ? [median(values), Math.min(...values), Math.max(...values)] : [median(values)];
  return {
    kind: 'table',
    title: `${measure.label} ${over}${several ? ': median and range over seeds' : ''}`,
    columns: [
      ...left('training', 'hears'),
      measured(measure.label),
      ...(several ? [measured('from'), measured('to')] : []),
      ...right('ratio'),
    ],
    rows: found.flatMap(({ way, runs }) => {
      const ratios = runs.filter((run) => run.forced !== 0).map((run) => run.free / run.forced);
      return [
        [waySays[way], 'the truth', ...row(runs.map((run) => run.forced)), null],
        [waySays[way], 'its own words', ...row(runs.map((run) => run.free)), ratios.length > 0 ? median(ratios) : null],
      ];
    }),
  };
}
