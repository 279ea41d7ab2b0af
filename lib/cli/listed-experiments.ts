// What the list of commands says of the experiments. In the bundle it is written down, so that no experiment is read for --help.

import type { Experiment } from '../experiments/kit/experiment.ts';
import { experiments } from './experiments.ts';

export const listedExperiments: readonly Pick<Experiment, 'usage' | 'describe' | 'order'>[] = experiments.map(
  ({ usage, describe, order }) => ({ usage, describe, order }),
);
