// Backpropagation through time: Rumelhart, Hinton & Williams 1986; Werbos 1990. The equations of a step are derived from the cell.

import type { Program } from '../../equations/program.ts';
import type { Random } from '../../numbers/random.ts';
import type { ByValues, Slip } from '../exercise.ts';
import { edgeCalls, type Size } from '../exercise-kit/draws.ts';
import { lineOf } from '../exercise-kit/reference.ts';
import {
  backwardOfRnn,
  backwardTextOfRnn,
  drawnSequence,
  drawnVectors,
  lastingSequence,
  type Sequence,
  type Share,
  type Sweep,
  statesOf,
  sweepBack,
  type Vector,
} from '../exercise-kit/sequences.ts';
import { held, near, outer, plus, scaled, total, zerosLike } from '../exercise-kit/values.ts';
import type { Answer, Value } from '../value.ts';

interface Given extends Sequence {
  readonly d_hs: readonly Vector[];
}

const givenOf = ([h_0, xs, W_h, W_x, b, d_hs]: readonly Value[]) =>
  ({ h_0, xs, W_h, W_x, b, d_hs }) as unknown as Given;
const listOf = ({ h_0, xs, W_h, W_x, b, d_hs }: Given): readonly Value[] => [h_0, xs, W_h, W_x, b, d_hs];

function draw(rng: Random, size: Size): readonly Value[] {
  const sequence = drawnSequence(rng, size, { small: 4, large: 9 });
  const [h_0, xs] = sequence;
  return [...sequence, drawnVectors(rng, xs.length, h_0.length)];
}

const answer: ByValues['answer'] = (program, given) => answerOf(sweep(program, givenOf(given)));

const slip = lineOf(backwardTextOfRnn, answer);

const sweep = (program: Program, { d_hs, ...sequence }: Given): Sweep => sweepBack(program, sequence, d_hs);
const answerOf = ({ shares, d_h_0 }: Sweep): Answer => ({ ...total<Share>(shares), d_h_0 });

/** The right sweep, put together in another way. */
const putTogether =
  (together: (sweep: Sweep, given: Given) => Answer): Slip['answer'] =>
  (program, given) =>
    together(sweep(program, givenOf(given)), givenOf(given));

/** The right answer to another question. */
const asked =
  (change: (given: Given) => Given): Slip['answer'] =>
  (program, given) =>
    answerOf(sweep(program, change(givenOf(given))));

/** ∂L/∂W_h with other vectors in the place of h_{t-1}. The share of the bias is the gradient before the product. */
const withBefore = (before: (hs: readonly Vector[], given: Given) => readonly Vector[]) =>
  putTogether((swept, given) => {
    const others = before(swept.hs, given);
    return { ...answerOf(swept), d_W_h: total(swept.shares.map(({ d_b }, t) => outer(d_b, others[t]!))) };
  });

const product = 'd_W_h += da_h · h_{t-1}ᵀ';

