// The causal ceiling: counted over all sequences, beside what is known on paper.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { causalCeiling } from '../../lib/experiments/bidirectional/causal-ceiling.ts';
import { tasks } from '../../lib/tasks/catalogue.ts';

const of = (name: string, steps: number) => causalCeiling(tasks.get(name)!, steps);

describe('the causal ceiling', () => {
  for (const steps of [3, 7, 12])
    it(`of majority over ${steps} steps is 75 % and ½ ln 2`, () => {
      const { accuracy, loss } = of('majority', steps)!;
      assert.equal(accuracy, 0.75);
      assert.ok(Math.abs(loss - 0.5 * Math.log(2)) < 1e-12);
    });
  it('is what the task gives as its baseline', () => {
    const { loss, score } = tasks.get('majority')!.baseline(12);
    assert.ok(Math.abs(of('majority', 12)!.loss - loss) < 1e-12);
    assert.equal(of('majority', 12)!.accuracy, score);
  });
  it('of parity, which no future decides, is everything', () => {
    const { accuracy, loss } = of('parity', 6)!;
    assert.equal(accuracy, 1);
    assert.equal(loss, 0);
  });
  it('is counted over 12 steps where there are more', () => assert.equal(of('majority', 40)!.steps, 12));
  it('is not known of what draws more than coins, or wants a number', () => {
    for (const name of ['adding', 'latch', 'temporal-order', 'copy', 'counting', 'two-sines'])
      assert.equal(of(name, 20), undefined, name);
  });
  it('is of coins that are tossed ahead: two steps on is a coin', () => {
    const majority = tasks.get('majority')!;
    const ahead: typeof majority = {
      ...majority,
      batch(rng, size, steps) {
        const inputs = new Float64Array(size * steps);
        const [targets, weights] = [new Float64Array(size * steps), new Float64Array(size * steps)];
        for (let b = 0; b < size; b++) {
          const bits = Array.from({ length: steps }, () => rng.below(2));
          for (let t = 0; t < steps; t++) {
            inputs[t * size + b] = bits[t]!;
            if (t + 2 < steps) targets[t * size + b] = bits[t + 2]!;
            weights[t * size + b] = t + 2 < steps ? 1 : 0;
          }
        }
        return { inputs, targets, weights };
      },
    };
    const { accuracy, loss } = causalCeiling(ahead, 6)!;
    assert.equal(accuracy, 0.5);
    assert.ok(Math.abs(loss - Math.log(2)) < 1e-12);
  });
});
