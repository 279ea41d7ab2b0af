// The plain recurrent network over a whole sequence: the same step, again and again, on what it returned.

import { builtInText } from '../../cells/catalogue.ts';
import type { Program } from '../../equations/program.ts';
import type { Random } from '../../numbers/random.ts';
import { byValues, property } from '../exercise-kit/by-values.ts';
import { edgeCalls, type Size } from '../exercise-kit/draws.ts';
import { drawnSequence, lastingSequence, type RnnCall, statesOf, type Vector } from '../exercise-kit/sequences.ts';
import { add, held, near, total, zerosLike } from '../exercise-kit/values.ts';
import type { Value } from '../value.ts';

type Given = readonly [Vector, readonly Vector[], ...(readonly Value[])];

const sequenceOf = ([h_0, xs, W_h, W_x, b]: readonly Value[]) => ({ h_0, xs, W_h, W_x, b }) as unknown as RnnCall;
const draw = (rng: Random, size: Size) => drawnSequence(rng, size, { small: 4, large: 10 });

/** The right states in another form. */
const states =
  (returned: (hs: readonly Vector[], sequence: RnnCall) => readonly Value[]) =>
  (program: Program, given: readonly Value[]) => ({
    hs: returned(statesOf(program, sequenceOf(given)), sequenceOf(given)),
  });

/** The states of another sequence. */
const statesWith = (change: (sequence: RnnCall) => RnnCall) => (program: Program, given: readonly Value[]) => ({
  hs: statesOf(program, change(sequenceOf(given))),
});

const rnnForward = byValues('rnn-forward', {
  order: 20,
  parameters: ['h_0', 'xs', 'W_h', 'W_x', 'b'],
  returns: ['hs'],
  text: () => builtInText('rnn'),
  draw,
  range: [-1, 1],
  edges: (rng) => [
    ...edgeCalls(rng, { draw, inputs: [0, 1], steps: [1, 2] }),
    ...[40, 100].map((T) => lastingSequence(rng.fork(`${T} steps`), T)),
  ],
  answer: states((hs) => hs),
  slips: {
    'sums-returned': states((hs) => hs.map((h) => h.map(Math.atanh))),
    'input-late': statesWith((sequence) => ({
      ...sequence,
      xs: [zerosLike(sequence.xs[0]!), ...sequence.xs.slice(0, -1)],
    })),
    'input-wrapped': statesWith((sequence) => ({
      ...sequence,
      xs: [sequence.xs.at(-1)!, ...sequence.xs.slice(0, -1)],
    })),
    residual: (program, given) => {
      const { h_0, xs, ...weights } = sequenceOf(given);
      const hs = [h_0];
      for (const x of xs) hs.push(add(hs.at(-1)!, statesOf(program, { ...weights, h_0: hs.at(-1)!, xs: [x] })[0]!));
      return { hs: hs.slice(1) };
    },
    'first-input-always': statesWith((sequence) => ({ ...sequence, xs: sequence.xs.map(() => sequence.xs[0]!) })),
    summed: states((hs) => hs.map((_, t) => total(hs.slice(0, t + 1)))),
    'starts-at-zeros': statesWith((sequence) => ({ ...sequence, h_0: zerosLike(sequence.h_0) })),
    'always-from-h-0': (program, given) => {
      const sequence = sequenceOf(given);
      return { hs: sequence.xs.map((x) => statesOf(program, { ...sequence, xs: [x] })[0]!) };
    },
    'last-only': states((hs) => hs.at(-1)!),
    'h-0-included': states((hs, { h_0 }) => [h_0, ...hs]),
    'h-0-for-the-last': states((hs, { h_0 }) => [h_0, ...hs.slice(0, -1)]),
    'one-list': states((hs) => hs.map(() => hs.at(-1)!)),
    'newest-first': states((hs) => hs.toReversed()),
    'read-from-the-end': statesWith((sequence) => ({ ...sequence, xs: sequence.xs.toReversed() })),
  },
  properties: {
    prefix: property('the first inputs alone give the first states', async (ask, rng) => {
      const [h_0, xs, ...weights] = draw(rng, 'small') as Given;
      const whole = await ask([h_0, xs, ...weights]);
      const given = [h_0, xs.slice(0, -1), ...weights];
      const got = await ask(given);
      const first = (whole.hs as readonly Value[]).slice(0, -1);
      return held(near(first, got.hs!), given, got, 'a state depends on the inputs up to its step and on none after');
    }),
    continued: property(
      'a sequence in two halves, the second from where the first ended, gives the same states',
      async (ask, rng) => {
        const [h_0, xs, ...weights] = draw(rng, 'large') as Given;
        const half = xs.length / 2;
        const whole = (await ask([h_0, xs, ...weights])).hs as readonly Vector[];
        const first = (await ask([h_0, xs.slice(0, half), ...weights])).hs as readonly Vector[];
        const given = [first.at(-1)!, xs.slice(half), ...weights];
        const got = await ask(given);
        const because = 'the state is all that a step knows of what came before it';
        return held(near(whole.slice(half), got.hs!), given, got, because);
      },
    ),
  },
});

export default rnnForward;
