// How often the truth is heard at update i: the three schedules of Bengio, Vinyals, Jaitly & Shazeer 2015, section 2.4.

import type { Random } from '../../numbers/random.ts';
import type { ByValues } from '../exercise.ts';
import { byValues, property } from '../exercise-kit/by-values.ts';
import { byName } from '../exercise-kit/reference.ts';
import { held, near } from '../exercise-kit/values.ts';
import { runOnce } from '../run-program.ts';
import type { Answer, Value } from '../value.ts';

const text = `# Scheduled sampling: Bengio et al. 2015, section 2.4
linear = epsilon + relu(k - c * i - epsilon)        # max(epsilon, k - c i): relu(a - b) + b is the larger of a and b
exponential = k .^ i                                # k < 1
inverse_sigmoid = k ./ (k + exp(i ./ k))            # k >= 1

i : 1
k : 1
c : 1
epsilon : 1
`;

const kinds = ['linear', 'exponential', 'inverse sigmoid'] as const;
type Kind = (typeof kinds)[number];

const parameters = ['kind', 'i', 'k', 'c', 'epsilon'];

const answer: ByValues['answer'] = (program, given): Answer => {
  const { kind, ...numbers } = byName(parameters, given);
  const name = String(kind).replace(' ', '_');
  return { p: runOnce(program, numbers, [name])[name]! };
};

const samplingSchedule: ByValues = byValues('sampling-schedule', {
  order: 110,
  parameters,
  returns: ['p'],
  text,
  range: [0, 1],
  draw: (rng, size) => drawn(rng, kinds[rng.below(kinds.length)]!, size === 'small' ? 'early' : 'late'),
  // Before the first update, where the line meets its floor, far after that, and with the constants at the ends of their ranges.
  edges: () => [
    ['linear', 0, 1, 0.01, 0.1],
    ['linear', 90, 1, 0.01, 0.1],
    ['linear', 91, 1, 0.01, 0.1],
    ['linear', 1e6, 1, 0.01, 0.1],
    ['linear', 50, 0.9, 0, 0],
    ['linear', 1000, 0.9, 0.01, 0],
    ['linear', 3, 0.2, 0.1, 0.5],
    ['linear', 100, 1, 1e-5, 0.001],
    ['exponential', 0, 0.9, 0.01, 0.1],
    ['exponential', 1, 0.9, 0.01, 0.95],
    ['exponential', 3, 0.01, 0.01, 0.1],
    ['exponential', 150, 0.9, 0.01, 0.1],
    ['exponential', 2000, 0.999, 0.01, 0.5],
    ['exponential', 1e5, 0.99, 0.01, 0.1],
    ['inverse sigmoid', 30000, 1000, 0.01, 0.1],
    ['inverse sigmoid', 0, 1, 0.01, 0.1],
    ['inverse sigmoid', 5, 1, 0.01, 0.1],
    ['inverse sigmoid', 16, 1, 0.01, 0.1],
    ['inverse sigmoid', 600, 1, 0.01, 0.1],
    ['inverse sigmoid', 0, 2000, 0.01, 0.9999],
    ['inverse sigmoid', 20000, 2000, 0.01, 0.1],
    ['inverse sigmoid', 3, 7.5, 0.01, 0.9],
  ],
  telling: (rng) => eachKind(rng),
  answer,
  slips: {
    'one-later': (program, given) => answer(program, given.with(1, (given[1] as number) + 1)),
    'one-earlier': (program, given) => answer(program, given.with(1, (given[1] as number) - 1)),
    percent: (program, given) => ({ p: 100 * (answer(program, given).p as number) }),
    own: (program, given) => ({ p: 1 - (answer(program, given).p as number) }),
  },
  properties: {
    each: property('each of the three, early and late', async (ask, rng) => {
      for (const given of eachKind(rng)) {
        const got = await ask(given);
        const { p } = answer(samplingSchedule.reference(), given);
        if (!near(got.p!, p!)) return held(false, given, got, `the ${given[0]} schedule is ${p} here`);
      }
      return { holds: true };
    }),
    floor: property('the linear schedule ends at epsilon and stays there', async (ask, rng) => {
      const [kind, , k, c, epsilon] = drawn(rng, 'linear', 'early');
      const given = [kind!, 400, k!, c!, epsilon!];
      const got = await ask(given);
      return held(near(got.p!, epsilon!), given, got, `k - c i is far below epsilon = ${epsilon}`);
    }),
    falls: property('every schedule stays within 0 and 1 and never rises', async (ask, rng) => {
      for (const kind of kinds) {
        const [, , ...numbers] = drawn(rng, kind, 'early');
        let last = 1;
        for (const i of [0, 1, 5, 25, 100]) {
          const given = [kind, i, ...numbers];
          const got = await ask(given);
          const p = got.p as number;
          const because = `before it was ${last}: it may not rise, nor leave 0 to 1`;
          if (!(p >= 0 && p <= last + 1e-8)) return held(false, given, got, because);
          last = p;
        }
      }
      return { holds: true };
    }),
  },
});

export default samplingSchedule;

/** Early: before the linear schedule meets its floor. Late: when all three are below epsilon, or would be. */
function drawn(rng: Random, kind: Kind, when: 'early' | 'late'): readonly Value[] {
  const between = (low: number, high: number): number => low + rng.below(high - low + 1);
  const i = when === 'early' ? between(2, 30) : between(150, 200);
  const k = {
    linear: between(80, 99) / 100,
    exponential: between(90, 98) / 100,
    'inverse sigmoid': between(6, 20),
  }[kind];
  return [kind, i, k, between(10, 19) / 1000, between(5, 25) / 100];
}

/** Every kind twice early and twice late. */
const eachKind = (rng: Random): (readonly Value[])[] =>
  kinds.flatMap((kind) => (['early', 'late', 'early', 'late'] as const).map((when) => drawn(rng, kind, when)));
