// Functions that are right by another convention than the exercise's: it is found by calling them, and nothing is found where they are
// right as they are, or by none.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exerciseNamed } from '../../lib/homework/catalogue.ts';
import { CheckSession } from '../../lib/homework/check-session.ts';
import { conventionOf } from '../../lib/homework/conventions.ts';
import type { ByValues } from '../../lib/homework/exercise.ts';
import type { Session } from '../../lib/homework/session.ts';
import { random } from '../../lib/numbers/random.ts';

type Vector = number[];
type Matrix = Vector[];
// biome-ignore lint/suspicious/noExplicitAny: a student's function takes whatever comes.
type Handed = (...given: any[]) => unknown;

/** A session that answers with this function, as a runner does. */
const sessionOf = (handed: Handed): Session => ({
  ask: async (question) => {
    if (question.kind !== 'call') return { kind: 'not-kept' };
    try {
      return { kind: 'value', value: handed(...structuredClone(question.arguments)) };
    } catch (error) {
      return { kind: 'threw', error: { name: 'TypeError', message: String(error) } };
    }
  },
  end: async () => ({ prints: '', printsCut: false, runtime: '' }),
});

const found = (id: string, handed: Handed, own?: readonly string[], seed = 3) => {
  const exercise = exerciseNamed(id) as ByValues;
  return conventionOf(new CheckSession(exercise, 1e-6, random(seed), sessionOf(handed)), own);
};

const dot = (a: Vector, b: Vector): number => a.reduce((sum, v, i) => sum + v * b[i]!, 0);
const sigmoid = (v: number): number => 1 / (1 + Math.exp(-v));
const turned = (M: Matrix): Matrix => M[0]!.map((_, j) => M.map((row) => row[j]!));
const step = (h: Vector, x: Vector, Wh: Matrix, Wx: Matrix, b: Vector): Vector =>
  b.map((bias, i) => Math.tanh(dot(Wh[i]!, h) + dot(Wx[i]!, x) + bias));

describe('a convention', () => {
  it('is none where the function is right, and none where it is wrong by all of them', async () => {
    const own = ['h', 'x', 'Wh', 'Wx', 'b'];
    assert.equal(await found('rnn-step', step, own), undefined);
    assert.equal(
      await found('rnn-step', (...given) => step(...(given as Parameters<typeof step>)).map(Math.abs), own),
      undefined,
    );
  });

  it('is the order of the arguments, by which of them the numbers are right', async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const order = await found(
        'rnn-step',
        (Whh, Wxh, bh, hPrev, x) => step(hPrev, x, Whh, Wxh, bh),
        ['Whh', 'Wxh', 'bh', 'hPrev', 'x'],
        seed,
      );
      assert.deepEqual(order, { order: ['W_h', 'W_x', 'b', 'h_prev', 'x'] });
    }
  });

  it('is x @ W, with a batch of one and a cache', async () => {
    const rows = ([h]: Matrix, [x]: Matrix, Wh: Matrix, Wx: Matrix, b: Matrix) => {
      const next = [step(h!, x!, turned(Wh), turned(Wx), b.flat())];
      return [next, [x, h]];
    };
    assert.deepEqual(await found('rnn-step', rows), { transposed: true, vectors: 'rows', returned: ['[0]'] });
  });

  it('is W for the input and U for the state', async () => {
    const lstm: Handed = (h: Vector, c: Vector, x: Vector, p: Record<string, Matrix & Vector>) => {
      const gate = (g: string, f: (v: number) => number) =>
        h.map((_, i) => f(dot(p[`W_${g}`]![i]!, x) + dot(p[`U_${g}`]![i]!, h) + p[`b_${g}`]![i]!));
      const [f, i, o, g] = [gate('f', sigmoid), gate('i', sigmoid), gate('o', sigmoid), gate('g', Math.tanh)];
      const next = c.map((v, k) => f[k]! * v + i[k]! * g[k]!);
      return { c: next, h: next.map((v, k) => o[k]! * Math.tanh(v)) };
    };
    assert.deepEqual(await found('lstm-step', lstm), { exchanged: true });
  });

  it('is the time in the last axis, with columns', async () => {
    const forward = (h0: Matrix, xs: Matrix[], Wh: Matrix, Wx: Matrix, b: Matrix) => {
      const states: Vector[] = [];
      let h = h0.flat();
      for (let t = 0; t < xs[0]![0]!.length; t++) {
        h = step(
          h,
          xs.map(([row]) => row![t]!),
          Wh,
          Wx,
          b.flat(),
        );
        states.push(h);
      }
      return { a: turned(states).map((row) => [row]), caches: states };
    };
    assert.deepEqual(await found('rnn-forward', forward), { vectors: 'columns', time: 'last', returned: ['.a'] });
  });

  it('is two results with something else, wherever they are', async () => {
    const { answer, reference } = exerciseNamed('lstm-step') as ByValues;
    const cached: Handed = (...given) => {
      const { h, c } = answer(reference(), given);
      return [[h], [h, c]];
    };
    assert.deepEqual(await found('lstm-step', cached), { returned: ['[0]', '[1][1]'] });
  });
});
