// Three ways to train a model that will hear its own words later. They differ in one number, ε: how often the word it hears is true.

import type { Task } from '../tasks/task.ts';
import { constantSchedule, linearSchedule } from '../training/schedules.ts';
import type { Sampling } from '../training/training-loop.ts';

export const regimeNames = ['forced', 'scheduled', 'free'] as const;
export type RegimeName = (typeof regimeNames)[number];

/** Where scheduled sampling begins here; it ends at 0. The first row of Bengio et al. 2015, table 3. */
const scheduledFrom = 0.25;

export const regimeWords: Readonly<Record<RegimeName, string>> = {
  forced: 'teacher forcing',
  scheduled: 'scheduled sampling',
  free: 'always its own words',
};

/** ε over the updates: 1; from 0.25 down to 0 in a line; 0. */
export function samplingOf(regime: RegimeName, task: Task, updates: number): Sampling | undefined {
  switch (regime) {
    case 'forced':
      return undefined;
    case 'scheduled':
      return hearing(task, linearSchedule(scheduledFrom, { fall: scheduledFrom / updates }));
    case 'free':
      return hearing(task, constantSchedule(0));
  }
}

/** A coin for every step; a class is drawn by its probability, a value has no other. */
export const hearing = (task: Task, truth: Sampling['truth']): Sampling => ({
  truth,
  by: 'step',
  own: task.loss === 'cross-entropy' ? 'sampled' : 'likeliest',
});
