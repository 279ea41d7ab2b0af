// The exercises, in the order in which they are best done. Nothing else lists them.

import type { Exercise } from '../exercise.ts';
import { additiveAttention } from './additive-attention.ts';
import { gruStep } from './gru-step.ts';
import { lstmStep } from './lstm-step.ts';
import { ownCell } from './own-cell.ts';
import { rnnStep } from './rnn-step.ts';
import { samplingSchedule } from './sampling-schedule.ts';
import { unrolledParameters } from './unrolled-parameters.ts';

export const exercises: readonly Exercise[] = [
  rnnStep,
  unrolledParameters,
  lstmStep,
  gruStep,
  samplingSchedule,
  additiveAttention,
  ownCell,
];

/** The exercise of that id. */
export const exerciseNamed = (id: string): Exercise | undefined => exercises.find((exercise) => exercise.id === id);
