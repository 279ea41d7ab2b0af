// One model, trained: what the experiments with trained models have in common. Adam, clipped at norm 1.

import type { Cell } from '../cells/catalogue.ts';
import type { Random } from '../numbers/random.ts';
import { type EngineName, runnersFor } from '../options/engine.ts';
import { type StartOptions, startJson, startValues } from '../options/initialisation.ts';
import { type Group, group, numberOption } from '../options/option.ts';
import { wholeNumber } from '../options/typed.ts';
import type { Task } from '../tasks/task.ts';
import { createModel, type Model } from '../training/model.ts';
import { constantSchedule } from '../training/schedules.ts';
import { type Sampling, train } from '../training/training-loop.ts';
import { divergedSays } from './diverged.ts';
import type { Watch } from './kit/seeds.ts';

export interface TrainedOptions {
  readonly task: Task;
  readonly cell: Cell;
  /** 1, if absent. */
  readonly directions?: 1 | 2;
  readonly start: StartOptions;
  /** T of the sequences it learns from. */
  readonly steps: number;
  readonly batch: number;
  readonly updates: number;
  /** Of Adam. */
  readonly rate: number;
  readonly engine: EngineName;
}

export interface TrainedModel {
  readonly model: Model;
  /** Why training ended early: the model is then not one that was trained, and nothing is measured on it. */
  readonly diverged?: string;
}

/** Who looks on is told of every update, as a part of `all`, of which `before` were done; and may end it. */
interface Course {
  readonly watch: Watch;
  readonly before: number;
  readonly all: number;
}

/**
 * The first values and the data depend on `rng` alone: models that are trained in several ways begin alike and see the same.
 * Undefined when it was told to stop.
 */
export async function trained(
  { task, cell, directions = 1, start, steps, batch, updates, rate, engine }: TrainedOptions,
  sampling: Sampling | undefined,
  rng: Random,
  { watch, before, all }: Course,
): Promise<TrainedModel | undefined> {
  const { inputs, outputs } = task;
  const runners = await runnersFor(engine);
  const design = { cells: [cell], directions, hidden: start.hidden, inputs, outputs, runners };
  const model = createModel(design, rng.fork('model'), (of, sizes, stream) => startValues(of, sizes, start, stream));
  const run = train(model, {
    task,
    rng: rng.fork('data'),
    steps,
    batch,
    updates,
    rate: constantSchedule(rate),
    clip: { by: 'norm', most: 1 },
    ...(sampling === undefined ? {} : { sampling }),
  });
  for (let next = run.next(); ; next = run.next()) {
    if (next.done) {
      const { value } = next;
      return value === undefined ? { model } : { model, diverged: divergedSays(value, model, batch) };
    }
    await watch.tick(before + next.value.update, all);
    if (watch.stopped()) return undefined;
  }
}

/** On the label task the plain cell starts with this spectral radius: at 1 it remembers too much noise to learn as fast. */
const labelRadius = 0.9;

export const labelStart = (cell: Cell, hidden: number): StartOptions =>
  cell.name === 'rnn' ? { hidden, radius: labelRadius } : { hidden };

export const labelInitialisation: Group<StartOptions, { readonly cell: Cell }> = group({
  options: { hidden: numberOption('Cell', 'H, how many units', '8') },
  read: ({ hidden }, { cell }) => labelStart(cell, wholeNumber('--hidden', hidden, 1, 256, 'more takes long') ?? 8),
  json: startJson,
});
