// Sums of sines with a new phase for every sequence. The course's own.

import { cosineAndSine, sineWave } from '../numbers/angle.ts';
import type { Random } from '../numbers/random.ts';
import { lossBelow, seriesSettings } from './bounds.ts';
import { continuing } from './continuing.ts';
import type { Task } from './task.ts';

/** One wave of a mixture: a period in steps and an amplitude. */
interface Wave {
  readonly period: number;
  readonly amplitude: number;
}

/** Throws RangeError for a period below 2 or no wave at all. */
export function sines(
  waves: readonly Wave[],
  about: Pick<Task, 'name'> & Partial<Pick<Task, 'order' | 'learned' | 'exposure'>>,
): Task {
  if (waves.length === 0 || waves.some(({ period }) => !(period >= 2)))
    throw new RangeError('a sum of sines wants waves with periods of at least 2 steps');
  const turned = waves.map(({ period, amplitude }) => ({ amplitude, turn: cosineAndSine(1 / period) }));
  const draw = (rng: Random, count: number): Float64Array => {
    const values = new Float64Array(count);
    for (const { amplitude, turn } of turned) {
      const wave = sineWave(count, turn, cosineAndSine(rng.uniform()));
      for (let t = 0; t < count; t++) values[t]! += amplitude * wave[t]!;
    }
    return values;
  };
  // E (sin(φ + ω) - sin φ)² = 1 - cos ω.
  const loss = turned.reduce((sum, { amplitude, turn }) => sum + amplitude * amplitude * (1 - turn[0]), 0);
  return continuing({ ...about, says: `continue a sum of ${waves.length} sines`, source: 'our own' }, draw, () => ({
    loss,
    score: loss,
    says: 'the last value again: Σ a²(1 - cos 2π/period)',
  }));
}

const waves = [25, 11].map((period) => ({ period, amplitude: 0.5 }));
export default sines(waves, {
  order: 12,
  name: 'two-sines',
  learned: [lossBelow('rnn', 0.01), lossBelow('gru', 0.005), lossBelow('lstm', 0.005)],
  exposure: {
    at: seriesSettings,
    grows: 5,
    after: 20,
    costs: 2,
    // Each has the variance 1/4, and independent phases add them: √(1/4 + 1/4).
    remark: 'Two such series at random phases differ by 0.71.',
  },
});
