// What is a second direction for? One direction, one with as many parameters as two, and two, on a task that asks about the future.
// Schuster & Paliwal 1997.

import { type Random, random } from '../numbers/random.ts';
import { median } from '../numbers/statistics.ts';
import { startJson } from '../options/initialisation.ts';
import type { Json, LinesFigure, Result, TableFigure } from '../render/result.ts';
import type { Task } from '../tasks/task.ts';
import type { Design, Model } from '../training/model.ts';
import { evaluateModel } from '../training/scores.ts';
import { unroll } from '../training/unroll.ts';
import { bidirectionalClaims } from './bidirectional-claims.ts';
import { bidirectionalNext, bidirectionalNotes } from './bidirectional-words.ts';
import { type Ceiling, causalCeiling } from './causal-ceiling.ts';
import { asManyParameters, countsTable, type DirectionCounts, directionCounts } from './direction-counts.ts';
import { divergedNotes, firstNonFiniteIn } from './diverged.ts';
import { bandSeries } from './kit/band.ts';
import { picked } from './kit/picked.ts';
import type { Seeded } from './kit/seeds.ts';
import { left, right, rightColumn } from './table-columns.ts';
import { type TrainedModel, type TrainedOptions, trained } from './trained.ts';

export interface BidirectionalOptions extends Omit<TrainedOptions, 'directions'> {
  /** How many new sequences a model is scored on. */
  readonly sequences: number;
  readonly seed: number;
  readonly seeds: number;
}

/** What one trained model is worth. */
export interface Read {
  /** Accuracy or squared error; and at each step, null where nothing is wanted. */
  readonly score: number;
  readonly scoreAt: readonly (number | null)[];
  readonly loss: number;
  /** By how much at most its word at any step but the last changes when 1 is added to the last input. */
  readonly ahead: number;
  readonly parameters: number;
  /** Why there is no score. */
  readonly diverged?: string;
}

/** One of the three models, on every seed. */
export interface Reader {
  readonly name: string;
  readonly hidden: number;
  readonly directions: 1 | 2;
  readonly runs: readonly Read[];
}

/** What is known without training. */
export interface Known {
  readonly counts: DirectionCounts;
  readonly ceiling: Ceiling | undefined;
}

/** The three models. Those of one direction, and both directions, may be told apart by `directions`. */
export function readersOf({ task, cell, start }: BidirectionalOptions): Omit<Reader, 'runs'>[] {
  const design = { cells: [cell], hidden: start.hidden, inputs: task.inputs, outputs: task.outputs };
  return [
    { name: 'one direction', hidden: start.hidden, directions: 1 },
    { name: 'one, wider', hidden: asManyParameters(design), directions: 1 },
    { name: 'both directions', hidden: start.hidden, directions: 2 },
  ];
}

/** A seed trains the three models. Throws RangeError for steps that the task does not have. */
export function bidirectional(options: BidirectionalOptions): Seeded<readonly Read[]> {
  const { seed, seeds, updates, start } = options;
  const readers = readersOf(options);
  return {
    seeds,
    async run(k, watch) {
      const found: Read[] = [];
      for (const { hidden, directions } of readers) {
        const settings = { ...options, directions, start: { ...start, hidden } };
        const course = { watch, before: found.length * updates, all: readers.length * updates };
        const rng = random(seed + k);
        const model = await trained(settings, undefined, rng, course);
        if (model === undefined) return undefined;
        found.push(readBy(model, options, rng));
      }
      return found;
    },
    result: (found) => resultOf(found, { ...options, seeds: found.length }),
  };
}

function readBy(
  { model, diverged: early }: TrainedModel,
  { task, steps, sequences }: BidirectionalOptions,
  rng: Random,
): Read {
  const evaluated = evaluateModel(model, task, { rng: rng.fork('evaluation'), sequences, steps });
  const { batch, score, scoreAt, loss } = evaluated;
  const { scored = batch.weights } = batch;
  const isAsked = (t: number): boolean => scored.subarray(t * sequences, (t + 1) * sequences).some((w) => w !== 0);
  const cause = (): string => firstNonFiniteIn(model, batch.inputs, steps, sequences) ?? 'the loss overflows';
  const diverged = early ?? (Number.isFinite(loss + score) ? undefined : `on new data ${cause()}`);
  const of = (value: number): number => (diverged === undefined ? value : Number.NaN);
  return {
    ...(diverged === undefined ? {} : { diverged }),
    score: of(score),
    scoreAt: scoreAt.map((value, t) => (isAsked(t) ? of(value) : null)),
    loss: of(loss),
    ahead: of(lookAhead(model, task, steps, rng.fork('last input'))),
    parameters: model.parameters.length,
  };
}

