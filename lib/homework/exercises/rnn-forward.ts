// The plain recurrent network over a whole sequence: the same step, again and again, on what it returned.

import type { Program } from '../../equations/program.ts';
import type { Random } from '../../numbers/random.ts';
import type { ByValues } from '../exercise.ts';
import { edgeCalls, type Size } from '../exercise-kit/draws.ts';
import { builtInEquations } from '../exercise-kit/reference.ts';
import { drawnSequence, lastingSequence, type Sequence, statesOf, type Vector } from '../exercise-kit/sequences.ts';
import { held, near, plus, total, zerosLike } from '../exercise-kit/values.ts';
import type { Value } from '../value.ts';

type Given = readonly [Vector, readonly Vector[], ...(readonly Value[])];

const sequenceOf = ([h_0, xs, W_h, W_x, b]: readonly Value[]) => ({ h_0, xs, W_h, W_x, b }) as unknown as Sequence;
const draw = (rng: Random, size: Size) => drawnSequence(rng, size, { small: 4, large: 10 });

const right = 'h_t = tanh(W_h h_{t-1} + W_x x_t + b)';

/** The right states in another form. */
const states =
  (returned: (hs: readonly Vector[], sequence: Sequence) => readonly Value[]) =>
  (program: Program, given: readonly Value[]) => ({
    hs: returned(statesOf(program, sequenceOf(given)), sequenceOf(given)),
  });

/** The states of another sequence. */
const statesWith = (change: (sequence: Sequence) => Sequence) => (program: Program, given: readonly Value[]) => ({
  hs: statesOf(program, change(sequenceOf(given))),
});

