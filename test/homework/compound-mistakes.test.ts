// Mistakes beyond single ones: in some of the results only, the right numbers changed at the end, two edits at once; and every slip of
// every exercise by its own name.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtInText } from '../../lib/cells/catalogue.ts';
import { exerciseNamed, exercises } from '../../lib/homework/catalogue.ts';
import { diagnose } from '../../lib/homework/diagnosis.ts';
import type { ByValues, Slip } from '../../lib/homework/exercise.ts';
import { equations } from '../../lib/homework/exercise-kit/reference.ts';
import type { Answer, Value } from '../../lib/homework/value.ts';
import { random } from '../../lib/numbers/random.ts';
import { casesOf } from './written.ts';

type Answering = (given: readonly Value[]) => Answer;
const byValues = (id: string) => exerciseNamed(id) as ByValues;
const named = (id: string, answer: Answering, seed = 4) =>
  diagnose(byValues(id), casesOf(byValues(id), answer, seed)).mistake;
const right =
  (id: string): Answering =>
  (given) =>
    byValues(id).answer(byValues(id).reference(), given);

/** The cell with these lines in the place of its own. */
const edited = (id: string, cell: string, ...lines: readonly string[]): Answering => {
  const text = builtInText(cell)
    .split('\n')
    .map((old) => lines.find((line) => old.startsWith(line.slice(0, line.indexOf('=') + 1))) ?? old)
    .join('\n');
  const program = equations(text);
  return (given) => byValues(id).answer(program, given);
};

const nameOf = (exercise: ByValues, slip: Slip, seed: number): string | undefined => {
  const answer: Answering = (given) => slip.answer(exercise.reference(), given);
  const told = exercise.telling?.(random(seed)) ?? [];
  const cases = [...casesOf(exercise, answer, seed), ...told.map((given) => ({ given, got: answer(given) }))];
  return diagnose(exercise, cases).mistake?.id;
};

const deep = (value: Value, f: (v: number) => number): Value =>
  typeof value === 'number'
    ? f(value)
    : Array.isArray(value)
      ? value.map((entry) => deep(entry, f))
      : Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, deep(entry, f)]));

describe('a mistake that is named', () => {
  it('is every slip of every exercise, on several seeds', () => {
    for (const exercise of exercises)
      if (exercise.kind === 'values')
        for (const slip of exercise.slips())
          for (const seed of [1, 2])
            assert.equal(nameOf(exercise, slip, seed), slip.id, `${exercise.id}, seed ${seed}`);
  });

  it('is two edits at once, both in words and both lines shown', () => {
    const found = named(
      'lstm-step',
      edited('lstm-step', 'lstm', 'c = i .* c_prev + f .* g', 'g = W_g * h_prev + U_g * x + b_g'),
    );
    assert.match(found!.says, /the candidate has no tanh, and the forget and the input gate are swapped/);
    assert.equal(found!.wrong.length, 2);
    const other = named(
      'lstm-step',
      edited('lstm-step', 'lstm', 'f = sigmoid(W_f * h_prev + U_f * x + b_f + 1)', 'h = o .* c'),
    );
    assert.match(other!.says, /the hidden state uses c instead of tanh\(c\), and a forget bias of 1/);
  });

  it('is the GRU of PyTorch with the other convention for z', () => {
    const answer = edited(
      'gru-step',
      'gru',
      'n = tanh(r .* (W_n * h_prev) + U_n * x + b_n)',
      'h = (1 - z) .* h_prev + z .* n',
    );
    assert.match(named('gru-step', answer)!.says, /z and 1 - z are exchanged, and .*PyTorch/);
  });

  it('is one of several gradients, overwritten or averaged', () => {
    const { slips, reference } = byValues('rnn-backward');
    const inOne =
      (id: string, name: string): Answering =>
      (given) => ({
        ...right('rnn-backward')(given),
        [name]: slips()
          .find((slip) => slip.id === id)!
          .answer(reference(), given)[name]!,
      });
    assert.match(named('rnn-backward', inOne('overwritten', 'd_W_h'))!.says, /^in `d_W_h` alone each step overwrites/);
    assert.match(
      named('rnn-backward', inOne('mean', 'd_b'))!.says,
      /right values of `d_b` are divided by the length of `xs`/,
    );
  });

  it('is what was done to right numbers at the end', () => {
    const after = (id: string, f: (v: number) => number) =>
      named(id, (given) => deep(right(id)(given) as Value, f) as unknown as Answer)?.id;
    assert.equal(
      after('rnn-backward', (v) => Math.max(-1, Math.min(1, v))),
      'clipped at 1',
    );
    assert.equal(
      after('lstm-backward', (v) => 2 * v),
      'doubled',
    );
    assert.equal(
      after('additive-attention', (v) => 1 - v),
      'complement',
    );
    assert.equal(
      after('rnn-step', (v) => Math.sin(v)),
      undefined,
    );
  });

  it('is none where nothing known gives one of the results', () => {
    const one: Answering = (given) => {
      const answer = right('lstm-backward')(given);
      return { ...answer, d_x: deep(answer.d_x!, Math.sin) };
    };
    assert.equal(named('lstm-backward', one), undefined);
  });

  it('is none where two other edits at once come to the same', () => {
    const words = (...lines: readonly string[]) => named('lstm-step', edited('lstm-step', 'lstm', ...lines))?.says;
    // 1 - f with 1 + exp(a) below the line of each gate is 1 - i and 1 - o.
    assert.equal(words('c = f .* c_prev + (1 - i) .* g', 'h = (1 - o) .* tanh(c)'), undefined);
    // tanh for f and sigmoid for g: the gates and their parameters exchanged.
    const f = 'f = tanh(W_f * h_prev + U_f * x + b_f)';
    assert.equal(words(f, 'g = sigmoid(W_g * h_prev + U_g * x + b_g)'), undefined);
    assert.match(words(f, 'h = o .* c')!, /the forget gate uses tanh/);
  });

  it('is none of one number over and over, whatever is asked', () => {
    for (const exercise of exercises)
      if (exercise.kind === 'values')
        for (const number of [0, 1]) {
          const constant: Answering = (given) => deep(right(exercise.id)(given) as Value, () => number) as never;
          assert.equal(named(exercise.id, constant), undefined, `${exercise.id}, ${number}`);
        }
  });

  it('in one result alone is never that two results are exchanged', () => {
    const sharedTwice: Answering = (given) => {
      const { shared } = right('unrolled-parameters')(given);
      return { shared: -(shared as number), untied: shared! };
    };
    const found = named('unrolled-parameters', sharedTwice);
    assert.match(found!.says, /T is missing in untied/);
    assert.match(found!.says, /the shared count has the wrong sign|copy has the wrong sign/);
  });
});
