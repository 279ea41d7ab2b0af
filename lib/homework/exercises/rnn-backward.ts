// Backpropagation through time: Rumelhart, Hinton & Williams 1986; Werbos 1990. The equations of a step are derived from the cell.

import type { Program } from '../../equations/program.ts';
import type { Random } from '../../numbers/random.ts';
import type { ByValues, Slip } from '../exercise.ts';
import { byValues, property } from '../exercise-kit/by-values.ts';
import { edgeCalls, type Size } from '../exercise-kit/draws.ts';
import {
  backwardOfRnn,
  backwardTextOfRnn,
  drawnSequence,
  drawnVectors,
  lastingSequence,
  type RnnCall,
  type Share,
  type Sweep,
  statesOf,
  sweepBack,
  type Vector,
} from '../exercise-kit/sequences.ts';
import { add, held, near, outer, scaled, total, zerosLike } from '../exercise-kit/values.ts';
import type { Answer, Value } from '../value.ts';

interface Given extends RnnCall {
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

const rnnBackward = byValues('rnn-backward', {
  order: 70,
  parameters: ['h_0', 'xs', 'W_h', 'W_x', 'b', 'd_hs'],
  returns: ['d_W_h', 'd_W_x', 'd_b', 'd_h_0'],
  text: backwardTextOfRnn,
  draw,
  edges: (rng) => [
    ...edgeCalls(rng, { draw, inputs: [0, 1], linear: [5], steps: [1, 2] }),
    ...[40, 100].map((T) => [
      ...lastingSequence(rng.fork(`${T} steps`), T),
      drawnVectors(rng.fork(`${T} losses`), T, 2),
    ]),
  ],
  answer,
  slips: {
    'no-future': (program, given) => {
      const { d_hs, ...sequence } = givenOf(given);
      return answerOf(sweepBack(program, sequence, d_hs, (outside) => outside));
    },
    'last-loss-only': asked((given) => ({
      ...given,
      d_hs: given.d_hs.map((d_h, t) => (t === given.d_hs.length - 1 ? d_h : zerosLike(d_h))),
    })),
    overwritten: putTogether(({ shares, d_h_0 }) => ({ ...shares[0]!, d_h_0 })),
    'last-share-only': putTogether(({ shares, d_h_0 }) => ({ ...shares.at(-1)!, d_h_0 })),
    mean: putTogether(({ shares, d_h_0 }) => ({ ...scaled(1 / shares.length, total<Share>(shares)), d_h_0 })),
    'state-after': withBefore((hs) => hs),
    'zeros-before': withBefore((hs, { h_0 }) => [zerosLike(h_0), ...hs]),
    'last-before-first': withBefore((hs) => [hs.at(-1)!, ...hs]),
    'd-h-0-early': putTogether((swept) => ({ ...answerOf(swept), d_h_0: swept.d_h_1 })),
    'd-h-0-before-product': putTogether((swept) => ({ ...answerOf(swept), d_h_0: swept.shares[0]!.d_b })),
    'inputs-reversed': putTogether((swept, { xs }) => ({
      ...answerOf(swept),
      d_W_x: total(swept.shares.map(({ d_b }, t) => outer(d_b, xs.at(-1 - t)!))),
    })),
    'last-loss-everywhere': asked((given) => ({ ...given, d_hs: given.d_hs.map(() => given.d_hs.at(-1)!) })),
    'losses-reversed': asked((given) => ({ ...given, d_hs: given.d_hs.toReversed() })),
  },
  properties: {
    linear: property('the gradients of two losses together are the sums of the gradients of each', async (ask, rng) => {
      const one = givenOf(draw(rng, 'small'));
      const two = { ...one, d_hs: drawnVectors(rng.fork('other'), one.xs.length, one.h_0.length) };
      const [first, second] = [await ask(listOf(one)), await ask(listOf(two))];
      const given = listOf({ ...one, d_hs: add(one.d_hs, two.d_hs) });
      const got = await ask(given);
      return held(near(add(first, second), got), given, got, 'what goes back is linear in d_hs');
    }),
    'after-the-last-loss': property('steps after the last loss add nothing', async (ask, rng) => {
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
    }),
    'two-halves': property(
      "d_h_0 of the second half, added to the first half's last d_h, joins the halves",
      async (ask, rng) => {
        const whole = givenOf(draw(rng, 'small'));
        const middle = whole.xs.length / 2;
        const h_middle = statesOf(backwardOfRnn(), whole)[middle - 1]!;
        const late = { ...whole, h_0: h_middle, xs: whole.xs.slice(middle), d_hs: whole.d_hs.slice(middle) };
        const second = await ask(listOf(late));
        const { d_hs } = whole;
        const joint = add(d_hs[middle - 1]!, second.d_h_0 as Vector);
        const early = { ...whole, xs: whole.xs.slice(0, middle), d_hs: [...d_hs.slice(0, middle - 1), joint] };
        const first = await ask(listOf(early));
        const given = listOf(whole);
        const got = await ask(given);
        const because = 'd_h_0 is all that a loss says to what came before its sequence';
        return held(near({ ...add(first, second), d_h_0: first.d_h_0! }, got), given, got, because);
      },
    ),
  },
});

export default rnnBackward;
