// What `variants` claims: of two tasks, under the settings that the command has for them. Most bounds are held against every seed, and they held
// on seeds 1 to 20 with room (test/experiments/variants.deep.test.ts), and on 101 to 140.

import { median } from '../numbers/statistics.ts';
import type { Claim } from '../render/result.ts';
import { claim } from './kit/claim.ts';
import type { LearningOptions } from './train/learners.ts';
import type { Variant } from './variants.ts';

/** Settings with which nine cells learn enough of a task in seconds to differ. */
export interface Small {
  readonly steps: number;
  readonly hidden: number;
  readonly batch: number;
  readonly updates: number;
  readonly rate: number;
}

interface Known {
  readonly cell: string;
  readonly relation: '<' | '>';
  /** Of the difference of the losses, in nats. */
  readonly bound: number;
  readonly says: string;
  /** Held against the median of the seeds: one in many learns by luck. */
  readonly inTheMedian?: true;
}

export const small: Readonly<Record<string, Small>> = {
  reber: { steps: 20, hidden: 8, batch: 16, updates: 80, rate: 0.02 },
  counting: { steps: 20, hidden: 6, batch: 10, updates: 120, rate: 0.02 },
};

const whole = 'lstm-peephole';
const known: Readonly<Record<string, readonly Known[]>> = {
  reber: [
    {
      cell: 'lstm-no-forget-gate',
      relation: '>',
      bound: 0.05,
      says: 'the forget gate matters: without it the loss is more than 0.05 nats higher',
    },
    {
      cell: 'lstm-no-input-activation',
      relation: '<',
      bound: 0.02,
      says: 'the input activation is not missed: without it the loss is less than 0.02 nats higher',
    },
  ],
  counting: [
    {
      cell: 'lstm-coupled',
      relation: '>',
      bound: 0.01,
      says: 'a counter wants two gates: with coupled ones the loss is more than 0.01 nats higher',
      inTheMedian: true,
    },
  ],
};

export function variantsClaims(all: readonly Variant[], options: LearningOptions): Claim[] {
  const { task, start, steps, batch, updates, rate, seeds } = options;
  const usual = small[task.name];
  const isSmall =
    usual !== undefined &&
    all[0]!.name === whole &&
    start.init === undefined &&
    start.forgetBias === undefined &&
    start.hidden === usual.hidden &&
    steps === usual.steps &&
    batch === usual.batch &&
    updates === usual.updates &&
    rate === usual.rate;
  if (!isSmall) return [];
  return known[task.name]!.flatMap(({ cell, relation, bound, says, inTheMedian }) => {
    const found = all.find(({ name }) => name === cell);
    if (found === undefined) return [];
    const worst = relation === '>' ? Math.min(...found.differences) : Math.max(...found.differences);
    const measured = inTheMedian ? median(found.differences) : worst;
    const where = seeds === 1 ? '' : inTheMedian ? ', in the median' : ', in every seed';
    const id = `${cell}-${relation === '>' ? 'worse' : 'no-worse'}`;
    return [claim(id, `${says}${where}`, measured, relation, bound)];
  });
}
