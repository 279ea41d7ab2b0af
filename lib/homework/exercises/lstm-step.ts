// One step of the LSTM: Hochreiter & Schmidhuber 1997, with the forget gate of Gers, Schmidhuber & Cummins 2000.

import { builtInText } from '../../cells/catalogue.ts';
import type { ByValues } from '../exercise.ts';
import { property } from '../exercise-kit/by-values.ts';
import { gatedSlips } from '../exercise-kit/gated.ts';
import { oneStep } from '../exercise-kit/reference.ts';
import { stepExercise } from '../exercise-kit/step.ts';
import { asVector, held, near, withGates } from '../exercise-kit/values.ts';

const call = { parameters: ['h_prev', 'c_prev', 'x', 'p'], returns: ['h', 'c'] };
const answer = oneStep(call);

const text = (): string => builtInText('lstm');

const lstmStep: ByValues = stepExercise('lstm-step', {
  order: 50,
  ...call,
  text,
  linear: ['c_prev'],
  slips: {
    traded: (program, given) => {
      const { h, c } = answer(program, given);
      return { h: c!, c: h! };
    },
    'no-initial-value': (program, [h_prev, c_prev, x, p]) =>
      answer(program, [asVector(h_prev!).with(0, 1), c_prev!, asVector(x!).with(0, 1), p!]),
  },
  shared: () => gatedSlips({ text, answer, sigmoids: 'fio', all: 'fiog', weights: 3 }),
  properties: {
    keeps: property('f = 1 and i = 0 keep c exactly', async (ask, rng) => {
      const [h_prev, c_prev, x, p] = lstmStep.draw(rng, 'small');
      const given = [h_prev!, c_prev!, x!, withGates(p!, { f: 'open', i: 'shut' })];
      const got = await ask(given);
      const because = 'b_f = 60 opens the forget gate, b_i = -60 shuts the input gate, so c is c_prev';
      return held(near(got.c!, c_prev!), given, got, because);
    }),
    forgets: property('f = 0 and i = 1 make c the candidate, whatever c was', async (ask, rng) => {
      const [h_prev, c_prev, x, p] = lstmStep.draw(rng, 'small');
      const weights = withGates(p!, { f: 'shut', i: 'open' });
      const given = [h_prev!, asVector(c_prev!).map((c) => c + 1), x!, weights];
      const [there, got] = [await ask([h_prev!, c_prev!, x!, weights]), await ask(given)];
      const because = 'b_f = -60 shuts the forget gate: c with c_prev + 1 is the same as with c_prev';
      return held(near(got.c!, there.c!), given, got, because);
    }),
    hides: property('o = 0 gives h = 0', async (ask, rng) => {
      const [h_prev, c_prev, x, p] = lstmStep.draw(rng, 'small');
      const given = [h_prev!, c_prev!, x!, withGates(p!, { o: 'shut' })];
      const got = await ask(given);
      const nothing = asVector(h_prev!).map(() => 0);
      return held(near(got.h!, nothing), given, got, 'b_o = -60 shuts the output gate: nothing of c shows in h');
    }),
  },
});

export default lstmStep;
