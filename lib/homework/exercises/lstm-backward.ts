// One step of the LSTM backwards: the equations are derived from the cell. Graves 2012, section 4.6, has them by hand.

import type { Program } from '../../equations/program.ts';
import type { Random } from '../../numbers/random.ts';
import type { ByValues } from '../exercise.ts';
import { drawnGates, drawnSizes, drawnVector, edgeCalls, type Size } from '../exercise-kit/draws.ts';
import { byName, equations, lineOf } from '../exercise-kit/reference.ts';
import { backwardText, type Vector } from '../exercise-kit/sequences.ts';
import { combined, held, near, plus, zerosLike } from '../exercise-kit/values.ts';
import { runOnce } from '../run-program.ts';
import type { Answer, Value } from '../value.ts';

type Parameters = { readonly [name: string]: Value };
type Given = readonly [Vector, Vector, Vector, Parameters, Vector, Vector];

const gates = ['f', 'i', 'o', 'g'] as const;
const parameters = ['h_prev', 'c_prev', 'x', 'p', 'd_h', 'd_c'];
const text = (): string => backwardText('lstm');

function draw(rng: Random, size: Size): Given {
  const { H, D } = drawnSizes(rng, size);
  // A cell state well away from 0: near it c and tanh(c) are the same.
  const c_prev = drawnVector(rng, H).map((c) => (c < 0 ? c - 1 : c + 1));
  const [h_prev, x] = [drawnVector(rng, H), drawnVector(rng, D)];
  return [h_prev, c_prev, x, drawnGates(rng, 'fiog', { H, D }), drawnVector(rng, H), drawnVector(rng, H)];
}

function answer(program: Program, given: readonly Value[]): Answer {
  const values = byName(parameters, given);
  const names = Object.keys(given[3] as Parameters);
  // `d_c` is the total in the equations; what the next step sends is `d_c_next`.
  const { d_h_prev, d_c_prev, d_x, ...d_p } = runOnce(program, { ...values, d_c_next: values.d_c! }, [
    ...['d_h_prev', 'd_c_prev', 'd_x'],
    ...names.map((name) => `d_${name}`),
  ]);
  return {
    d_h_prev: d_h_prev!,
    d_c_prev: d_c_prev!,
    d_x: d_x!,
    d_p: Object.fromEntries(names.map((name) => [name, d_p[`d_${name}`]!])),
  };
}

const slip = lineOf(text, answer);
const forGates = (line: (gate: string) => string): readonly string[] => gates.map(line);

const toCell = 'd_c = d_c_next + d_h .* o .* (1 - tanh(c) .^ 2)';

/** `1 - s` after a product, without its parentheses: the wrong line and the right one. */
const precedence = [
  {
    id: 'precedence-cell',
    of: '1 - tanh(c)²',
    lines: [['d_c = d_c_next + d_h .* o .* 1 - tanh(c) .^ 2', toCell]],
  },
  {
    id: 'precedence-candidate',
    of: '1 - g²',
    lines: [['da_g = d_g .* 1 - g .^ 2', 'da_g = d_g .* (1 - g .^ 2)']],
  },
  {
    id: 'precedence-gates',
    of: '1 - f (and 1 - i, 1 - o)',
    lines: [...'fio'].map((g) => [`da_${g} = d_${g} .* ${g} .* 1 - ${g}`, `da_${g} = d_${g} .* ${g} .* (1 - ${g})`]),
  },
];

