// The logistic map in full chaos: May 1976.

import { lossBelow, seriesSettings } from './bounds.ts';
import { continuing } from './continuing.ts';

/** x ← 4x(1 - x) from a random start, after 100 steps, less its mean ½. */
export default continuing(
  {
    order: 14,
    name: 'logistic-map',
    says: 'continue x ← 4x(1 - x), which is chaos',
    source: 'May 1976',
    learned: ['rnn', 'gru', 'lstm'].map((cell) => lossBelow(cell, 0.01)),
    exposure: {
      at: seriesSettings,
      grows: 20,
      after: 20,
      costs: 3,
      remark: 'In this chaotic map a small error doubles at every step on average (its Lyapunov exponent is ln 2).',
    },
  },
  (rng, count) => {
    let x = 0.01 + 0.98 * rng.uniform();
    const step = (): number => {
      x = 4 * x * (1 - x);
      return x;
    };
    for (let t = 0; t < 100; t++) step();
    return Float64Array.from({ length: count }, () => step() - 0.5);
  },
  // Values are spread as sin²: variance 1/8, and no two of them are correlated.
  () => ({ loss: 1 / 8, score: 1 / 8, says: 'always the mean: the variance, 1/8' }),
);
