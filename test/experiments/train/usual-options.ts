// What `unroll train` asks for on a task of the catalogue: its usual settings, on one seed.

import { builtIn } from '../../../lib/cells/catalogue.ts';
import type { LearningOptions } from '../../../lib/experiments/train/learners.ts';
import { tasks } from '../../../lib/tasks/catalogue.ts';

export const usualOptions = (name: string, more: Partial<LearningOptions> = {}): LearningOptions => {
  const task = more.task ?? tasks.get(name)!;
  const { hidden, ...lengths } = task.usual;
  return {
    task,
    cells: [builtIn('gru')],
    layers: 1,
    directions: 1,
    start: { hidden },
    ...lengths,
    optimiser: 'adam',
    schedule: 'constant',
    clip: { by: 'norm', most: 1 },
    seed: 1,
    seeds: 1,
    engine: 'fast',
    ...more,
  };
};
