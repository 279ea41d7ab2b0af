// aⁿbⁿ, which takes a counter: Gers & Schmidhuber 2001; who can count with finite precision: Weiss, Goldberg & Yahav 2018.

import { log } from '../numbers/elementary.ts';
import { accuracyAbove } from './bounds.ts';
import { type Batch, blank, type Task } from './task.ts';

/**
 * n times a, then n times b; at every b it is wanted whether it was the last. Strings of n from 1 to half the steps, evenly;
 * what is left over is empty and does not count.
 */
const counting: Task = {
  order: 6,
  name: 'counting',
  says: 'say when as many b have come as there were a',
  source: 'Gers & Schmidhuber 2001; Weiss, Goldberg & Yahav 2018',
  inputs: 2,
  outputs: 2,
  loss: 'cross-entropy',
  score: 'accuracy',
  shortest: 2,
  usual: { steps: 20, hidden: 6, batch: 10, updates: 500, rate: 0.02 },
  classes: ['more', 'end'],
  batch: (rng, size, steps) => {
    const most = Math.floor(steps / 2);
    return strings(
      Array.from({ length: size }, () => 1 + rng.below(most)),
      steps,
    );
  },
  /**
   * Of n b's one is the last, so with n even from 1 to N the share of last ones is N / Σn = 2/(N + 1): the entropy of that, and
   * `more` said always.
   */
  baseline: (steps) => {
    const p = 2 / (Math.floor(steps / 2) + 1);
    const entropy = p === 1 ? 0 : -(p * log(p) + (1 - p) * log(1 - p));
    return { loss: entropy, score: Math.max(p, 1 - p), says: 'how often a b is the last: 2/(N + 1)' };
  },
  learned: [accuracyAbove('gru', 0.95), accuracyAbove('lstm', 0.95)],
};
export default counting;

/** One string for each given n, all in `steps` steps. */
export function strings(ns: readonly number[], steps: number): Batch {
  const made = blank(counting, steps, ns.length);
  for (const [b, n] of ns.entries())
    for (let t = 0; t < 2 * n; t++) {
      made.put(t, b, t < n ? 0 : 1, 1);
      if (t >= n) made.want(t, b, t === 2 * n - 1 ? 1 : 0);
    }
  return made.batch;
}
