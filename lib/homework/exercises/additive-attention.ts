// One read of additive attention: Bahdanau, Cho & Bengio 2015, section 3.1 and appendix A.1.2. Four sizes, each another: H of the
// decoder's state, A of the units in which it meets an annotation, D of an annotation, S of them.

import type { Random } from '../../numbers/random.ts';
import type { ByValues } from '../exercise.ts';
import { byValues, property } from '../exercise-kit/by-values.ts';
import { drawnMatrix, drawnVector, edgeCalls, type Size } from '../exercise-kit/draws.ts';
import { byName } from '../exercise-kit/reference.ts';
import { add, asVector, combined, held, near, scaled } from '../exercise-kit/values.ts';
import { runOnce } from '../run-program.ts';
import type { Answer, Value } from '../value.ts';

const text = `# Additive attention: Bahdanau, Cho & Bengio 2015, appendix A.1.2
q = W_a * s                                    # what the decoder looks for
E = tanh(ones * q' + annotations * U_a')       # how it meets each annotation, a row for each
e = E * v_a                                    # energies: how well each annotation fits
alpha = softmax(e)                             # alignment: positive, sums to 1
context = annotations' * alpha                 # the weighted mean annotation

s : H
annotations : S D
ones : S
W_a : A H
U_a : A D
v_a : A
`;

const parameters = ['s', 'annotations', 'W_a', 'U_a', 'v_a'];
const returns = ['context', 'alpha'];

/** Equations are given a vector of S ones beside the arguments: with it `q` is spread over the annotations. */
const answer: ByValues['answer'] = (program, given): Answer => {
  const named = byName(parameters, given);
  return runOnce(program, { ...named, ones: rowsIn(named.annotations!).map(() => 1) }, returns);
};

const rowsIn = (matrix: Value): readonly Value[] => matrix as readonly Value[];

const additiveAttention: ByValues = byValues('additive-attention', {
  order: 120,
  parameters,
  returns,
  text,
  draw,
  edges: (rng) => {
    const [s, annotations, W_a, U_a, v_a] = draw(rng.fork('large energies'), 'small');
    // Energies of up to 600: exp is near the largest double, and all the weight is on one annotation.
    const most = asVector(v_a!).reduce((sum, v) => sum + Math.abs(v), 0);
    const calls = edgeCalls(rng, { draw, inputs: [0], linear: [1], steps: [1, 2, 40, 100] });
    const positive = combined((v) => Math.abs(v!), s!);
    const [W, U, v] = [W_a!, U_a!, v_a!].map((weights) => combined((w) => Math.abs(w!), weights));
    const alike = rowsIn(annotations!).map((row) =>
      add(
        combined((v) => Math.abs(v!), rowsIn(annotations!)[0]!),
        scaled(0.01, row),
      ),
    );
    const many = spread(draw(rng.fork('each weight'), { H: 3, D: 2, T: 40 }), 20);
    const [other, single, ...weights] = draw(rng.fork('single'), { H: 2, D: 3, T: 1 });
    return [
      ...calls,
      [other!, scaled(1e4, single!), ...weights],
      [s!, annotations!, scaled(8, W_a!), scaled(8, U_a!), scaled(600 / most, v_a!)],
      // All energies are large and near each other, of either sign.
      ...[690, -690].map((size) => [positive, alike, W!, U!, scaled(size / most, v!)]),
      // Weights of every size; and one that is nearly 1.
      many,
      spread(extremes(many), 6),
    ];
  },
  answer,
  slips: {
    'largest-for-sum': (program, given) => {
      const { context, alpha } = answer(program, given);
      const most = Math.max(...asVector(alpha!));
      return { context: scaled(1 / most, context!), alpha: scaled(1 / most, alpha!) };
    },
    'best-only': (program, given) => {
      const { alpha } = answer(program, given);
      const weights = asVector(alpha!);
      return { context: rowsIn(given[1]!)[weights.indexOf(Math.max(...weights))]!, alpha: alpha! };
    },
  },
  properties: {
    weights: property('alpha is positive and sums to one', async (ask, rng) => {
      const given = additiveAttention.draw(rng, 'large');
      const got = await ask(given);
      const alpha = asVector(got.alpha!);
      const sum = alpha.reduce((a, b) => a + b, 0);
      const positive = alpha.every((weight) => weight > 0);
      const because = positive ? `alpha sums to ${sum}, not to 1` : 'an entry of alpha is not above 0';
      return held(positive && near(sum, 1), given, got, because);
    }),
    order: property('annotations in another order: alpha in that order, and the same context', async (ask, rng) => {
      const given = additiveAttention.draw(rng, 'small');
      const [s, annotations, ...weights] = given;
      const turned = [s!, [...rowsIn(annotations!)].reverse(), ...weights];
      const [there, got] = [await ask(given), await ask(turned)];
      const same = near(got.context!, there.context!) && near(got.alpha!, [...asVector(there.alpha!)].reverse());
      const because = 'the annotations are reversed: alpha has to be reversed, and the context must not change';
      return held(same, turned, got, because);
    }),
    single: property('a single annotation gets all the weight and is the context', async (ask, rng) => {
      const given = drawn(rng, { H: 3, A: 4, D: 2, S: 1 });
      const got = await ask(given);
      const same = near(got.context!, rowsIn(given[1]!)[0]!) && near(got.alpha!, [1]);
      return held(same, given, got, 'of one annotation alpha is [1] and the context is that annotation');
    }),
  },
});

export default additiveAttention;

const energiesOf = (given: readonly Value[]): number[] =>
  asVector(answer(additiveAttention.reference(), given).alpha!).map(Math.log);

/** With v_a scaled such that the energies are up to `range` apart. */
function spread(given: readonly Value[], range: number): readonly Value[] {
  const energies = energiesOf(given);
  return given.with(-1, scaled(range / (Math.max(...energies) - Math.min(...energies)), given.at(-1)!));
}

/** The annotations with the largest and the smallest weight alone. */
function extremes(given: readonly Value[]): readonly Value[] {
  const energies = energiesOf(given);
  const at = [Math.max(...energies), Math.min(...energies)].map((energy) => energies.indexOf(energy));
  return given.with(
    1,
    at.map((j) => rowsIn(given[1]!)[j]!),
  );
}

type Sizes = { readonly H: number; readonly A: number; readonly D: number; readonly S: number };

/** H, A, D, S */
const smallSizes = [
  [2, 4, 3, 5],
  [4, 3, 2, 5],
] as const;
const largeSizes = [
  [3, 5, 4, 12],
  [5, 4, 6, 9],
] as const;

/** Small, large, or these, where A is H and T is how many annotations there are. */
function draw(rng: Random, size: Size): readonly Value[] {
  if (typeof size === 'object') return drawn(rng, { H: size.H, A: size.H, D: size.D, S: size.T ?? 4 });
  const choices = size === 'small' ? smallSizes : largeSizes;
  const [H, A, D, S] = choices[rng.below(choices.length)]!;
  return drawn(rng, { H, A, D, S });
}

const drawn = (rng: Random, { H, A, D, S }: Sizes): readonly Value[] => [
  drawnVector(rng, H),
  Array.from({ length: S }, () => drawnVector(rng, D)),
  drawnMatrix(rng, A, H),
  drawnMatrix(rng, A, D),
  drawnVector(rng, A),
];
