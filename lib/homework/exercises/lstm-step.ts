// One step of the LSTM: Hochreiter & Schmidhuber 1997, with the forget gate of Gers, Schmidhuber & Cummins 2000.

import { builtInText } from '../../cells/catalogue.ts';
import type { Random } from '../../numbers/random.ts';
import type { ByValues } from '../exercise.ts';
import { drawnGates, drawnSizes, drawnVector, edgeCalls, type Size } from '../exercise-kit/draws.ts';
import { gatedSlips } from '../exercise-kit/gated.ts';
import { builtInEquations, lineOf, oneStep } from '../exercise-kit/reference.ts';
import { asVector, held, near, withGates } from '../exercise-kit/values.ts';
import type { Value } from '../value.ts';

const call = { parameters: ['h_prev', 'c_prev', 'x', 'p'], returns: ['h', 'c'] };
const answer = oneStep(call);
const slip = lineOf(builtInText('lstm'), answer);

function draw(rng: Random, size: Size): readonly Value[] {
  const { H, D } = drawnSizes(rng, size);
  return [drawnVector(rng, H), drawnVector(rng, H), drawnVector(rng, D), drawnGates(rng, 'fiog', { H, D })];
}

export const lstmStep: ByValues = {
  kind: 'values',
  id: 'lstm-step',
  function: 'lstm_step',
  ...call,
  reference: () => builtInEquations('lstm'),
  draw,
  edges: (rng) => edgeCalls(rng, { draw, inputs: [0, 2], linear: [1] }),
  answer,
  slips: [
    {
      id: 'traded',
      says: 'c is returned in the place of h, and h in the place of c',
      wrong: 'return c, h',
      right: 'return h, c',
      answer: (program, given) => {
        const { h, c } = answer(program, given);
        return { h: c!, c: h! };
      },
    },
    ...gatedSlips({ slip, answer, sigmoids: 'fio', all: 'fiog', weights: 3 }),
    slip(
      'forget-bias-one',
      'a forget bias of 1 is added, as the LSTM cell of TensorFlow 1 does by default',
      'f = sigmoid(W_f * h_prev + U_f * x + b_f + 1)',
    ),
    slip('sigmoid-memory', 'sigmoid is applied to the new cell state', 'c = sigmoid(f .* c_prev + i .* g)'),
    slip('residual', 'the old state is added to the new one', 'h = h_prev + o .* tanh(c)'),
    slip(
      'peepholes',
      'the gates also read the cell state, as with peephole connections',
      'f = sigmoid(W_f * h_prev + U_f * x + b_f + c_prev), and likewise for i',
      {
        right: 'f = sigmoid(W_f * h_prev + U_f * x + b_f), and likewise for i',
        equation: ['f', 'i'].map((g) => `${g} = sigmoid(W_${g} * h_prev + U_${g} * x + b_${g} + c_prev)`),
      },
    ),
    {
      id: 'no-initial-value',
      says: 'the first weight of every row is added without its factor, as reduce without an initial value does',
      wrong: 'W[0] + W[1] v[1] + …',
      right: 'W[0] v[0] + W[1] v[1] + …',
      answer: (program, [h_prev, c_prev, x, p]) =>
        answer(program, [asVector(h_prev!).with(0, 1), c_prev!, asVector(x!).with(0, 1), p!]),
    },
    slip('coupled', 'the input gate is 1 - f, not a gate with weights of its own', 'i = 1 - f'),
    slip(
      'squashed-memory',
      'the new cell state itself goes through tanh, not only what h shows of it',
      'c = tanh(f .* c_prev + i .* g)',
    ),
    slip('hidden-for-memory', 'the forget gate keeps h_prev instead of c_prev', 'c = f .* h_prev + i .* g'),
  ],
  properties: [
    {
      id: 'keeps',
      says: 'f = 1 and i = 0 keep c exactly',
      holds: async (ask, rng) => {
        const [h_prev, c_prev, x, p] = lstmStep.draw(rng, 'small');
        const given = [h_prev!, c_prev!, x!, withGates(p!, { f: 'open', i: 'shut' })];
        const got = await ask(given);
        const because = 'b_f = 60 opens the forget gate, b_i = -60 shuts the input gate, so c is c_prev';
        return held(near(got.c!, c_prev!), given, got, because);
      },
    },
    {
      id: 'forgets',
      says: 'f = 0 and i = 1 make c the candidate, whatever c was',
      holds: async (ask, rng) => {
        const [h_prev, c_prev, x, p] = lstmStep.draw(rng, 'small');
        const weights = withGates(p!, { f: 'shut', i: 'open' });
        const given = [h_prev!, asVector(c_prev!).map((c) => c + 1), x!, weights];
        const [there, got] = [await ask([h_prev!, c_prev!, x!, weights]), await ask(given)];
        const because = 'b_f = -60 shuts the forget gate: c with c_prev + 1 is the same as with c_prev';
        return held(near(got.c!, there.c!), given, got, because);
      },
    },
    {
      id: 'hides',
      says: 'o = 0 gives h = 0',
      holds: async (ask, rng) => {
        const [h_prev, c_prev, x, p] = lstmStep.draw(rng, 'small');
        const given = [h_prev!, c_prev!, x!, withGates(p!, { o: 'shut' })];
        const got = await ask(given);
        const nothing = asVector(h_prev!).map(() => 0);
        return held(near(got.h!, nothing), given, got, 'b_o = -60 shuts the output gate: nothing of c shows in h');
      },
    },
  ],
  chain: {
    steps: 40,
    next: ([, , x, p], { h, c }, rng) => [h!, c!, drawnVector(rng, asVector(x!).length), p!],
  },
};
