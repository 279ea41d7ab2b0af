// A bidirectional layer: one network reads from the start, one from the end, and each step has what both know of it.
// Schuster & Paliwal 1997.

import { builtInText } from '../../cells/catalogue.ts';
import type { Program } from '../../equations/program.ts';
import type { Random } from '../../numbers/random.ts';
import { byValues, property } from '../exercise-kit/by-values.ts';
import { drawnSizes, drawnVector, edgeCalls, type Size } from '../exercise-kit/draws.ts';
import { drawnVectors, drawnWeights, statesOf, stepsOf, type Vector, type Weights } from '../exercise-kit/sequences.ts';
import { add, held, near, scaled, zerosLike } from '../exercise-kit/values.ts';
import type { Value } from '../value.ts';

type Given = readonly [readonly Vector[], Weights, Weights];

function draw(rng: Random, size: Size) {
  const sizes = drawnSizes(rng, size);
  const xs = drawnVectors(rng, stepsOf(size, { small: 4, large: 9 }), sizes.D);
  return [xs, drawnWeights(rng, sizes), drawnWeights(rng, sizes)] as const;
}

/** The states of one network, in the order in which it reads. */
const read = (program: Program, xs: readonly Vector[], weights: Weights, h_0 = zerosLike(weights.b)) =>
  statesOf(program, { ...weights, h_0, xs });

const joined = (a: readonly Vector[], b: readonly Vector[]) => ({ ys: a.map((h, t) => [...h, ...b[t]!]) });

/** The states of both networks, each in the order in which it read, put together in some way. */
const both =
  (together: (ahead: readonly Vector[], back: readonly Vector[]) => { readonly ys: Value }) =>
  (program: Program, given: readonly Value[]) => {
    const [xs, forward, backward] = given as unknown as Given;
    return together(read(program, xs, forward), read(program, xs.toReversed(), backward));
  };

/** The layer with another way to read from the end; its states in the order in which they were made. */
const readingBack =
  (states: (program: Program, given: Given) => readonly Vector[]) => (program: Program, given: readonly Value[]) => {
    const [xs, forward] = given as unknown as Given;
    return joined(read(program, xs, forward), states(program, given as unknown as Given).toReversed());
  };

const birnn = byValues('birnn', {
  order: 40,
  parameters: ['xs', 'forward', 'backward'],
  returns: ['ys'],
  text: () => builtInText('rnn'),
  draw,
  range: [-1, 1],
  edges: (rng) => edgeCalls(rng, { draw, inputs: [0], steps: [1, 2, 40, 100] }),
  answer: both((ahead, back) => joined(ahead, back.toReversed())),
  slips: {
    'not-turned': both(joined),
    'not-reversed': (program, given) => {
      const [xs, forward, backward] = given as unknown as Given;
      return joined(read(program, xs, forward), read(program, xs, backward));
    },
    'turned-only': readingBack((program, [xs, , backward]) => read(program, xs, backward)),
    summed: both((ahead, back) => ({ ys: add(ahead, back.toReversed()) })),
    averaged: both((ahead, back) => ({ ys: scaled(0.5, add(ahead, back.toReversed())) })),
    'over-time': both((ahead, back) => {
      const all = [...ahead, ...back.toReversed()].flat();
      const width = 2 * ahead[0]!.length;
      return { ys: ahead.map((_, t) => all.slice(t * width, (t + 1) * width)) };
    }),
    'same-state': both((ahead) => joined(ahead, ahead)),
    'backward-first': both((ahead, back) => joined(back.toReversed(), ahead)),
    'one-set': readingBack((program, [xs, forward]) => read(program, xs.toReversed(), forward)),
    'handed-over': readingBack((program, [xs, forward, backward]) =>
      read(program, xs.toReversed(), backward, read(program, xs, forward).at(-1)),
    ),
    'last-of-backward': both((ahead, back) =>
      joined(
        ahead,
        back.map(() => back.at(-1)!),
      ),
    ),
  },
  properties: {
    mirror: property('the sequence reversed and the weights exchanged give the mirror image', async (ask, rng) => {
      const [xs, forward, backward] = draw(rng, 'small');
      const there = await ask([xs, forward, backward]);
      const given = [xs.toReversed(), backward, forward];
      const got = await ask(given);
      const H = forward.b.length;
      const mirrored = (there.ys as readonly Vector[]).map((y) => [...y.slice(H), ...y.slice(0, H)]).toReversed();
      const because = 'from the other end, the two directions change places';
      return held(near(mirrored, got.ys!), given, got, because);
    }),
    'past-and-future': property(
      'the first half of y_t knows nothing of what comes after t, the second nothing of what came before',
      async (ask, rng) => {
        const [xs, forward, backward] = draw(rng, 'small');
        const middle = Math.floor(xs.length / 2);
        const there = (await ask([xs, forward, backward])).ys as readonly Vector[];
        const given = [xs.with(middle, drawnVector(rng.fork('other'), xs[0]!.length)), forward, backward];
        const got = await ask(given);
        const [H, here] = [forward.b.length, got.ys as readonly Vector[]];
        const halves = (ys: readonly Vector[]) => [
          ys.slice(0, middle).map((y) => y.slice(0, H)),
          ys.slice(middle + 1).map((y) => y.slice(H)),
        ];
        const because = `only x at step ${middle + 1} was changed: no forward state before it and no backward state after it may change`;
        return held(near(halves(there), halves(here)), given, got, because);
      },
    ),
  },
});

export default birnn;
