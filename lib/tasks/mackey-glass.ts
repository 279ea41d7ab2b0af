// The delay equation of Mackey & Glass 1977 as the benchmark has it: delay 17, one sample every 6 units (Lapedes & Farber 1987).

import { lossBelow, seriesSettings } from './bounds.ts';
import { continuing, lastAgain } from './continuing.ts';

const delay = 17;
const perUnit = 10;
const perSample = 6 * perUnit;
const settling = 300 * perUnit;
const mean = 0.92;

/** dx/dt = 0.2 x(t-17) / (1 + x(t-17)¹⁰) - 0.1 x by Euler's rule in steps of 0.1, from a constant past; 300 units are dropped. */
export function mackeyGlassValues(past: number, count: number): Float64Array {
  const values = new Float64Array(count);
  const ring = new Float64Array(delay * perUnit).fill(past);
  let x = past;
  for (let i = 0, at = 0; i < settling + (count - 1) * perSample + 1; i++) {
    const since = i - settling;
    if (since >= 0 && since % perSample === 0) values[since / perSample] = x - mean;
    const late = ring[at]!;
    ring[at] = x;
    at = (at + 1) % ring.length;
    const square = late * late;
    const fourth = square * square;
    x += ((0.2 * late) / (1 + fourth * fourth * square) - 0.1 * x) / perUnit;
  }
  return values;
}

export default continuing(
  {
    order: 13,
    name: 'mackey-glass',
    says: 'continue a delay equation, which is chaos',
    source: 'Mackey & Glass 1977',
    learned: ['rnn', 'gru', 'lstm'].map((cell) => lossBelow(cell, 0.01)),
    exposure: {
      at: seriesSettings,
      grows: 2,
      after: 20,
      costs: 3,
      hurts: 1.5,
      remark: 'In a chaotic series it would grow even in a perfect model, from any small initial error.',
    },
  },
  (rng, count) => mackeyGlassValues(0.8 + 0.8 * rng.uniform(), count),
  () => lastAgain(mackeyGlassValues(1.2, 3000)),
);
