// What sharing weights over time saves: parameters of a tanh RNN that is unrolled T steps, with one set of weights and with T.

import type { ByValues } from '../exercise.ts';
import { equations, lineOf, oneStep } from '../exercise-kit/reference.ts';
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
const slip = lineOf(text, answer);

export const unrolledParameters: ByValues = {
  kind: 'values',
  id: 'unrolled-parameters',
  function: 'unrolled_parameters',
  ...call,
  reference: () => equations(text),
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
  slips: [
    slip('one-bias', 'the steps that share nothing still share one bias', 'untied = T (H H + H D) + H', {
      right: 'untied = T (H H + H D + H)',
      equation: 'untied = T * (H * H + H * D) + H',
    }),
    slip(
      'counted-each-step',
      'the shared weights are counted once for every step, though there is one set of them',
      'shared = T (H H + H D + H)',
      { right: 'shared = H H + H D + H', equation: 'shared = T * copy' },
    ),
    slip(
      'two-biases',
      'a bias is counted for W_h and another for W_x, as PyTorch has them; this network has one',
      'copy = H H + H D + 2 H',
      { right: 'copy = H H + H D + H', equation: 'copy = H * H + H * D + 2 * H' },
    ),
    slip('one-more-step', 'weights are counted for T + 1 steps', 'untied = (T + 1) (H H + H D + H)', {
      right: 'untied = T (H H + H D + H)',
      equation: 'untied = (T + 1) * copy',
    }),
    slip('one-step-fewer', 'weights are counted for T - 1 steps', 'untied = (T - 1) (H H + H D + H)', {
      right: 'untied = T (H H + H D + H)',
      equation: 'untied = (T - 1) * copy',
    }),
    slip('sizes-traded', 'D and H have changed places', 'copy = D D + D H + D', {
      right: 'copy = H H + H D + H',
      equation: 'copy = D * D + D * H + D',
    }),
    {
      id: 'traded',
      says: "the two counts are returned in each other's place",
      wrong: 'return untied, shared',
      right: 'return shared, untied',
      answer: (program, given) => {
        const { shared, untied } = answer(program, given);
        return { shared: untied!, untied: shared! };
      },
    },
  ],
  properties: [
    {
      id: 'shared-for-any-length',
      says: 'the number of shared parameters does not depend on T',
      holds: async (ask, rng) => {
        const [D, H, T] = asVector(unrolledParameters.draw(rng, 'small')) as [number, number, number];
        const given = [D, H, T + 100];
        const [there, got] = [await ask([D, H, T]), await ask(given)];
        return held(near(there.shared!, got.shared!), given, got, `with T = ${T} it was ${there.shared}`);
      },
    },
    {
      id: 'one-step-alike',
      says: 'over a single step both counts are the same',
      holds: async (ask, rng) => {
        const [D, H] = asVector(unrolledParameters.draw(rng, 'small')) as [number, number];
        const given = [D, H, 1];
        const got = await ask(given);
        return held(near(got.shared!, got.untied!), given, got, 'with T = 1 there is nothing to share');
      },
    },
  ],
};
