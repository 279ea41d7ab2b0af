// The exercises, in the order in which they are best done. Nothing else lists them.

import type { Exercise } from '../exercise.ts';
import { additiveAttention } from './additive-attention.ts';
import { birnn } from './birnn.ts';
import { clipGradients } from './clip-gradients.ts';
import { gruStep } from './gru-step.ts';
import { lstmBackward } from './lstm-backward.ts';
import { lstmStep } from './lstm-step.ts';
import { ownCell } from './own-cell.ts';
import { rnnBackward } from './rnn-backward.ts';
import { rnnForward } from './rnn-forward.ts';
import { rnnStep } from './rnn-step.ts';
import { samplingSchedule } from './sampling-schedule.ts';
import { truncatedBptt } from './truncated-bptt.ts';
import { unrolledParameters } from './unrolled-parameters.ts';

export const exercises: readonly Exercise[] = [
  rnnStep,
  rnnForward,
  unrolledParameters,
  birnn,
  lstmStep,
  gruStep,
  rnnBackward,
  truncatedBptt,
  clipGradients,
  lstmBackward,
  samplingSchedule,
  additiveAttention,
  ownCell,
];

/** The exercise of that id. */
export const exerciseNamed = (id: string): Exercise | undefined => exercises.find((exercise) => exercise.id === id);
