// The three schedules of Bengio et al. 2015, section 2.4, with constants that bring each from nearly always to nearly never in the
// same number of updates.

import { exp, log } from '../numbers/elementary.ts';
import { exponentialSchedule, inverseSigmoidSchedule, linearSchedule, type Schedule } from '../training/schedules.ts';

export interface NamedSchedule {
  readonly name: string;
  /** Its formula with its constants. */
  readonly says: string;
  readonly truth: Schedule;
}

/** What is left of the exponential schedule at the end. */
const left = 0.01;

export function schedulesOver(updates: number): NamedSchedule[] {
  const k = exp(log(left) / updates);
  const s = halfwayAt(updates / 2);
  const short = (value: number): string => String(Number(value.toPrecision(4)));
  return [
    {
      name: 'linear',
      says: `max(0, 1 - i/${updates})`,
      truth: linearSchedule(1, { fall: 1 / updates }),
    },
    { name: 'exponential', says: `kⁱ, k = ${short(k)}`, truth: exponentialSchedule(1, { gamma: k }) },
    { name: 'inverse sigmoid', says: `k/(k + e^(i/k)), k = ${short(s)}`, truth: inverseSigmoidSchedule(s) },
  ];
}

/** The k with k ln k = i: there the inverse sigmoid is one half. At least 1. */
function halfwayAt(i: number): number {
  let [low, high] = [1, Math.max(2, i)];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (middle * log(middle) < i) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
