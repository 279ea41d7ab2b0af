// What happens to a model that has only ever heard the truth when it hears its own words? Exposure bias: Bengio, Vinyals, Jaitly &
// Shazeer 2015; Ranzato, Chopra, Auli & Zaremba 2016. Measured as G(t) = E_free(t) / E_forced(t).

import type { Cell } from '../../cells/catalogue.ts';
import { counted } from '../../numbers/counted.ts';
import { random } from '../../numbers/random.ts';
import { median } from '../../numbers/statistics.ts';
import { cellWords, learnerArgument } from '../../options/cell-argument.ts';
import { type ColumnSource, sourceFrom } from '../../options/data-source.ts';
import type { Environment } from '../../options/environment.ts';
import { checkSteps, columnAsTask, mostRows, textAsTask } from '../../options/given-task.ts';
import { type StartOptions, startJson } from '../../options/initialisation.ts';
import { oneOf } from '../../options/names.ts';
import { derived, type Group, group, numberOption, single, textOption } from '../../options/option.ts';
import { runsFor } from '../../options/runs.ts';
import { adamUpdates } from '../../options/training.ts';
import { once, type Typed, wholeNumber } from '../../options/typed.ts';
import type { Figure, Series, TableFigure } from '../../render/result.ts';
import { tasks } from '../../tasks/catalogue.ts';
import labelling from '../../tasks/labels.ts';
import type { Task } from '../../tasks/task.ts';
import { type ForcedAndFree, forcedAndFree, type Measure, measureOf } from '../forced-and-free.ts';
import { bandSeries, medianAndRange, rangeColumns, seedsShown } from '../kit/band.ts';
import { experiment } from '../kit/experiment.ts';
import { left, right, rightColumn } from '../table-columns.ts';
import { labelStart, trained } from '../trained.ts';
import { type RegimeName, regimeNames, regimeWords, samplingOf } from '../training-regimes.ts';
import { type ExposureOptions, exposureClaims, exposureNext, exposureNotes, type Trained } from './exposure-notes.ts';

/** Whoever is left alone with a series can go on for ever; a Reber string, which is fed back too, ends, and is no question for this. */
const builtIn: ReadonlyMap<string, Task> = new Map(
  [...tasks].filter(([, task]) => task === labelling || task.feedback?.kind === 'value'),
);
const seriesNames = [...builtIn.keys()];

type ContinuedTask = ExposureOptions['task'];

/** What a model is to learn and then to continue by itself: --series, --csv with --column, --file; the labels otherwise. */
export const continuedTask: Group<ContinuedTask> = {
  options: {
    series: textOption('Input', `a built-in one: ${seriesNames.join(', ')}`, 'labels'),
    csv: textOption('Input', 'a CSV file; - is standard input'),
    column: textOption('Input', 'its column: the name, or the number from 1'),
    file: textOption('Input', 'a text file, by character; - is standard input'),
  },
  first: true,
  async read(args, _, environment) {
    const limits = { bytes: 1_000_000, rows: mostRows };
    const source = await sourceFrom(args as { [key: string]: Typed }, ['series', 'csv', 'file'], limits, environment);
    if (source === undefined) return labelling;
    if (source.kind === 'column') return columnTask(source, environment);
    if (source.kind === 'text') {
      const task = textAsTask(source, 'give a longer text', environment);
      return { ...task, notes: [...task.notes, keptApart('tenth')] };
    }
    const fix = 'choose one of these, or give your own with --csv FILE';
    return builtIn.get(oneOf(source.name, { where: '--series', what: 'series', names: seriesNames, fix }))!;
  },
  json: ({ name }) => ({ task: name }),
  notes: ({ notes = [] }) => notes,
};

function columnTask(source: ColumnSource, environment: Environment): ContinuedTask {
  const task = columnAsTask(source, environment);
  const { scale, unit, notes = [] } = task;
  const { name } = source.column;
  const outside = scale.values.subarray(Math.floor(0.8 * scale.values.length)).filter((value) => Math.abs(value) > 2);
  return {
    ...task,
    // The name of a column is somebody else's: it must not be taken for a built-in series.
    name: `column ${name.replace(/^column /, '')}`,
    measure: {
      ...measureOf(task, unit?.deviation),
      label: `RMSE of ${name}${unit === undefined ? ' in deviations' : ''}`,
    },
    notes: [
      ...notes,
      keptApart('fifth'),
      ...(outside.length > 0
        ? [
            `${outside.length} of the values kept apart are more than two deviations from the mean of those learned from: the model is asked about what it has never seen, and that alone makes an error.`,
          ]
        : []),
    ],
  };
}

