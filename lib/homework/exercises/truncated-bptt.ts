// Backpropagation through time that goes back k steps from each loss: Williams & Peng 1990, BPTT(k). Sutskever 2013, section 2.8.6.

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
  statesOf,
  stepBack,
  sweepBack,
  type Vector,
} from '../exercise-kit/sequences.ts';
import { add, held, near, outer, scaled, total, zerosLike } from '../exercise-kit/values.ts';
import type { Answer, Value } from '../value.ts';

interface Given {
  readonly sequence: RnnCall;
  readonly d_hs: readonly Vector[];
  readonly k: number;
}

const givenOf = ([h_0, xs, W_h, W_x, b, d_hs, k]: readonly Value[]) =>
  ({ sequence: { h_0, xs, W_h, W_x, b }, d_hs, k }) as unknown as Given;

function draw(rng: Random, size: Size): readonly Value[] {
  const sequence = drawnSequence(rng, size, { small: 5, large: 8 });
  const [h_0, xs] = sequence;
  const d_hs = drawnVectors(rng, xs.length, h_0.length);
  // Far enough from 1 and from T that a step more, a step less, one step and all of them are four different answers.
  return [...sequence, d_hs, size === 'large' ? 3 + rng.below(3) : 3];
}

/** For each loss, from the first: the shares of the steps that it goes back over, its own step first. */
function reaches(program: Program, { sequence, d_hs, k }: Given, states = statesOf(program, sequence)): Share[][] {
  return d_hs.map((outside, t) => {
    const shares: Share[] = [];
    let d_h = outside;
    const isZero = outside.every((v) => v === 0);
    // Nothing goes back from a loss of zero.
    for (let s = t; s >= 0 && s > t - k && !(isZero && s < t); s--) {
      const { share, d_h_prev } = stepBack(program, sequence, states, s, d_h);
      shares.push(share);
      d_h = d_h_prev;
    }
    return shares;
  });
}

const answerOf = (shares: readonly (readonly Share[])[]): Answer => total<Share>(shares.flat());
const answer: ByValues['answer'] = (program, given) => answerOf(reaches(program, givenOf(given)));

/** The sum of other shares than the right ones. */
const from =
  (shares: (program: Program, given: Given) => readonly (readonly Share[])[]): Slip['answer'] =>
  (program, given) =>
    answerOf(shares(program, givenOf(given)));

/** Every loss goes back another number of steps. */
const withK = (other: (k: number, T: number) => number) =>
  from((program, given) => reaches(program, { ...given, k: other(given.k, given.d_hs.length) }));

/** One sweep over all losses in which nothing goes back beyond the first step of a block. */
const inBlocks = (isFirst: (t: number, k: number, T: number) => boolean) =>
  from((program, { sequence, d_hs, k }) => [
    sweepBack(program, sequence, d_hs, (outside, sentBack, t) =>
      isFirst(t + 1, k, d_hs.length) ? outside : add(outside, sentBack),
    ).shares,
  ]);

