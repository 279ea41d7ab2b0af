// One step of the plain recurrent network: Elman 1990. The signature of the textbooks.

import type { ByValues } from '../exercise.ts';
import { property } from '../exercise-kit/by-values.ts';
import { oneStep } from '../exercise-kit/reference.ts';
import { stepExercise } from '../exercise-kit/step.ts';
import { asVector, held, near, negated } from '../exercise-kit/values.ts';

const call = { parameters: ['h_prev', 'x', 'W_h', 'W_x', 'b'], returns: ['h'] };
const answer = oneStep(call);

const rnnStep: ByValues = stepExercise('rnn-step', {
  order: 10,
  ...call,
  text: 'h = tanh(W_h * h_prev + W_x * x + b)',
  range: [-1, 1],
  slips: {
    'input-first': (program, [h_prev, x, W_h, W_x, b]) => {
      const both = (W_h as number[][]).map((row, i) => [...row, ...(W_x as number[][])[i]!]);
      const D = asVector(x!).length;
      return answer(program, [h_prev!, x!, both.map((row) => row.slice(D)), both.map((row) => row.slice(0, D)), b!]);
    },
    'no-initial-value': (program, [h_prev, x, ...weights]) =>
      answer(program, [asVector(h_prev!).with(0, 1), asVector(x!).with(0, 1), ...weights]),
  },
  properties: {
    odd: property('with h_prev, x and b negated, h is negated', async (ask, rng) => {
      const given = rnnStep.draw(rng, 'small');
      const [h_prev, x, W_h, W_x, b] = given;
      const turned = [negated(h_prev!), negated(x!), W_h!, W_x!, negated(b!)];
      const [there, got] = [await ask(given), await ask(turned)];
      return held(near(negated(there.h!), got.h!), turned, got, 'tanh is odd, and so is all before it');
    }),
    bounded: property('h stays within -1 and 1 however large x is', async (ask, rng) => {
      const [h_prev, x, ...weights] = rnnStep.draw(rng, 'small');
      // exp of these sums does not overflow: tanh may be computed by it.
      const given = [h_prev!, asVector(x!).map((v) => v * 100), ...weights];
      const got = await ask(given);
      const within = asVector(got.h!).every((v) => Math.abs(v) <= 1 + 1e-8);
      return held(within, given, got, 'tanh never leaves -1 to 1');
    }),
  },
});

export default rnnStep;