export const lstmBackward: ByValues = {
  kind: 'values',
  id: 'lstm-backward',
  function: 'lstm_backward',
  parameters,
  returns: ['d_h_prev', 'd_c_prev', 'd_x', 'd_p'],
  reference: () => equations(text()),
  draw,
  edges: (rng) => edgeCalls(rng, { draw, inputs: [0, 1, 2], linear: [4, 5] }),
  answer,
  slips: [
    ...precedence.map(({ id, of, lines }) =>
      slip(id, `the parentheses around ${of} are missing, so that it is subtracted from the product`, lines[0]![0]!, {
        right: lines[0]![1]!,
        equation: lines.map(([wrong]) => wrong!),
      }),
    ),
    slip(
      'bracket',
      'd_c lacks parentheses: the derivative of each gate multiplies only the term through h, not d_c_next',
      'da_f = d_c_next .* c_prev + d_h .* o .* (1 - tanh(c) .^ 2) .* c_prev .* f .* (1 - f), and likewise for i and g',
      {
        right: 'da_f = (d_c_next + d_h .* o .* (1 - tanh(c) .^ 2)) .* c_prev .* f .* (1 - f)',
        equation: [
          ['f', 'c_prev', 'f .* (1 - f)'],
          ['i', 'g', 'i .* (1 - i)'],
          ['g', 'i', '(1 - g .^ 2)'],
        ].map(
          ([gate, by, slope]) => `da_${gate} = d_c_next .* ${by} + d_h .* o .* (1 - tanh_c .^ 2) .* ${by} .* ${slope}`,
        ),
      },
    ),
    slip(
      'slope-of-the-sum',
      'the derivative of the candidate is computed from the sum inside its tanh instead of from g',
      'da_g = d_g .* (1 - (W_g * h_prev + U_g * x + b_g) .^ 2)',
    ),
    slip(
      'tanh-twice',
      'the derivative of the candidate is taken at tanh(g), but g is already the tanh',
      'da_g = d_g .* (1 - tanh(g) .^ 2)',
    ),
    slip(
      'sigmoid-twice',
      'the derivatives of the gates are taken at sigmoid(f), but f is already the sigmoid',
      'da_f = d_f .* sigmoid(f) .* (1 - sigmoid(f)), and likewise for i and o',
      {
        right: 'da_f = d_f .* f .* (1 - f), and likewise for i and o',
        equation: [...'fio'].map((gate) => `da_${gate} = d_${gate} .* sigmoid(${gate}) .* (1 - sigmoid(${gate}))`),
      },
    ),
    slip(
      'd-c-ignored',
      'what the next step sends to c is left out and only the path through h is followed',
      'd_c = d_h .* o .* (1 - tanh(c) .^ 2)',
      { right: toCell },
    ),
    slip(
      'h-not-through-c',
      'the path from h through c is left out and c has only what the next step sends',
      'd_c = d_c_next',
      { right: toCell },
    ),
    slip(
      'c-prev-direct',
      'c_prev has its share of what the next step sends to c, but not of what comes through h',
      'd_c_prev = d_c_next .* f',
      { right: 'd_c_prev = d_c .* f, where d_c has both' },
    ),
    slip(
      'slope-at-c',
      'the slope of tanh is taken from c instead of tanh(c)',
      'd_c = d_c_next + d_h .* o .* (1 - c .^ 2)',
      { right: toCell },
    ),
    slip('output-gate-sees-c', 'the output gate has c in its gradient instead of tanh(c)', 'd_o = d_h .* c', {
      right: 'd_o = d_h .* tanh(c)',
    }),
    slip(
      'gates-not-squashed',
      'the way back through the sigmoids is missing and the gradients stop at the gates themselves',
      'da_f = d_f, da_i = d_i, da_o = d_o',
      {
        right: 'da_f = d_f .* f .* (1 - f), and likewise for i and o',
        equation: ['da_f = d_f', 'da_i = d_i', 'da_o = d_o'],
      },
    ),
    slip(
      'tanh-slope-for-gates',
      'the sigmoid gates have the slope of tanh',
      'da_f = d_f .* (1 - f .^ 2), and likewise for i and o',
      {
        right: 'da_f = d_f .* f .* (1 - f), and likewise for i and o',
        equation: ['da_f = d_f .* (1 - f .^ 2)', 'da_i = d_i .* (1 - i .^ 2)', 'da_o = d_o .* (1 - o .^ 2)'],
      },
    ),
    slip(
      'sigmoid-slope-for-candidate',
      'the candidate has the slope of a sigmoid, and it is a tanh',
      'da_g = d_g .* g .* (1 - g)',
    ),
    slip(
      'new-state-in-products',
      'the gradients of the W are taken with the new state instead of the one before the step',
      "d_W_f = da_f * h', and so for every gate",
      {
        right: "d_W_f = da_f * h_prev', and so for every gate",
        equation: forGates((gate) => `d_W_${gate} = da_${gate} * h'`),
      },
    ),
    slip(
      'not-transposed',
      'the W are not transposed on the way back to h_prev',
      'd_h_prev = W_g * da_g + W_o * da_o + W_i * da_i + W_f * da_f',
    ),
    {
      id: 'states-exchanged',
      says: "d_h_prev and d_c_prev are returned in each other's place",
      wrong: 'return d_c_prev, d_h_prev, d_x, d_p',
      right: 'return d_h_prev, d_c_prev, d_x, d_p',
      answer: (program, given) => {
        const { d_h_prev, d_c_prev, ...others } = answer(program, given);
        return { d_h_prev: d_c_prev!, d_c_prev: d_h_prev!, ...others };
      },
    },
  ],
  properties: [
    {
      id: 'linear',
      says: 'the gradients of two losses together are the sums of the gradients of each',
      holds: async (ask, rng) => {
        const [h_prev, c_prev, x, p, d_h, d_c] = draw(rng, 'small');
        const other = rng.fork('other');
        const [d_h_2, d_c_2] = [drawnVector(other, d_h.length), drawnVector(other, d_c.length)];
        const first = await ask([h_prev, c_prev, x, p, d_h, d_c]);
        const second = await ask([h_prev, c_prev, x, p, d_h_2, d_c_2]);
        const given = [h_prev, c_prev, x, p, plus(d_h, d_h_2), plus(d_c, d_c_2)];
        const got = await ask(given);
        return held(near(plus(first, second), got), given, got, 'what goes back is linear in d_h and d_c together');
      },
    },
    {
      id: 'carousel',
      says: 'with f = 1 and nothing from h, d_c comes through to d_c_prev as it is',
      holds: async (ask, rng) => {
        const [h_prev, c_prev, x, p, d_h, d_c] = draw(rng, 'small');
        // sigmoid(40) is 1 to the last digit.
        const open = { ...p, W_f: zerosLike(p.W_f!), U_f: zerosLike(p.U_f!), b_f: combined(() => 40, p.b_f!) };
        const given = [h_prev, c_prev, x, open, zerosLike(d_h), d_c];
        const got = await ask(given);
        const because = 'the gradient of the cell state is multiplied by f and by nothing else';
        return held(near(d_c, got.d_c_prev!), given, got, because);
      },
    },
  ],
};
