// One step of the GRU as Cho et al. 2014 have it: the reset gate before the product, z keeps the old state.

import { builtInText } from '../../cells/catalogue.ts';
import type { Random } from '../../numbers/random.ts';
import type { ByValues } from '../exercise.ts';
import { drawnGates, drawnSizes, drawnVector, edgeCalls, type Size } from '../exercise-kit/draws.ts';
import { gatedSlips } from '../exercise-kit/gated.ts';
import { builtInEquations, lineOf, oneStep } from '../exercise-kit/reference.ts';
import { asVector, held, near, withGates, zerosLike } from '../exercise-kit/values.ts';
import type { Value } from '../value.ts';

const call = { parameters: ['h_prev', 'x', 'p'], returns: ['h'] };
const answer = oneStep(call);
const slip = lineOf(builtInText('gru'), answer);

/** With the other convention for z these are what another library or paper computes. */
const candidates = [
  {
    id: 'reset-after',
    says: 'the reset gate is applied after the product with W_n: this is the PyTorch and cuDNN cell with z and 1 - z exchanged',
    equation: 'n = tanh(r .* (W_n * h_prev) + U_n * x + b_n)',
  },
  {
    id: 'reset-bias',
    says: 'the reset gate is applied after the product and the bias',
    equation: 'n = tanh(r .* (W_n * h_prev + b_n) + U_n * x)',
  },
  {
    id: 'sigmoid-candidate',
    says: 'the candidate uses sigmoid',
    equation: 'n = sigmoid(W_n * (r .* h_prev) + U_n * x + b_n)',
  },
];

function draw(rng: Random, size: Size): readonly Value[] {
  const { H, D } = drawnSizes(rng, size);
  return [drawnVector(rng, H), drawnVector(rng, D), drawnGates(rng, 'zrn', { H, D })];
}

export const gruStep: ByValues = {
  kind: 'values',
  id: 'gru-step',
  function: 'gru_step',
  ...call,
  reference: () => builtInEquations('gru'),
  draw,
  edges: (rng) => {
    // A candidate of 1 of which half shows: elsewhere the gates saturate with it.
    const [h_prev, x, p] = draw(rng.fork('candidate'), 'small');
    return [...edgeCalls(rng, { draw, inputs: [0, 1] }), [h_prev!, x!, withGates(zerosLike(p!), { n: 'open' })]];
  },
  answer,
  slips: [
    ...gatedSlips({ slip, answer, sigmoids: 'zr', all: 'zrn', weights: 2 }),
    ...candidates.map(({ id, says, equation }) =>
      slip(`${id}-other-z`, `z and 1 - z are exchanged, and ${says}`, `${equation}; h = (1 - z) .* h_prev + z .* n`, {
        right: 'n = tanh(W_n * (r .* h_prev) + U_n * x + b_n); h = z .* h_prev + (1 - z) .* n',
        equation: [equation, 'h = (1 - z) .* h_prev + z .* n'],
      }),
    ),
    slip(
      'reset-bias',
      'the reset gate is applied after the product and the bias, as PyTorch does with its second bias',
      'n = tanh(r .* (W_n * h_prev + b_n) + U_n * x)',
    ),
    slip(
      'no-parentheses',
      'the parentheses around 1 - z are missing, so that z .* n is subtracted from 1',
      'h = z .* h_prev + 1 - z .* n',
    ),
    slip('residual', 'the old state is added to the new one', 'h = h_prev + z .* h_prev + (1 - z) .* n'),
    slip(
      'reset-after',
      'the reset gate comes after the product with W_n, as PyTorch has it, instead of before',
      'n = tanh(r .* (W_n * h_prev) + U_n * x + b_n)',
    ),
    slip(
      'reset-all',
      'the reset gate is put on the whole sum, the input too',
      'n = tanh(r .* (W_n * h_prev + U_n * x + b_n))',
    ),
    slip(
      'reset-input',
      'the reset gate is put on what the input says, not on the old state',
      'n = tanh(W_n * h_prev + r .* (U_n * x) + b_n)',
    ),
  ],
  properties: [
    {
      id: 'keeps',
      says: 'z = 1 keeps h exactly',
      holds: async (ask, rng) => {
        const [h_prev, x, p] = gruStep.draw(rng, 'small');
        const given = [h_prev!, x!, withGates(p!, { z: 'open' })];
        const got = await ask(given);
        return held(
          near(got.h!, h_prev!),
          given,
          got,
          'b_z = 60 makes z 1, and z says how much of the old state stays',
        );
      },
    },
    {
      id: 'starts-anew',
      says: 'z = 0 and r = 0 make h what the input alone says',
      holds: async (ask, rng) => {
        const [h_prev, x, p] = gruStep.draw(rng, 'small');
        const weights = withGates(p!, { z: 'shut', r: 'shut' });
        const given = [asVector(h_prev!).map((h) => h / 2), x!, weights];
        const [there, got] = [await ask([h_prev!, x!, weights]), await ask(given)];
        const because = 'b_z = b_r = -60 shut both gates: h with half of h_prev is the same as with h_prev';
        return held(near(got.h!, there.h!), given, got, because);
      },
    },
  ],
  chain: { steps: 40, next: ([, x, p], { h }, rng) => [h!, drawnVector(rng, asVector(x!).length), p!] },
};
