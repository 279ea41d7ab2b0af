// The exercises, in the order in which they are best done. Nothing else lists them.

import type { Exercise } from './exercise.ts';
import { additiveAttention } from './exercises/additive-attention.ts';
import { birnn } from './exercises/birnn.ts';
import { clipGradients } from './exercises/clip-gradients.ts';
import { gruStep } from './exercises/gru-step.ts';
import { lstmBackward } from './exercises/lstm-backward.ts';
import { lstmStep } from './exercises/lstm-step.ts';
import { ownCell } from './exercises/own-cell.ts';
import { rnnBackward } from './exercises/rnn-backward.ts';
import { rnnForward } from './exercises/rnn-forward.ts';
import { rnnStep } from './exercises/rnn-step.ts';
import { samplingSchedule } from './exercises/sampling-schedule.ts';
import { truncatedBptt } from './exercises/truncated-bptt.ts';
import { unrolledParameters } from './exercises/unrolled-parameters.ts';

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
