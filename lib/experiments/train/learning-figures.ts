// What `train` draws and tabulates: the loss over the updates, the end of it, and what a model of a text says.

import { counted } from '../../numbers/counted.ts';
import { random } from '../../numbers/random.ts';
import { mean, median } from '../../numbers/statistics.ts';
import type { LinesFigure, TableFigure, TextFigure } from '../../render/result.ts';
import { generate } from '../../training/free-running.ts';
import { bandSeries, seedsShown } from '../kit/band.ts';
import { left, right } from '../table-columns.ts';
import { type Learner, type LearningOptions, modelOf, sequencesFor, updatesBefore } from './learners.ts';

/** About as many points as a chart has columns. */
const mostPoints = 100;

const updatesOf = (bySeed: readonly (readonly Learner[])[]): number =>
  Math.max(0, ...bySeed.flat().map(({ losses }) => losses.length));

/** How many updates a point of the curve is the mean of. */
export const everyOf = (bySeed: readonly (readonly Learner[])[]): number =>
  Math.max(1, Math.ceil(updatesOf(bySeed) / mostPoints));

/** How many updates, a twentieth of them, the loss at the end is the mean of. */
export const lastOf = (bySeed: readonly (readonly Learner[])[]): number =>
  Math.max(1, Math.round(updatesOf(bySeed) / 20));

/** `bySeed[seed][cell]` */
export function learningCurves(bySeed: readonly (readonly Learner[])[], options: LearningOptions): LinesFigure {
  const { task, start, steps, batch, layers, directions, seed } = options;
  const [updates, every, before] = [updatesOf(bySeed), everyOf(bySeed), updatesBefore(options)];
  const points = Math.ceil(updates / every);
  const series = bySeed[0]!.map(({ name }, c) => {
    const curves = bySeed.map((learners) => meansOf(learners[c]!.losses, every));
    return bandSeries(
      name,
      curves.map((curve) => Array.from({ length: points }, (_, i) => curve[i] ?? null)),
    );
  });
  const { loss, says } = task.baseline(steps);
  const scale = scaleFor([...series.flatMap(({ values }) => values), loss]);
  const seeds = seedsShown({ seed, seeds: bySeed.length });
  const shape = [`H ${start.hidden}`, layers > 1 ? `${layers} layers` : '', directions === 2 ? 'both ways' : ''];
  const unit = task.loss === 'squared error' ? 'squared error' : 'cross-entropy in nats';
  return {
    kind: 'lines',
    title: `Loss (${unit})${bySeed.length > 1 ? ', median over seeds' : ''}${scale === 'log' ? ', log scale' : ''}`,
    settings: [...shape, `T ${steps}`, `B ${batch}`, seeds].filter((part) => part !== '').join(' · '),
    x: {
      label: 'update',
      values: Array.from({ length: points }, (_, i) => before + Math.min(updates, (i + 1) * every)),
    },
    y: { label: 'Loss', scale },
    series,
    reference: { label: says, value: loss },
  };
}

/** The mean of every `every` losses; the last one of what is left. */
function meansOf(losses: readonly number[], every: number): number[] {
  return Array.from({ length: Math.ceil(losses.length / every) }, (_, i) =>
    mean(losses.slice(i * every, (i + 1) * every)),
  );
}

/** Logarithmic where the values spread over more than a factor of ten. */
function scaleFor(values: readonly (number | null)[]): 'linear' | 'log' {
  const known = values.filter((value) => value !== null);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  return least > 0 && most / least >= 10 ? 'log' : 'linear';
}

export function tableOf(bySeed: readonly (readonly Learner[])[], options: LearningOptions): TableFigure {
  const { task, steps } = options;
  const { unit } = task;
  const several = bySeed.length > 1;
  const updates = updatesOf(bySeed);
  const last = lastOf(bySeed);
  const isAccuracy = task.score === 'accuracy';
  const held = task.heldOut ?? task;
  const [trained, tested] = [task.baseline(steps), held.baseline(steps)];
  const worst = (values: readonly number[], isBetterHigh: boolean): number =>
    isBetterHigh ? Math.min(...values) : Math.max(...values);
  const columns = [
    ...left('cell'),
    ...right('parameters', 'training loss'),
    ...right(task.heldOut === undefined ? 'new data' : 'held out'),
    ...(several && !isAccuracy ? right('worst seed') : []),
    ...(isAccuracy ? right('accuracy') : []),
    ...(several && isAccuracy ? right('worst seed') : []),
    ...(unit === undefined ? [] : right(`error in ${unit.name}`)),
  ];
  const rowOf = (name: string, parameters: number | null, lasts: number[], losses: number[], scores: number[]) => [
    name,
    parameters,
    median(lasts),
    median(losses),
    ...(several && !isAccuracy ? [parameters === null ? null : worst(losses, false)] : []),
    ...(isAccuracy ? [median(scores)] : []),
    ...(several && isAccuracy ? [parameters === null ? null : worst(scores, true)] : []),
    ...(unit === undefined ? [] : [Math.sqrt(median(losses)) * unit.deviation]),
  ];
  const rows = bySeed[0]!.map(({ name, parameters }, c) => {
    const learners = bySeed.map((row) => row[c]!);
    return rowOf(
      name,
      parameters.length,
      learners.map(({ losses }) => (losses.length === 0 ? Number.NaN : mean(losses.slice(-last)))),
      learners.map(({ scores }) => scores!.loss),
      learners.map(({ scores }) => scores!.score),
    );
  });
  const after = `After ${counted(updatesBefore(options) + updates, 'update')}`;
  const over = several ? `, median over ${bySeed.length} seeds` : '';
  const drawn = held.drawnFrom === undefined ? '' : ` drawn from ${held.drawnFrom}`;
  const tests = `${task.heldOut === undefined ? 'new data' : 'held out'}: ${counted(sequencesFor(options), 'sequence')}${drawn}${several ? ' each' : ''}`;
  return {
    kind: 'table',
    title: `${after}${over}; ${tests}`,
    columns,
    rows: [...rows, rowOf('baseline', null, [trained.loss], [tested.loss], [tested.score])],
  };
}

const temperatures = [0.2, 0.5, 1, 1.5];
const generated = 120;

/** What the models of a text generate, verbatim: a figure for each temperature. */
export function samplesOf(learners: readonly Learner[], options: LearningOptions): TextFigure[] {
  const { task, seed } = options;
  const { classes = [], beginning } = task;
  if (beginning === undefined) return [];
  const textOf = (words: Iterable<number>) => Array.from(words, (word) => classes[word]).join('');
  const visible = textOf(beginning).replace(/\r\n|\n|\r/g, '⏎');
  // A model whose outputs are not finite predicts nothing.
  return learners.flatMap((learner, c) =>
    (learner.diverged === undefined ? temperatures : []).map((temperature): TextFigure => {
      const rng = random(seed).fork('speech');
      const sample = { beginning, count: generated, temperature, rng };
      return {
        kind: 'text',
        title: `${learner.name} after "${visible}", sampled at temperature ${temperature}`,
        language: 'sample',
        lines: textOf(generate(modelOf(options, c, learner), task, sample)).split('\n'),
      };
    }),
  );
}
