// One model, trained: what the experiments with trained models have in common. Adam, clipped at norm 1.

import type { Cell } from '../cells/catalogue.ts';
import type { Random } from '../numbers/random.ts';
import type { Task } from '../tasks/task.ts';
import { createModel, type Model } from '../training/model.ts';
import { constantRate } from '../training/rates.ts';
import { type Sampling, train } from '../training/train.ts';
import { type StartOptions, startValues } from './start.ts';

export interface TrainedOptions {
  readonly task: Task;
  readonly cell: Cell;
  readonly start: StartOptions;
  /** T of the sequences it learns from. */
  readonly steps: number;
  readonly batch: number;
  readonly updates: number;
  /** Of Adam. */
  readonly rate: number;
}

/** Called after every update of any model, so that somebody may draw a bar: updates done and updates in all. */
export type Watch = (done: number, all: number) => void;

/** The first values and the data depend on `rng` alone: models that are trained in several ways begin alike and see the same. */
export async function trained(
  { task, cell, start, steps, batch, updates, rate }: TrainedOptions,
  sampling: Sampling | undefined,
  rng: Random,
  tick: () => void,
): Promise<Model> {
  const { inputs, outputs } = task;
  const design = { cells: [cell], directions: 1, hidden: start.hidden, inputs, outputs } as const;
  const model = createModel(design, rng.fork('model'), (of, sizes, stream) => startValues(of, sizes, start, stream));
  const run = train(model, {
    task,
    rng: rng.fork('data'),
    steps,
    batch,
    updates,
    rate: constantRate(rate),
    clip: { by: 'norm', most: 1 },
    ...(sampling === undefined ? {} : { sampling }),
  });
  for await (const _ of run) tick();
  return model;
}

/** On the label task the plain cell starts with this spectral radius: at 1 it remembers too much noise to learn as fast. */
const labelRadius = 0.9;

export const labelStart = (cell: Cell, hidden: number): StartOptions =>
  cell.name === 'rnn' ? { hidden, radius: labelRadius } : { hidden };