const keptApart = (part: string): string => `The last ${part} is kept apart, and the errors are measured on it.`;

/** Settings with which the bias is to be seen in seconds: those of the course for labels and series. */
const ofLabels = { cell: 'rnn', hidden: 8, steps: 30, prefix: 0, updates: 300, seeds: 10, sequences: 256 };
const ofSeries = { cell: 'gru', hidden: 16, steps: 50, prefix: 20, updates: 400, seeds: 4, sequences: 256 };
const ofText = { cell: 'gru', hidden: 32, steps: 40, prefix: 20, updates: 300, seeds: 2, sequences: 128 };

interface OfTask {
  readonly task: ContinuedTask;
}

const isLabels = (task: Task): boolean => task.name === labelling.name;
const usual = ({ task }: OfTask) => (isLabels(task) ? ofLabels : task.classes === undefined ? ofSeries : ofText);

const cell: Group<Cell, OfTask> = {
  places: { cell: [cellWords, 'rnn for labels, else gru'] },
  read: (args, of, environment) => learnerArgument((args.cell as string | undefined) ?? usual(of).cell, environment),
  json: ({ name }) => ({ cell: name }),
};

const regimes: Group<readonly RegimeName[]> = {
  options: { compare: textOption('Run', `ways to train, one or more: ${regimeNames.join(',')}`, 'forced') },
  read({ compare }) {
    const names = once('--compare', compare as Typed)
      ?.split(',')
      .map((name) => name.trim()) ?? ['forced'];
    const naming = { where: '--compare', what: 'way to train named', names: regimeNames, fix: 'choose from these' };
    const chosen = names.map((name) => oneOf(name, naming));
    return regimeNames.filter((name) => chosen.includes(name));
  },
  json: (value) => ({ compare: value }),
};

const start: Group<StartOptions, OfTask & { readonly cell: Cell }> = group({
  options: { hidden: numberOption('Cell', 'H, how many units', '8 for labels') },
  read(args, of) {
    const hidden = wholeNumber('--hidden', args.hidden, 1, 256, 'more takes long') ?? usual(of).hidden;
    return isLabels(of.task) ? labelStart(of.cell, hidden) : { hidden };
  },
  json: startJson,
});

const steps: Group<number, OfTask> = {
  ...single(
    'steps',
    numberOption('Input', 'T, how many steps a sequence has', '30 for labels'),
    (typed, of: OfTask) => {
      const { heldOut, ...task } = of.task;
      // What is kept apart of a short series may have fewer.
      const otherwise = Math.min(usual(of).steps, (heldOut ?? task).usual.steps);
      const value = wholeNumber('--steps', typed, 4, 1000, 'more takes long and fills no screen') ?? otherwise;
      checkSteps(of.task, value);
      return value;
    },
  ),
  first: true,
};

const prefix: Group<number, OfTask & { readonly steps: number }> = {
  ...single(
    'prefix',
    numberOption('Input', 'steps it hears before it is left alone', '0 for labels'),
    (typed, of: OfTask & { readonly steps: number }) => {
      const why = `of ${of.steps} steps at least two are run alone`;
      return (
        wholeNumber('--prefix', typed, 0, of.steps - 2, why) ?? Math.min(usual(of).prefix, Math.floor(0.4 * of.steps))
      );
    },
  ),
  first: true,
};

/** A seed finds the errors of every way to train. Throws RangeError for a task whose prediction is no input, and for steps that it does not have. */
export const exposure = experiment({
  name: 'exposure',
  describe: 'exposure bias: a model that hears its own words, and how the error grows',
  order: 50,
  question: 'What happens when a model hears its own words?',
  examples: [
    ['unroll exposure', 'labels seen through noise: the truth, then its own words'],
    ['unroll exposure --compare forced,scheduled,free', 'three ways to train'],
    ['unroll exposure --series two-sines', 'a series that is left alone'],
    ['unroll exposure lstm --csv co2.csv --column CO2', 'a series of your own'],
    ['unroll exposure --file book.txt', 'the next character of a text'],
  ],
  options: {
    task: continuedTask,
    cell,
    regimes,
    start,
    steps,
    prefix,
    batch: derived(() => 16),
    updates: adamUpdates((of: OfTask) => usual(of).updates, '300 for labels'),
    rate: derived(() => 0.01),
    sequences: derived((of: OfTask) => usual(of).sequences),
    ...runsFor((of: OfTask) => usual(of).seeds, '10 for labels'),
  },
  help: ['task', 'steps', 'prefix', 'start', 'regimes'],
  async seed(options, k, watch) {
    const { task, updates, seed } = options;
    const trial = { ...options, measure: measureFor(options) };
    const found: ForcedAndFree[] = [];
    for (const regime of options.regimes) {
      const course = { watch, before: found.length * updates, all: options.regimes.length * updates };
      const model = await trained(options, samplingOf(regime, task, updates), random(seed + k), course);
      if (model === undefined) return undefined;
      found.push(forcedAndFree(model, trial, seed + k));
    }
    return found;
  },
  answer(bySeed, options) {
    const found = options.regimes.map((regime, r) => ({ regime, runs: bySeed.map((runs) => runs[r]!) }));
    return {
      figures: [...errorFigures(found, options), growthFigure(found, options), tableOf(found, options)],
      claims: exposureClaims(found, options),
      notes: exposureNotes(found, options),
      next: exposureNext(options),
    };
  },
});

