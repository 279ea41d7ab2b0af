// One model trained on one task with its usual settings: what the tests of learning have in common.

import { builtIn } from '../../lib/cells/catalogue.ts';
import { type Random, random } from '../../lib/numbers/random.ts';
import { type StartOptions, startValues } from '../../lib/options/initialisation.ts';
import { tasks } from '../../lib/tasks/catalogue.ts';
import type { Task, Usual } from '../../lib/tasks/task.ts';
import { createModel, type Model } from '../../lib/training/model.ts';
import { constantSchedule } from '../../lib/training/schedules.ts';
import { type Sampling, trainNow } from '../../lib/training/training-loop.ts';

export interface FitOptions extends Partial<Usual> {
  readonly directions?: 1 | 2;
  readonly start?: Partial<StartOptions>;
  readonly sampling?: Sampling;
}

/** Adam, clipped at norm 1. */
export function fit(
  cell: string,
  taskName: string,
  seed: number,
  { directions = 1, start = {}, sampling, ...more }: FitOptions = {},
): { readonly model: Model; readonly task: Task; readonly rng: Random } {
  const task = tasks.get(taskName)!;
  const { hidden, rate, steps, batch, updates } = { ...task.usual, ...more };
  const rng = random(seed);
  const { inputs, outputs } = task;
  const model = createModel(
    { cells: [builtIn(cell)], directions, hidden, inputs, outputs },
    rng.fork('model'),
    (of, sizes, stream) => startValues(of, sizes, { hidden, ...start }, stream),
  );
  trainNow(model, {
    task,
    rng: rng.fork('data'),
    steps,
    batch,
    updates,
    rate: constantSchedule(rate),
    clip: { by: 'norm', most: 1 },
    ...(sampling === undefined ? {} : { sampling }),
  });
  return { model, task, rng };
}