const truncatedBptt = byValues('truncated-bptt', {
  order: 80,
  parameters: ['h_0', 'xs', 'W_h', 'W_x', 'b', 'd_hs', 'k'],
  returns: ['d_W_h', 'd_W_x', 'd_b'],
  text: backwardTextOfRnn,
  draw,
  edges: (rng) => {
    const long = lastingSequence(rng.fork('long'), 40);
    const d_hs = drawnVectors(rng.fork('losses'), 40, 2);
    // Further back than most loops are tried, from three losses.
    const few = d_hs.map((d_h, t) => ([4, 34, 39].includes(t) ? d_h : zerosLike(d_h)));
    const calls = edgeCalls(rng, { draw, inputs: [0, 1], linear: [5], steps: [1, 2] });
    return [...calls, [...long, d_hs, 3], [...long, few, 33]];
  },
  answer,
  slips: {
    'one-more': withK((k) => k + 1),
    'one-less': withK((k) => k - 1),
    'not-truncated': withK((_, T) => T),
    'own-step-only': withK(() => 1),
    'last-loss-only': from((program, given) => reaches(program, given).slice(-1)),
    'last-window-only': from((program, { sequence, d_hs, k }) => [sweepBack(program, sequence, d_hs).shares.slice(-k)]),
    blocks: inBlocks((t, k) => t % k === 0),
    'blocks-from-the-end': inBlocks((t, k, T) => (T - t) % k === 0),
    'state-cut': from((program, { sequence, d_hs, k }) => {
      const starts = d_hs.flatMap((_, t) => (t % k === 0 ? [t] : []));
      return starts.map((t) => {
        const h_0 = t === 0 ? sequence.h_0 : zerosLike(sequence.h_0);
        return sweepBack(program, { ...sequence, h_0, xs: sequence.xs.slice(t, t + k) }, d_hs.slice(t, t + k)).shares;
      });
    }),
    'windows-from-zeros': from((program, { sequence, d_hs, k }) =>
      d_hs.map((outside, t) => {
        const start = Math.max(0, t - k + 1);
        const xs = sequence.xs.slice(start, t + 1);
        const window = { ...sequence, h_0: start === 0 ? sequence.h_0 : zerosLike(sequence.h_0), xs };
        const inside = xs.map((_, s) => (s === xs.length - 1 ? outside : zerosLike(outside)));
        return sweepBack(program, window, inside).shares;
      }),
    ),
    'counted-again': from((program, { sequence, d_hs, k }) =>
      d_hs.map((_, t) => {
        const inside = d_hs.map((d_h, s) => (s <= t && s > t - k ? d_h : zerosLike(d_h)));
        return sweepBack(program, sequence, inside).shares.slice(Math.max(0, t - k + 1), t + 1);
      }),
    ),
    'first-step-missed': from((program, given) =>
      reaches(program, given).map((shares, t) => shares.map((share, back) => (t > back ? share : zerosLike(share)))),
    ),
    'input-of-the-loss': from((program, given) =>
      reaches(program, given).map((shares, t) =>
        shares.map((share) => ({ ...share, d_W_x: outer(share.d_b, given.sequence.xs[t]!) })),
      ),
    ),
    mean: (program, given) => scaled(1 / givenOf(given).d_hs.length, answer(program, given)),
  },
  properties: {
    whole: property(
      'with k = T, and with any more, it is the whole of backpropagation through time',
      async (ask, rng) => {
        const drawn = draw(rng, 'small');
        const { sequence, d_hs } = givenOf(drawn);
        const whole = total<Share>(sweepBack(backwardOfRnn(), sequence, d_hs).shares);
        for (const k of [d_hs.length, d_hs.length + 4]) {
          const given = [...drawn.slice(0, -1), k];
          const got = await ask(given);
          if (!near(whole, got)) return held(false, given, got, `T is ${d_hs.length}: nothing is left to truncate`);
        }
        return { holds: true };
      },
    ),
    'one-step': property('with k = 1 a loss reaches its own step and no other', async (ask, rng) => {
      const drawn = draw(rng, 'small');
      const asked = { ...givenOf(drawn), k: 1 };
      const given = [...drawn.slice(0, -1), 1];
      const got = await ask(given);
      const own = answerOf(reaches(backwardOfRnn(), asked));
      return held(near(own, got), given, got, 'step t is the first of the k steps');
    }),
    linear: property('the gradients of two losses together are the sums of the gradients of each', async (ask, rng) => {
      const [h_0, xs, W_h, W_x, b, d_hs, k] = draw(rng, 'small') as readonly [Vector, readonly Vector[], ...Value[]];
      const others = drawnVectors(rng.fork('other'), xs.length, h_0.length);
      const asking = (losses: Value): readonly Value[] => [h_0, xs, W_h!, W_x!, b!, losses, k!];
      const [first, second] = [await ask(asking(d_hs!)), await ask(asking(others))];
      const given = asking(add<Value>(d_hs!, others));
      const got = await ask(given);
      return held(near(add(first, second), got), given, got, 'what goes back is linear in d_hs');
    }),
  },
});

export default truncatedBptt;