export default exposure;

const measureFor = ({ task }: OfTask): Measure => task.measure ?? measureOf(task);

const settingsOf = (options: ExposureOptions): string =>
  `${options.cell.name} · H ${options.start.hidden} · T ${options.steps} · ${seedsShown(options)}`;

/** Alone with nothing before it, step 1 is step 1; behind a prefix, steps are counted from where the model is left alone. */
const axisOf = ({ steps, prefix }: ExposureOptions) => ({
  label: prefix === 0 ? 't' : 'steps on its own',
  values: Array.from({ length: steps - prefix }, (_, k) => k + 1),
});

/** One way: both errors in one chart. Several: a chart for each error, and a line for each way. */
function errorFigures(found: readonly Trained[], options: ExposureOptions): Figure[] {
  const measure = measureFor(options);
  const settings = settingsOf(options);
  const unit = measure.unit === undefined ? '' : ` in ${measure.unit}`;
  // Errors in percent end at 100; those of a series grow by orders of magnitude.
  const scale = options.task.score === 'accuracy' ? 'linear' : 'log';
  const y = { label: measure.label, ...(measure.unit && { unit: measure.unit }), scale } as const;
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
  const curve = (of: 'freeAt' | 'forcedAt', { runs }: Trained, name: string) =>
    bandSeries(
      name,
      runs.map((run) => run[of]),
    );
  if (others.length === 0)
    return [
      figure(`${measure.label}${unit}, hearing its own words and hearing the truth`, [
        curve('freeAt', first!, 'on its own words'),
        curve('forcedAt', first!, 'hearing the truth'),
      ]),
    ];
  return [
    figure(
      `${measure.label}${unit} on its own words, by training`,
      found.map((each) => curve('freeAt', each, regimeWords[each.regime])),
    ),
    figure(
      `${measure.label}${unit} hearing the truth, by training`,
      found.map((each) => curve('forcedAt', each, regimeWords[each.regime])),
    ),
  ];
}

function growthFigure(found: readonly Trained[], options: ExposureOptions): Figure {
  return {
    kind: 'lines',
    title: 'G(t) = error on its own words / error hearing the truth, log scale',
    x: axisOf(options),
    y: { label: 'G(t)', scale: 'log' },
    series: found.map(({ regime, runs }) =>
      bandSeries(found.length > 1 ? regimeWords[regime] : 'G', runs.map(growthOf)),
    ),
    reference: { label: 'no difference', value: 1 },
  };
}

/** G at each step; null where the model makes no error at all on the truth. */
export const growthOf = ({ freeAt, forcedAt }: ForcedAndFree): (number | null)[] =>
  freeAt.map((free, k) => (forcedAt[k]! > 0 ? free / forcedAt[k]! : null));

function tableOf(found: readonly Trained[], options: ExposureOptions): TableFigure {
  const { seeds, prefix, steps } = options;
  const measure = measureFor(options);
  const over =
    prefix === 0 ? `over all ${steps} steps` : `over ${counted(steps - prefix, 'step')} behind ${prefix} of the truth`;
  return {
    kind: 'table',
    title: `${measure.label} ${over}${seeds > 1 ? ': median and range over seeds' : ''}`,
    columns: [
      ...left('training', 'hears'),
      ...rangeColumns(rightColumn(measure.label, measure.unit), seeds),
      ...right('ratio'),
    ],
    rows: found.flatMap(({ regime, runs }) => {
      const ratios = runs.filter((run) => run.forced !== 0).map((run) => run.free / run.forced);
      return [
        [regimeWords[regime], 'the truth', ...medianAndRange(runs.map((run) => run.forced)), null],
        [
          regimeWords[regime],
          'its own words',
          ...medianAndRange(runs.map((run) => run.free)),
          ratios.length > 0 ? median(ratios) : null,
        ],
      ];
    }),
  };
}
