// Mistakes that every gated cell shares: what the common libraries and courses do otherwise, as other lines or other weights.

import type { ByValues, Slip } from '../exercise.ts';
import type { Value } from '../value.ts';
import { slipOfLines } from './by-values.ts';

type Named = { readonly [name: string]: Value };
type Matrix = readonly (readonly number[])[];

interface Gated {
  readonly text: () => string;
  readonly answer: ByValues['answer'];
  /** Gates that are sigmoids, and all that have weights: `fio`, `fiog`. */
  readonly sigmoids: string;
  readonly all: string;
  /** Where the weights are among the arguments. */
  readonly weights: number;
}

const sum = (gate: string): string => `(W_${gate} * h_prev + U_${gate} * x + b_${gate})`;

/** What takes the place of a sigmoid, of a gate's sum. */
const sigmoids: readonly (Pick<Slip, 'id' | 'says' | 'wrong'> & { readonly of: (a: string) => string })[] = [
  {
    id: 'sigmoid-sign',
    says: 'the minus in the exponent of sigmoid is missing, so that every gate is 1 minus what it should be',
    wrong: 'sigmoid(a) = 1 / (1 + exp(a))',
    of: (a) => `sigmoid(-${a})`,
  },
  {
    id: 'hard-sigmoid-keras',
    says: 'the gates use the hard sigmoid of Keras 1 instead of sigmoid',
    wrong: 'sigmoid(a) = min(1, max(0, 0.2 a + 0.5))',
    of: (a) => `relu(0.2 * ${a} + 0.5) - relu(0.2 * ${a} - 0.5)`,
  },
  {
    id: 'hard-sigmoid',
    says: 'the gates use the hard sigmoid of PyTorch instead of sigmoid',
    wrong: 'sigmoid(a) = min(1, max(0, a / 6 + 1 / 2))',
    of: (a) => `relu(${a} ./ 6 + 0.5) - relu(${a} ./ 6 - 0.5)`,
  },
  {
    id: 'sigmoid-by-tanh',
    says: 'sigmoid is computed from tanh without halving the argument',
    wrong: 'sigmoid(a) = (1 + tanh(a)) / 2',
    of: (a) => `0.5 + 0.5 * tanh${a}`,
  },
  {
    id: 'exp-for-sigmoid',
    says: 'sigmoid is 1 / exp(-a): the 1 + in the denominator is missing',
    wrong: 'sigmoid(a) = 1 / exp(-a)',
    of: (a) => `exp${a}`,
  },
];

export function gatedSlips({ text, answer, sigmoids: gates, all, weights }: Gated): readonly Slip[] {
  const withWeights = (change: (p: Named) => Named, also: (given: readonly Value[]) => readonly Value[] = (g) => g) =>
    ((program, given) =>
      answer(program, also(given.with(weights, change(given[weights] as Named))))) satisfies Slip['answer'];
  return [
    ...sigmoids.map(({ id, says, wrong, of }) =>
      slipOfLines(
        { id, says, wrong, right: 'sigmoid(a) = 1 / (1 + exp(-a))' },
        [...gates].map((gate) => `${gate} = ${of(sum(gate))}`),
        text,
        answer,
      ),
    ),
    {
      id: 'input-first',
      says: 'the vectors are concatenated as [x, h_prev], but the matrices as [W, U], whose first columns multiply h_prev',
      wrong: '[W U] * [x; h_prev]',
      right: '[W U] * [h_prev; x]',
      answer: withWeights((p) => inputFirst(p, all)),
    },
    ...orders(all).map((order): Slip => {
      const taken = [...all].filter((gate, k) => gate !== order[k]);
      return {
        id: `order ${order}`,
        says: `the weights of the gates are in another order: ${taken.map((gate) => `${gate} has those of ${order[all.indexOf(gate)]}`).join(', ')}`,
        wrong: `${[...order].join(', ')} taken for ${[...all].join(', ')}`,
        right: `${[...all].map((gate) => `W_${gate}`).join(', ')}, each for its own gate`,
        answer: withWeights((p) => reordered(p, all, order)),
      };
    }),
  ];
}

/** [W, U] as one matrix, whose first columns multiply x. */
function inputFirst(p: Named, gates: string): Named {
  const named = [...gates].flatMap((gate) => {
    const [W, U] = [p[`W_${gate}`], p[`U_${gate}`]] as Matrix[];
    const both = W!.map((row, i) => [...row, ...U![i]!]);
    const D = U![0]!.length;
    return [
      [`U_${gate}`, both.map((row) => row.slice(0, D))],
      [`W_${gate}`, both.map((row) => row.slice(D))],
    ];
  });
  return { ...p, ...Object.fromEntries(named) };
}

const reordered = (p: Named, gates: string, order: string): Named => ({
  ...p,
  ...Object.fromEntries(
    [...gates].flatMap((gate, k) => ['W', 'U', 'b'].map((part) => [`${part}_${gate}`, p[`${part}_${order[k]}`]!])),
  ),
});

/** All orders of the letters that move three of them or more: an exchange of two is an edit of the equations. */
function orders(letters: string): readonly string[] {
  const all = (rest: string): string[] =>
    rest === '' ? [''] : [...rest].flatMap((one) => all(rest.replace(one, '')).map((order) => one + order));
  return all(letters).filter((order) => [...order].filter((letter, k) => letter !== letters[k]).length > 2);
}
