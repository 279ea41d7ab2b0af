// What is said of the experiments where none is read, as in --help: in the bundle it is written down.

import type { Experiment } from '../experiments/kit/experiment.ts';
import { experiments } from './experiments.ts';

export const listedExperiments: readonly (Pick<Experiment, 'usage' | 'describe' | 'order'> & {
  /** Its --text, --file, --csv, --column and --signal are the sequence that drives the cells. */
  readonly driven: boolean;
})[] = experiments.map(({ usage, describe, order, options }) => ({
  usage,
  describe,
  order,
  driven: 'signal' in options,
}));