export const rnnForward: ByValues = {
  kind: 'values',
  id: 'rnn-forward',
  function: 'rnn_forward',
  parameters: ['h_0', 'xs', 'W_h', 'W_x', 'b'],
  returns: ['hs'],
  reference: () => builtInEquations('rnn'),
  draw,
  edges: (rng) => [
    ...edgeCalls(rng, { draw, inputs: [0, 1], steps: [1, 2] }),
    ...[40, 100].map((T) => lastingSequence(rng.fork(`${T} steps`), T)),
  ],
  answer: states((hs) => hs),
  slips: [
    {
      id: 'sums-returned',
      says: 'the sum inside tanh is returned, although the next step uses its tanh',
      wrong: 'return a_1, …, a_T, where h_t = tanh(a_t)',
      right: 'return h_1, …, h_T',
      answer: states((hs) => hs.map((h) => h.map(Math.atanh))),
    },
    {
      id: 'input-late',
      says: 'each step reads the input of the step before it, and the first reads zeros',
      wrong: 'h_t = tanh(W_h h_{t-1} + W_x x_{t-1} + b)',
      right,
      answer: statesWith((sequence) => ({
        ...sequence,
        xs: [zerosLike(sequence.xs[0]!), ...sequence.xs.slice(0, -1)],
      })),
    },
    {
      id: 'input-wrapped',
      says: 'each step reads the input of the step before it, and the first reads the last, as xs[t - 1] is xs[-1] there',
      wrong: 'h_t = tanh(W_h h_{t-1} + W_x x_{t-1} + b)',
      right,
      answer: statesWith((sequence) => ({ ...sequence, xs: [sequence.xs.at(-1)!, ...sequence.xs.slice(0, -1)] })),
    },
    {
      id: 'residual',
      says: 'each new state is added to the old one',
      wrong: 'h_t = h_{t-1} + tanh(W_h h_{t-1} + W_x x_t + b)',
      right,
      answer: (program, given) => {
        const { h_0, xs, ...weights } = sequenceOf(given);
        const hs = [h_0];
        for (const x of xs) hs.push(plus(hs.at(-1)!, statesOf(program, { ...weights, h_0: hs.at(-1)!, xs: [x] })[0]!));
        return { hs: hs.slice(1) };
      },
    },
    {
      id: 'first-input-always',
      says: 'every step reads the first input',
      wrong: 'h_t = tanh(W_h h_{t-1} + W_x x_1 + b)',
      right,
      answer: statesWith((sequence) => ({ ...sequence, xs: sequence.xs.map(() => sequence.xs[0]!) })),
    },
    {
      id: 'summed',
      says: 'the states are summed over the steps',
      wrong: 'return h_1, h_1 + h_2, …',
      right: 'return h_1, h_2, …, h_T',
      answer: states((hs) => hs.map((_, t) => total(hs.slice(0, t + 1)))),
    },
    {
      id: 'starts-at-zeros',
      says: 'the first step starts from zeros instead of h_0',
      wrong: 'h_1 = tanh(W_x x_1 + b)',
      right: 'h_1 = tanh(W_h h_0 + W_x x_1 + b)',
      answer: statesWith((sequence) => ({ ...sequence, h_0: zerosLike(sequence.h_0) })),
    },
    {
      id: 'always-from-h-0',
      says: 'every step starts from h_0 instead of the state before it',
      wrong: 'h_t = tanh(W_h h_0 + W_x x_t + b)',
      right,
      answer: (program, given) => {
        const sequence = sequenceOf(given);
        return { hs: sequence.xs.map((x) => statesOf(program, { ...sequence, xs: [x] })[0]!) };
      },
    },
    {
      id: 'last-only',
      says: 'only the last state is returned',
      wrong: 'return h_T',
      right: 'return h_1, …, h_T',
      answer: states((hs) => hs.at(-1)!),
    },
    {
      id: 'h-0-included',
      says: 'h_0 is returned with the states, one vector too many',
      wrong: 'return h_0, h_1, …, h_T',
      right: 'return h_1, …, h_T',
      answer: states((hs, { h_0 }) => [h_0, ...hs]),
    },
    {
      id: 'h-0-for-the-last',
      says: 'each state is kept before its step instead of after it, so that h_0 is returned and h_T is not',
      wrong: 'return h_0, …, h_{T-1}',
      right: 'return h_1, …, h_T',
      answer: states((hs, { h_0 }) => [h_0, ...hs.slice(0, -1)]),
    },
    {
      id: 'one-list',
      says: 'one list is written over at every step and returned T times, so that every entry is the last state',
      wrong: 'return h_T, …, h_T',
      right: 'return h_1, …, h_T, each a list of its own',
      answer: states((hs) => hs.map(() => hs.at(-1)!)),
    },
    {
      id: 'newest-first',
      says: 'the states come back newest first',
      wrong: 'return h_T, …, h_1',
      right: 'return h_1, …, h_T',
      answer: states((hs) => hs.toReversed()),
    },
    {
      id: 'read-from-the-end',
      says: 'the inputs are read from the last to the first',
      wrong: 'h_t = tanh(W_h h_{t-1} + W_x x_{T+1-t} + b)',
      right,
      answer: statesWith((sequence) => ({ ...sequence, xs: sequence.xs.toReversed() })),
    },
  ],
  properties: [
    {
      id: 'prefix',
      says: 'the first inputs alone give the first states',
      holds: async (ask, rng) => {
        const [h_0, xs, ...weights] = draw(rng, 'small') as Given;
        const whole = await ask([h_0, xs, ...weights]);
        const given = [h_0, xs.slice(0, -1), ...weights];
        const got = await ask(given);
        const first = (whole.hs as readonly Value[]).slice(0, -1);
        return held(near(first, got.hs!), given, got, 'a state depends on the inputs up to its step and on none after');
      },
    },
    {
      id: 'continued',
      says: 'a sequence in two halves, the second from where the first ended, gives the same states',
      holds: async (ask, rng) => {
        const [h_0, xs, ...weights] = draw(rng, 'large') as Given;
        const half = xs.length / 2;
        const whole = (await ask([h_0, xs, ...weights])).hs as readonly Vector[];
        const first = (await ask([h_0, xs.slice(0, half), ...weights])).hs as readonly Vector[];
        const given = [first.at(-1)!, xs.slice(half), ...weights];
        const got = await ask(given);
        const because = 'the state is all that a step knows of what came before it';
        return held(near(whole.slice(half), got.hs!), given, got, because);
      },
    },
  ],
};
