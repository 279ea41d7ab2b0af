// The experiments: the default exports of lib/experiments.

import { defaultExports } from '../default-exports.ts';
import type { Experiment } from '../experiments/kit/experiment.ts';

export const experiments = await defaultExports<Experiment>(import.meta.url, '../experiments');
