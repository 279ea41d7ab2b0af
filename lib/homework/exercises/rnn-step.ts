// One step of the plain recurrent network: Elman 1990. The signature of the textbooks.

import type { Random } from '../../numbers/random.ts';
import type { ByValues } from '../exercise.ts';
import { drawnMatrix, drawnSizes, drawnVector, edgeCalls, type Size } from '../exercise-kit/draws.ts';
import { builtInEquations, lineOf, oneStep } from '../exercise-kit/reference.ts';
import { asVector, held, near, negated } from '../exercise-kit/values.ts';
import type { Value } from '../value.ts';

const call = { parameters: ['h_prev', 'x', 'W_h', 'W_x', 'b'], returns: ['h'] };
const answer = oneStep(call);
const right = 'h = tanh(W_h * h_prev + W_x * x + b)';
const slip = lineOf(right, answer);

function draw(rng: Random, size: Size): readonly Value[] {
  const { H, D } = drawnSizes(rng, size);
  return [
    drawnVector(rng, H),
    drawnVector(rng, D),
    drawnMatrix(rng, H, H),
    drawnMatrix(rng, H, D),
    drawnVector(rng, H),
  ];
}

export const rnnStep: ByValues = {
  kind: 'values',
  id: 'rnn-step',
  function: 'rnn_step',
  ...call,
  reference: () => builtInEquations('rnn'),
  draw,
  edges: (rng) => edgeCalls(rng, { draw, inputs: [0, 1] }),
  answer,
  slips: [
    slip('bias-outside', 'the bias is added after tanh instead of inside it', 'h = tanh(W_h * h_prev + W_x * x) + b'),
    slip(
      'tanh-each',
      'tanh is taken of each product instead of their sum',
      'h = tanh(W_h * h_prev) + tanh(W_x * x) + b',
    ),
    slip('residual', 'the old state is added to the new one', 'h = h_prev + tanh(W_h * h_prev + W_x * x + b)'),
    slip('tanh-by-sigmoid', 'tanh is made from sigmoid without doubling its argument', 'tanh(a) = 2 sigmoid(a) - 1', {
      right: 'tanh(a) = 2 sigmoid(2 a) - 1',
      equation: 'h = 2 * sigmoid(W_h * h_prev + W_x * x + b) - 1',
    }),
    slip('leaky', 'the new state is half old and half new', 'h = 0.5 h_prev + 0.5 tanh(W_h * h_prev + W_x * x + b)', {
      equation: 'h = 0.5 * h_prev + 0.5 * tanh(W_h * h_prev + W_x * x + b)',
    }),
    {
      id: 'input-first',
      says: 'the vectors are concatenated as [x, h_prev], but the matrices as [W_h, W_x], whose first columns multiply h_prev',
      wrong: '[W_h W_x] * [x; h_prev]',
      right: '[W_h W_x] * [h_prev; x]',
      answer: (program, [h_prev, x, W_h, W_x, b]) => {
        const both = (W_h as number[][]).map((row, i) => [...row, ...(W_x as number[][])[i]!]);
        const D = asVector(x!).length;
        return answer(program, [h_prev!, x!, both.map((row) => row.slice(D)), both.map((row) => row.slice(0, D)), b!]);
      },
    },
    {
      id: 'no-initial-value',
      says: 'the first weight of every row is added without its factor, as reduce without an initial value does',
      wrong: 'W[0] + W[1] v[1] + …',
      right: 'W[0] v[0] + W[1] v[1] + …',
      answer: (program, [h_prev, x, ...weights]) =>
        answer(program, [asVector(h_prev!).with(0, 1), asVector(x!).with(0, 1), ...weights]),
    },
    slip('unchanged', 'the old state comes back as it went in', 'h = h_prev'),
  ],
  properties: [
    {
      id: 'odd',
      says: 'with h_prev, x and b negated, h is negated',
      holds: async (ask, rng) => {
        const given = rnnStep.draw(rng, 'small');
        const [h_prev, x, W_h, W_x, b] = given;
        const turned = [negated(h_prev!), negated(x!), W_h!, W_x!, negated(b!)];
        const [there, got] = [await ask(given), await ask(turned)];
        return held(near(negated(there.h!), got.h!), turned, got, 'tanh is odd, and so is all before it');
      },
    },
    {
      id: 'bounded',
      says: 'h stays within -1 and 1 however large x is',
      holds: async (ask, rng) => {
        const [h_prev, x, ...weights] = rnnStep.draw(rng, 'small');
        // exp of these sums does not overflow: tanh may be computed by it.
        const given = [h_prev!, asVector(x!).map((v) => v * 100), ...weights];
        const got = await ask(given);
        const within = asVector(got.h!).every((v) => Math.abs(v) <= 1 + 1e-8);
        return held(within, given, got, 'tanh never leaves -1 to 1');
      },
    },
  ],
  chain: {
    steps: 40,
    next: ([, x, ...weights], { h }, rng) => [h!, drawnVector(rng, asVector(x!).length), ...weights],
  },
};