export const rnnBackward: ByValues = {
  kind: 'values',
  id: 'rnn-backward',
  function: 'rnn_backward',
  parameters: ['h_0', 'xs', 'W_h', 'W_x', 'b', 'd_hs'],
  returns: ['d_W_h', 'd_W_x', 'd_b', 'd_h_0'],
  reference: backwardOfRnn,
  draw,
  edges: (rng) => [
    ...edgeCalls(rng, { draw, inputs: [0, 1], linear: [5], steps: [1, 2] }),
    ...[40, 100].map((T) => [
      ...lastingSequence(rng.fork(`${T} steps`), T),
      drawnVectors(rng.fork(`${T} losses`), T, 2),
    ]),
  ],
  answer,
  slips: [
    slip(
      'precedence',
      'the parentheses around 1 - h² are missing, so that h² is subtracted from the product',
      'da_h = d_h .* 1 - h .^ 2',
    ),
    slip('sigmoid-slope', 'the derivative is that of sigmoid, but h is a tanh', 'da_h = d_h .* h .* (1 - h)'),
    {
      id: 'no-future',
      says: 'what comes back from the next step is not added and each step sees its own loss alone',
      wrong: 'd_h = d_hs[t]',
      right: 'd_h = d_hs[t] + d_h_prev of step t+1',
      answer: (program, given) => {
        const { d_hs, ...sequence } = givenOf(given);
        return answerOf(sweepBack(program, sequence, d_hs, (outside) => outside));
      },
    },
    {
      id: 'last-loss-only',
      says: 'only the loss at the last step is sent back and d_hs of the steps before it is not read',
      wrong: 'd_h = d_h_prev of step t+1',
      right: 'd_h = d_hs[t] + d_h_prev of step t+1',
      answer: asked((given) => ({
        ...given,
        d_hs: given.d_hs.map((d_h, t) => (t === given.d_hs.length - 1 ? d_h : zerosLike(d_h))),
      })),
    },
    {
      id: 'overwritten',
      says: "each step overwrites the weights' gradients, so that those of the first step, which comes last, are left",
      wrong: 'd_W_h = da_h · h_{t-1}ᵀ',
      right: product,
      answer: putTogether(({ shares, d_h_0 }) => ({ ...shares[0]!, d_h_0 })),
    },
    {
      id: 'last-share-only',
      says: "the weights' gradients are those of the last step alone instead of the sum over the steps",
      wrong: 'd_W_h = da_h · h_{T-1}ᵀ of step T',
      right: product,
      answer: putTogether(({ shares, d_h_0 }) => ({ ...shares.at(-1)!, d_h_0 })),
    },
    {
      id: 'mean',
      says: "the weights' gradients are the mean over the steps instead of the sum",
      wrong: 'd_W_h / T',
      right: 'd_W_h',
      answer: putTogether(({ shares, d_h_0 }) => ({ ...scaled(1 / shares.length, total<Share>(shares)), d_h_0 })),
    },
    {
      id: 'state-after',
      says: 'the gradient of W_h is taken with the state after the step instead of the one before it',
      wrong: 'd_W_h += da_h · h_tᵀ',
      right: product,
      answer: withBefore((hs) => hs),
    },
    {
      id: 'zeros-before',
      says: 'the gradient of W_h is taken with zeros instead of h_0 for the first step',
      wrong: 'h_prev = 0 at the first step',
      right: 'h_prev = h_0 at the first step',
      answer: withBefore((hs, { h_0 }) => [zerosLike(h_0), ...hs]),
    },
    {
      id: 'last-before-first',
      says: 'the gradient of W_h is taken with the last state for the first step, where hs[t - 1] is hs[-1]',
      wrong: 'h_prev = hs[t - 1]',
      right: 'h_prev = hs[t - 1] where t > 0, else h_0',
      answer: withBefore((hs) => [hs.at(-1)!, ...hs]),
    },
    {
      id: 'd-h-0-early',
      says: 'd_h_0 is the gradient that arrives at h_1 and the way back through the first step is missing',
      wrong: 'd_h_0 = d_h of step 1',
      right: 'd_h_0 = W_hᵀ · da_h of step 1',
      answer: putTogether((swept) => ({ ...answerOf(swept), d_h_0: swept.d_h_1 })),
    },
    {
      id: 'd-h-0-before-product',
      says: 'd_h_0 misses its last product and is the gradient inside the tanh of the first step',
      wrong: 'd_h_0 = da_h of step 1',
      right: 'd_h_0 = W_hᵀ · da_h of step 1',
      answer: putTogether((swept) => ({ ...answerOf(swept), d_h_0: swept.shares[0]!.d_b })),
    },
    {
      id: 'inputs-reversed',
      says: 'the inputs are read in the wrong order on the way back, the first one at the last step',
      wrong: 'd_W_x += da_h · x_{T+1-t}ᵀ',
      right: 'd_W_x += da_h · x_tᵀ',
      answer: putTogether((swept, { xs }) => ({
        ...answerOf(swept),
        d_W_x: total(swept.shares.map(({ d_b }, t) => outer(d_b, xs.at(-1 - t)!))),
      })),
    },
    {
      id: 'last-loss-everywhere',
      says: 'every step adds the d_h of the last step',
      wrong: 'd_h = d_hs[T] + d_h_prev of step t+1',
      right: 'd_h = d_hs[t] + d_h_prev of step t+1',
      answer: asked((given) => ({ ...given, d_hs: given.d_hs.map(() => given.d_hs.at(-1)!) })),
    },
    {
      id: 'losses-reversed',
      says: 'd_hs is read in the wrong order, the first one at the last step',
      wrong: 'd_h = d_hs[T+1-t] + d_h_prev of step t+1',
      right: 'd_h = d_hs[t] + d_h_prev of step t+1',
      answer: asked((given) => ({ ...given, d_hs: given.d_hs.toReversed() })),
    },
    slip(
      'tanh-twice',
      'the slope of tanh is taken at h, which is the tanh already',
      'da_h = d_h .* (1 - tanh(h) .^ 2)',
    ),
    slip(
      'slope-of-the-sum',
      'the slope of tanh is taken from the sum inside it instead of from h',
      'da_h = d_h .* (1 - (W_h * h_prev + W_x * x + b) .^ 2)',
    ),
  ],
  properties: [
    {
      id: 'linear',
      says: 'the gradients of two losses together are the sums of the gradients of each',
      holds: async (ask, rng) => {
        const one = givenOf(draw(rng, 'small'));
        const two = { ...one, d_hs: drawnVectors(rng.fork('other'), one.xs.length, one.h_0.length) };
        const [first, second] = [await ask(listOf(one)), await ask(listOf(two))];
        const given = listOf({ ...one, d_hs: plus(one.d_hs, two.d_hs) });
        const got = await ask(given);
        return held(near(plus(first, second), got), given, got, 'what goes back is linear in d_hs');
      },
    },
    {
      id: 'after-the-last-loss',
      says: 'steps after the last loss add nothing',
      holds: async (ask, rng) => {
        const whole = givenOf(draw(rng, 'small'));
        const last = whole.xs.length - 1;
        const short = { ...whole, xs: whole.xs.slice(0, last), d_hs: whole.d_hs.slice(0, last) };
        const before = await ask(listOf(short));
        const given = listOf({ ...whole, d_hs: [...short.d_hs, zerosLike(whole.d_hs[last]!)] });
        const got = await ask(given);
        return held(
          near(before, got),
          given,
          got,
          'a loss sends gradients to its past, and here the last step has no loss',
        );
      },
    },
    {
      id: 'two-halves',
      says: "d_h_0 of the second half, added to the first half's last d_h, joins the halves",
      holds: async (ask, rng) => {
        const whole = givenOf(draw(rng, 'small'));
        const middle = whole.xs.length / 2;
        const h_middle = statesOf(backwardOfRnn(), whole)[middle - 1]!;
        const late = { ...whole, h_0: h_middle, xs: whole.xs.slice(middle), d_hs: whole.d_hs.slice(middle) };
        const second = await ask(listOf(late));
        const { d_hs } = whole;
        const joint = plus(d_hs[middle - 1]!, second.d_h_0 as Vector);
        const early = { ...whole, xs: whole.xs.slice(0, middle), d_hs: [...d_hs.slice(0, middle - 1), joint] };
        const first = await ask(listOf(early));
        const given = listOf(whole);
        const got = await ask(given);
        const because = 'd_h_0 is all that a loss says to what came before its sequence';
        return held(near({ ...plus(first, second), d_h_0: first.d_h_0! }, got), given, got, because);
      },
    },
  ],
};
