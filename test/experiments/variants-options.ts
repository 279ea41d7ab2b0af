// What `unroll variants` asks for on a task that it has settings for, on two seeds.

import { builtIn } from '../../lib/cells/catalogue.ts';
import type { LearningOptions } from '../../lib/experiments/train/learners.ts';
import { small } from '../../lib/experiments/variants/variants.ts';
import { tasks } from '../../lib/tasks/catalogue.ts';

export const variantsOptions = (
  name: string,
  cells: readonly string[],
  more: Partial<LearningOptions> = {},
): LearningOptions => {
  const { hidden, ...lengths } = small[name]!;
  return {
    task: tasks.get(name)!,
    cells: cells.map(builtIn),
    layers: 1,
    directions: 1,
    start: { hidden },
    ...lengths,
    optimiser: 'adam',
    schedule: 'constant',
    clip: { by: 'norm', most: 1 },
    sequences: 128,
    seed: 1,
    seeds: 2,
    engine: 'fast',
    ...more,
  };
};
