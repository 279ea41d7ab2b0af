// What sharing weights over time saves: parameters of a tanh RNN that is unrolled T steps, with one set of weights and with T.

import type { ByValues } from '../exercise.ts';
import { byValues, property } from '../exercise-kit/by-values.ts';
import { oneStep } from '../exercise-kit/reference.ts';
import { asVector, held, near } from '../exercise-kit/values.ts';

const text = `# Parameters of h = tanh(W_h h_prev + W_x x + b), unrolled T steps
copy = H * H + H * D + H       # W_h, W_x and b
shared = copy                  # the shared count, whatever T is
untied = T * copy              # one set for every step

D : 1
H : 1
T : 1
`;

const call = { parameters: ['D', 'H', 'T'], returns: ['shared', 'untied'] };
const answer = oneStep(call);
const unrolledParameters: ByValues = byValues('unrolled-parameters', {
  order: 30,
  ...call,
  text,
  range: [0, Number.POSITIVE_INFINITY],
  draw: (rng, size) => {
    const most = size === 'small' ? 6 : 64;
    const left = Array.from({ length: most - 1 }, (_, k) => k + 2);
    return call.parameters.map(() => left.splice(rng.below(left.length), 1)[0]!);
  },
  // Every way in which sizes can be 1 or equal, and then more than single precision can count.
  edges: () => [
    ...[1, 2, 5].flatMap((D) => [1, 2, 5].flatMap((H) => [1, 5].map((T) => [D, H, T]))),
    [3, 2, 1000],
    [101, 7, 33],
    [2001, 3001, 5001],
  ],
  answer,
  slips: {
    traded: (program, given) => {
      const { shared, untied } = answer(program, given);
      return { shared: untied!, untied: shared! };
    },
  },
  properties: {
    'shared-for-any-length': property('the number of shared parameters does not depend on T', async (ask, rng) => {
      const [D, H, T] = asVector(unrolledParameters.draw(rng, 'small')) as [number, number, number];
      const given = [D, H, T + 100];
      const [there, got] = [await ask([D, H, T]), await ask(given)];
      return held(near(there.shared!, got.shared!), given, got, `with T = ${T} it was ${there.shared}`);
    }),
    'one-step-alike': property('over a single step both counts are the same', async (ask, rng) => {
      const [D, H] = asVector(unrolledParameters.draw(rng, 'small')) as [number, number];
      const given = [D, H, 1];
      const got = await ask(given);
      return held(near(got.shared!, got.untied!), given, got, 'with T = 1 there is nothing to share');
    }),
  },
});

export default unrolledParameters;