const probes = 16;

/** The largest change of what is said before the last step when the last input changes by 1. */
export function lookAhead(model: Model, task: Task, steps: number, rng: Random): number {
  const { inputs } = task.batch(rng, probes, steps);
  const { runners: _, ...design }: Design = model.design;
  const unrolled = unroll({ ...model, design }, { steps, batch: probes, gradients: false });
  const before = (steps - 1) * probes;
  unrolled.inputs.set(inputs);
  unrolled.forward();
  const said = unrolled.outputs.slice(0, before * task.outputs);
  unrolled.inputs.set(inputs.map((value, i) => (i < before * task.inputs ? value : value + 1)));
  unrolled.forward();
  return said.reduce((most, value, i) => Math.max(most, Math.abs(value - unrolled.outputs[i]!)), 0);
}

function resultOf(bySeed: readonly (readonly Read[])[], options: BidirectionalOptions): Result {
  const { task, cell, start, steps, seed } = options;
  const readers = readersOf(options).map((reader, m) => ({ ...reader, runs: bySeed.map((runs) => runs[m]!) }));
  const known: Known = {
    counts: directionCounts({
      cells: [cell],
      hidden: start.hidden,
      inputs: task.inputs,
      outputs: task.outputs,
    }),
    ceiling: causalCeiling(task, steps),
  };
  return {
    unroll: 1,
    experiment: 'bidirectional',
    question: 'What is a second direction for?',
    options: {
      task: task.name,
      cell: cell.name,
      ...startJson(start),
      ...picked(options, 'steps', 'batch', 'updates', 'rate', 'sequences', 'seeds', 'engine'),
    } satisfies { [name: string]: Json },
    seed,
    figures: [
      scoresFigure(readers, known, options),
      scoresTable(readers, known, options),
      countsTable(cell.name, known.counts),
    ],
    claims: bidirectionalClaims(readers, known, options),
    notes: [
      ...divergedNotes(
        readers.flatMap(({ name, runs }) => runs.map(({ diverged }, k) => ({ name, k, diverged }))),
        options,
      ),
      ...bidirectionalNotes(known, options),
    ],
    next: bidirectionalNext(options),
  };
}

const scoreName = ({ score }: Task): string => (score === 'accuracy' ? 'accuracy' : 'squared error');

function scoresFigure(readers: readonly Reader[], { ceiling }: Known, options: BidirectionalOptions): LinesFigure {
  const { task, cell, start, steps, seeds, seed } = options;
  const baseline = task.baseline(steps);
  const asked = readers[0]!.runs[0]!.scoreAt.flatMap((value, t) => (value === null ? [] : [t]));
  return {
    kind: 'lines',
    title: `${task.name}: ${scoreName(task)} at each step`,
    settings: `${cell.name} · H ${start.hidden} · T ${steps} · ${seeds > 1 ? `${seeds} seeds` : `seed ${seed}`}`,
    x: { label: 't', values: asked.map((t) => t + 1) },
    y: { label: scoreName(task), scale: 'linear' },
    series: readers.map(({ name, runs }) =>
      bandSeries(
        name,
        runs.map(({ scoreAt }) => asked.map((t) => scoreAt[t]!)),
      ),
    ),
    reference:
      ceiling === undefined
        ? { label: baseline.says, value: baseline.score }
        : { label: 'causal ceiling', value: ceiling.accuracy },
  };
}

function scoresTable(readers: readonly Reader[], { ceiling }: Known, options: BidirectionalOptions): TableFigure {
  const { task, updates, seeds, steps, sequences } = options;
  const several = seeds > 1;
  const baseline = task.baseline(steps);
  const [says, score, loss] =
    ceiling === undefined
      ? ['without learning', baseline.score, baseline.loss]
      : ['causal ceiling', ceiling.accuracy, ceiling.loss];
  const range = (values: readonly number[]) => (several ? [Math.min(...values), Math.max(...values)] : []);
  return {
    kind: 'table',
    title: `After ${updates} updates${several ? `, median and range over ${seeds} seeds` : ''}; ${sequences} new sequences${several ? ' each' : ''}`,
    columns: [
      ...left('reads'),
      ...right('H', 'parameters'),
      ...right(scoreName(task)),
      ...(several ? right('from', 'to') : []),
      { ...rightColumn('loss'), digits: 4 },
    ],
    rows: [
      ...readers.map(({ name, hidden, runs }) => {
        const scores = runs.map((run) => run.score);
        const losses = runs.map((run) => run.loss);
        return [name, hidden, runs[0]!.parameters, median(scores), ...range(scores), median(losses)];
      }),
      [says, null, null, score, ...(several ? [null, null] : []), loss],
    ],
  };
}
