// The exercises that ask for gradients: what their references give is what central differences of a loss give, and what PyTorch's way of
// clipping gives passes.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtInText } from '../../../lib/cells/catalogue.ts';
import { equations } from '../../../lib/homework/exercise-kit/reference.ts';
import { type RnnCall, statesOf, type Vector } from '../../../lib/homework/exercise-kit/sequences.ts';
import { combined, scaled, zerosLike } from '../../../lib/homework/exercise-kit/values.ts';
import { exerciseText } from '../../../lib/homework/exercise-text.ts';
import clipGradients from '../../../lib/homework/exercises/clip-gradients.ts';
import lstmBackward from '../../../lib/homework/exercises/lstm-backward.ts';
import rnnBackward from '../../../lib/homework/exercises/rnn-backward.ts';
import truncatedBptt from '../../../lib/homework/exercises/truncated-bptt.ts';
import { runOnce } from '../../../lib/homework/run-program.ts';
import type { Value } from '../../../lib/homework/value.ts';
import { random } from '../../../lib/numbers/random.ts';
import { distance } from '../handed-in.ts';

const seeds = Array.from({ length: 10 }, (_, k) => k + 1);
const rnn = equations(builtInText('rnn'));
const dot = (a: Vector, b: Vector): number => a.reduce((sum, v, k) => sum + v * b[k]!, 0);

/** ∂loss/∂value by differences of fourth order, in the shape of the value. */
function numeric(value: Value, loss: (value: Value) => number): Value {
  const epsilon = 1e-3;
  let count = 0;
  return combined(() => {
    const at = count++;
    const lossAt = (offset: number): number => {
      let entry = 0;
      return loss(combined((v) => (entry++ === at ? v! + offset : v!), value));
    };
    return (8 * (lossAt(epsilon) - lossAt(-epsilon)) - (lossAt(2 * epsilon) - lossAt(-2 * epsilon))) / (12 * epsilon);
  }, value);
}

/** A sequence's loss Σ_t d_hs[t]·h_t. */
const lossOf = (sequence: RnnCall, d_hs: readonly Vector[]): number =>
  statesOf(rnn, sequence).reduce((sum, h, t) => sum + dot(h, d_hs[t]!), 0);

const sequenceOf = ([h_0, xs, W_h, W_x, b]: readonly Value[]) => ({ h_0, xs, W_h, W_x, b }) as unknown as RnnCall;

describe('rnn-backward', () => {
  it('is the gradient of Σ d_hs·h', () => {
    for (const seed of seeds) {
      const given = rnnBackward.draw(random(seed), seed % 2 === 0 ? 'small' : 'large');
      const sequence = sequenceOf(given);
      const got = rnnBackward.answer(rnnBackward.reference(), given);
      for (const name of ['W_h', 'W_x', 'b', 'h_0'] as const) {
        const loss = (value: Value) => lossOf({ ...sequence, [name]: value }, given[5] as readonly Vector[]);
        assert.ok(distance(got[`d_${name}`], numeric(sequence[name], loss)) <= 1e-9, `${name}, seed ${seed}`);
      }
    }
  });
});

describe('truncated-bptt', () => {
  it('is the gradient of each loss over a window of k steps, whose first state is held', () => {
    for (const seed of seeds) {
      const given = truncatedBptt.draw(random(seed), seed % 2 === 0 ? 'small' : 'large');
      const sequence = sequenceOf(given);
      const [d_hs, k] = given.slice(5) as [readonly Vector[], number];
      const hs = statesOf(rnn, sequence);
      const got = truncatedBptt.answer(truncatedBptt.reference(), given);
      for (const name of ['W_h', 'W_x', 'b'] as const) {
        const loss = (value: Value) =>
          d_hs.reduce((sum, d_h, t) => {
            const from = Math.max(0, t - k + 1);
            const h_0 = from === 0 ? sequence.h_0 : hs[from - 1]!;
            const window = { ...sequence, [name]: value, h_0, xs: sequence.xs.slice(from, t + 1) };
            return sum + dot(statesOf(rnn, window).at(-1)!, d_h);
          }, 0);
        assert.ok(distance(got[`d_${name}`], numeric(sequence[name], loss)) <= 1e-9, `${name}, seed ${seed}`);
      }
    }
  });
});

describe('lstm-backward', () => {
  it('is the gradient of d_h·h + d_c·c', () => {
    for (const seed of seeds) {
      const given = lstmBackward.draw(random(seed), seed % 2 === 0 ? 'small' : 'large');
      const [h_prev, c_prev, x, p, d_h, d_c] = given as [Value, Value, Value, Value, Vector, Vector];
      const read = { h_prev, c_prev, x };
      const loss = (named: object): number => {
        const { h, c } = runOnce(equations(builtInText('lstm')), { ...read, ...(p as object), ...named }, ['h', 'c']);
        return dot(h as Vector, d_h) + dot(c as Vector, d_c);
      };
      const got = lstmBackward.answer(lstmBackward.reference(), given);
      assert.ok(
        distance(
          got.d_p,
          numeric(p, (value) => loss(value as object)),
        ) <= 1e-9,
      );
      for (const [name, value] of Object.entries(read))
        assert.ok(
          distance(
            got[`d_${name}`],
            numeric(value, (moved) => loss({ [name]: moved })),
          ) <= 1e-9,
          name,
        );
    }
  });
});

describe('clip-gradients', () => {
  const normOf = (tensors: Value): number => {
    let sum = 0;
    combined((g) => (sum += g! * g!), tensors);
    return Math.sqrt(sum);
  };

  it("takes PyTorch's clip_grad_norm_, which adds 1e-6 to the norm, within its tolerance", async () => {
    const { tolerance } = await exerciseText({ id: 'clip-gradients' });
    let long = 0;
    for (let seed = 1; seed <= 200; seed++)
      for (const size of ['small', 'large'] as const) {
        const [gradients, max_norm] = clipGradients.draw(random(seed), size) as [Value, number];
        const clipped = scaled(Math.min(1, max_norm / (normOf(gradients) + 1e-6)), gradients);
        const expected = clipGradients.answer(clipGradients.reference(), [gradients, max_norm]);
        assert.ok(distance({ clipped }, expected) <= tolerance);
        if (normOf(gradients) > max_norm) long++;
      }
    assert.ok(long > 200 && long < 320, `${long} of 400 are too long`);
  });

  it('leaves zeros as they are', () => {
    const gradients = { W: [[0, 0]], b: [0] };
    assert.deepEqual(clipGradients.answer(clipGradients.reference(), [gradients, 1]), {
      clipped: zerosLike(gradients),
    });
  });
});
