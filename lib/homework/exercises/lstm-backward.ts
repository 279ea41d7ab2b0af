// One step of the LSTM backwards: the equations are derived from the cell. Graves 2012, section 4.6, has them by hand.

import type { Program } from '../../equations/program.ts';
import type { Random } from '../../numbers/random.ts';
import { byValues, property } from '../exercise-kit/by-values.ts';
import { drawnGates, drawnSizes, drawnVector, edgeCalls, type Size } from '../exercise-kit/draws.ts';
import { byName } from '../exercise-kit/reference.ts';
import { backwardText, type Vector } from '../exercise-kit/sequences.ts';
import { add, combined, held, near, zerosLike } from '../exercise-kit/values.ts';
import { runOnce } from '../run-program.ts';
import type { Answer, Value } from '../value.ts';

type Parameters = { readonly [name: string]: Value };
type Given = readonly [Vector, Vector, Vector, Parameters, Vector, Vector];

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

const lstmBackward = byValues('lstm-backward', {
  order: 100,
  parameters,
  returns: ['d_h_prev', 'd_c_prev', 'd_x', 'd_p'],
  text,
  draw,
  edges: (rng) => edgeCalls(rng, { draw, inputs: [0, 1, 2], linear: [4, 5] }),
  answer,
  slips: {
    'states-exchanged': (program, given) => {
      const { d_h_prev, d_c_prev, ...others } = answer(program, given);
      return { d_h_prev: d_c_prev!, d_c_prev: d_h_prev!, ...others };
    },
  },
  properties: {
    linear: property('the gradients of two losses together are the sums of the gradients of each', async (ask, rng) => {
      const [h_prev, c_prev, x, p, d_h, d_c] = draw(rng, 'small');
      const other = rng.fork('other');
      const [d_h_2, d_c_2] = [drawnVector(other, d_h.length), drawnVector(other, d_c.length)];
      const first = await ask([h_prev, c_prev, x, p, d_h, d_c]);
      const second = await ask([h_prev, c_prev, x, p, d_h_2, d_c_2]);
      const given = [h_prev, c_prev, x, p, add(d_h, d_h_2), add(d_c, d_c_2)];
      const got = await ask(given);
      return held(near(add(first, second), got), given, got, 'what goes back is linear in d_h and d_c together');
    }),
    carousel: property('with f = 1 and nothing from h, d_c comes through to d_c_prev as it is', async (ask, rng) => {
      const [h_prev, c_prev, x, p, d_h, d_c] = draw(rng, 'small');
      // sigmoid(40) is 1 to the last digit.
      const open = { ...p, W_f: zerosLike(p.W_f!), U_f: zerosLike(p.U_f!), b_f: combined(() => 40, p.b_f!) };
      const given = [h_prev, c_prev, x, open, zerosLike(d_h), d_c];
      const got = await ask(given);
      const because = 'the gradient of the cell state is multiplied by f and by nothing else';
      return held(near(d_c, got.d_c_prev!), given, got, because);
    }),
  },
});

export default lstmBackward;
