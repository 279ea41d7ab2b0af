// One step of the GRU as Cho et al. 2014 have it: the reset gate before the product, z keeps the old state.

import { builtInText } from '../../cells/catalogue.ts';
import type { ByValues } from '../exercise.ts';
import { property } from '../exercise-kit/by-values.ts';
import { gatedSlips } from '../exercise-kit/gated.ts';
import { oneStep } from '../exercise-kit/reference.ts';
import { stepExercise } from '../exercise-kit/step.ts';
import { asVector, held, near, withGates, zerosLike } from '../exercise-kit/values.ts';

const call = { parameters: ['h_prev', 'x', 'p'], returns: ['h'] };
const answer = oneStep(call);
const text = (): string => builtInText('gru');

const gruStep: ByValues = stepExercise('gru-step', {
  order: 60,
  ...call,
  text,
  edges: (rng) => {
    // A candidate of 1 of which half shows: elsewhere the gates saturate with it.
    const [h_prev, x, p] = gruStep.draw(rng.fork('candidate'), 'small');
    return [[h_prev!, x!, withGates(zerosLike(p!), { n: 'open' })]];
  },
  shared: () => gatedSlips({ text, answer, sigmoids: 'zr', all: 'zrn', weights: 2 }),
  properties: {
    keeps: property('z = 1 keeps h exactly', async (ask, rng) => {
      const [h_prev, x, p] = gruStep.draw(rng, 'small');
      const given = [h_prev!, x!, withGates(p!, { z: 'open' })];
      const got = await ask(given);
      return held(near(got.h!, h_prev!), given, got, 'b_z = 60 makes z 1, and z says how much of the old state stays');
    }),
    'starts-anew': property('z = 0 and r = 0 make h what the input alone says', async (ask, rng) => {
      const [h_prev, x, p] = gruStep.draw(rng, 'small');
      const weights = withGates(p!, { z: 'shut', r: 'shut' });
      const given = [asVector(h_prev!).map((h) => h / 2), x!, weights];
      const [there, got] = [await ask([h_prev!, x!, weights]), await ask(given)];
      const because = 'b_z = b_r = -60 shut both gates: h with half of h_prev is the same as with h_prev';
      return held(near(got.h!, there.h!), given, got, because);
    }),
  },
});

export default gruStep;
