// Truncated backpropagation through time against finite differences in which only what is within the window may change.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn } from '../../lib/cells/catalogue.ts';
import { random } from '../../lib/numbers/random.ts';
import { tasks } from '../../lib/tasks/catalogue.ts';
import type { Batch } from '../../lib/tasks/task.ts';
import { backpropagation } from '../../lib/training/bptt.ts';
import { lossOf } from '../../lib/training/loss.ts';
import { createModel, type Model } from '../../lib/training/model.ts';
import { type States, unroll } from '../../lib/training/unroll.ts';

const task = tasks.get('parity')!;
const [T, B] = [9, 3];
const modelOf = (layers: number, directions: 1 | 2 = 1): Model =>
  createModel(
    { cells: Array.from({ length: layers }, () => builtIn('lstm')), directions, hidden: 4, inputs: 1, outputs: 2 },
    random(5),
  );
const batch: Batch = task.batch(random(2), B, T);

/** The loss of steps lossFrom to `to`, run from `states` before step `from`, as a function of the parameters. */
function lossBetween(model: Model, from: number, lossFrom: number, to: number, states?: States): () => number {
  const unrolled = unroll(model, { steps: to - from, batch: B, gradients: false });
  const loss = lossOf('cross-entropy', 2, { rows: (to - lossFrom) * B, gradients: false });
  unrolled.inputs.set(batch.inputs.subarray(from * B, to * B));
  return () => {
    unrolled.forward(states === undefined ? {} : { from: states });
    return loss({
      outputs: unrolled.outputs.subarray((lossFrom - from) * B * 2),
      targets: batch.targets.subarray(lossFrom * B, to * B),
      weights: batch.weights.subarray(lossFrom * B, to * B),
    });
  };
}

function differences(model: Model, loss: () => number): number[] {
  const step = 1e-5;
  return Array.from(model.parameters, (value, i) => {
    const at = (v: number) => {
      model.parameters[i] = v;
      return loss();
    };
    const slope = (at(value + step) - at(value - step)) / (2 * step);
    model.parameters[i] = value;
    return slope;
  });
}

const assertClose = (a: ArrayLike<number>, b: ArrayLike<number>, within: number): void => {
  assert.equal(a.length, b.length);
  for (let i = 0; i < a.length; i++) assert.ok(Math.abs(a[i]! - b[i]!) <= within, `entry ${i}: ${a[i]} and ${b[i]}`);
};

describe('backpropagation through time', () => {
  for (const [layers, directions] of [
    [1, 1],
    [2, 1],
    [1, 2],
    [2, 2],
  ] as const)
    it(`whole: ${layers} layers, ${directions} directions, finite differences`, () => {
      const model = modelOf(layers, directions);
      const back = backpropagation(model, task.loss, { steps: T, batch: B });
      const { loss } = back.whole(batch, T);
      const again = lossBetween(model, 0, 0, T);
      assert.ok(Math.abs(loss - again()) < 1e-15);
      assertClose(back.gradients, differences(model, again), 1e-9);
    });

  for (const [window, stride] of [
    [3, 3],
    [4, 2],
    [5, 3],
    [3, 1],
    [9, 2],
  ] as const)
    it(`window ${window}, stride ${stride}: each stride's losses go back so far and no further`, () => {
      const model = modelOf(2);
      const whole = unroll(model, { steps: T, batch: B, gradients: false });
      whole.inputs.set(batch.inputs);
      whole.forward();
      const back = backpropagation(model, task.loss, { steps: window, batch: B });
      let at = 0;
      for (const { loss, weight } of back.truncated(batch, T, { window, stride })) {
        const to = Math.min(T, at + stride);
        const from = Math.max(0, to - window);
        const states = from === 0 ? undefined : whole.statesAfter(from - 1);
        const lossNow = lossBetween(model, from, at, to, states);
        assert.equal(weight, (to - at) * B);
        assert.ok(Math.abs(loss - lossNow()) < 1e-14);
        assertClose(back.gradients, differences(model, lossNow), 1e-9);
        at = to;
      }
      assert.equal(at, T);
    });

  it('a window as long as the sequence gives the whole gradient, summed over the strides', () => {
    const model = modelOf(1);
    const back = backpropagation(model, task.loss, { steps: T, batch: B });
    back.whole(batch, T);
    const whole = back.gradients.slice();
    const sum = new Float64Array(whole.length);
    for (const { weight } of back.truncated(batch, T, { window: T, stride: 1 }))
      for (let i = 0; i < sum.length; i++) sum[i]! += (back.gradients[i]! * weight) / (T * B);
    assertClose(sum, whole, 1e-15);
  });

  it('refuses a stride beyond the window, a window beyond the memory, and two directions', () => {
    const back = backpropagation(modelOf(1), task.loss, { steps: 4, batch: B });
    const first = (of: Iterable<unknown>) => of[Symbol.iterator]().next();
    assert.throws(() => first(back.truncated(batch, T, { window: 3, stride: 4 })), RangeError);
    assert.throws(() => first(back.truncated(batch, T, { window: 5, stride: 1 })), RangeError);
    assert.throws(() => first(back.truncated(batch, T, { window: 0, stride: 0 })), RangeError);
    const both = backpropagation(modelOf(1, 2), task.loss, { steps: T, batch: B });
    assert.throws(() => first(both.truncated(batch, T, { window: 3, stride: 3 })), RangeError);
  });
});
