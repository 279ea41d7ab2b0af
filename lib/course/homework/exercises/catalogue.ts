// The exercises, in the order in which they are best done. Nothing else lists them.

import type { Exercise } from '../exercise.ts';
import { rnnStep } from './rnn-step.ts';

export const exercises: readonly Exercise[] = [rnnStep];

/** The exercise of that id. */
export const exerciseNamed = (id: string): Exercise | undefined => exercises.find((exercise) => exercise.id === id);
