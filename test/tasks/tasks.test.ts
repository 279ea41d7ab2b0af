// Every task keeps its word: the same seed gives the same data, targets follow from inputs, and its baseline is what its strategy gets.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cosineAndSine } from '../../lib/numbers/angle.ts';
import { log } from '../../lib/numbers/elementary.ts';
import { random } from '../../lib/numbers/random.ts';
import { tasks } from '../../lib/tasks/catalogue.ts';
import { givenSeries } from '../../lib/tasks/given-series.ts';
import { mackeyGlassValues } from '../../lib/tasks/mackey-glass.ts';
import type { Batch, Feedback, Task } from '../../lib/tasks/task.ts';
import { textTask } from '../../lib/tasks/text-task.ts';
import { sines } from '../../lib/tasks/two-sines.ts';

const task = (name: string): Task => tasks.get(name)!;
const close = (a: number, b: number, within: number) =>
  assert.ok(Math.abs(a - b) <= within, `${a} is not ${b} ± ${within}`);

/** Column j of the inputs of sequence b, over t. */
const column = ({ inputs }: Batch, { inputs: D }: Task, size: number, b: number, j: number): number[] =>
  Array.from({ length: inputs.length / (size * D) }, (_, t) => inputs[(t * size + b) * D + j]!);
/** Which one-hot entry is set, -1 for none. */
const symbols = (batch: Batch, of: Task, size: number, b: number): number[] => {
  const rows = Array.from({ length: of.inputs }, (_, j) => column(batch, of, size, b, j));
  return rows[0]!.map((_, t) => rows.findIndex((row) => row[t] === 1));
};
/** What was wanted at a step is what is heard at the next. */
function comesBack(one: Task, batch: Batch, { kind, at, size }: Feedback, steps: number): void {
  const sequences = batch.weights.length / steps;
  for (let row = 0; row < (steps - 1) * sequences; row++) {
    const next = row + sequences;
    if (batch.weights[next] === 0) continue;
    const heard = [...batch.inputs.subarray(next * one.inputs + at, next * one.inputs + at + size)];
    const target = batch.targets[row]!;
    assert.deepEqual(heard, kind === 'value' ? [target] : heard.map((_, j) => (j === target ? 1 : 0)));
  }
}
/** Mean of a strategy's loss over everything that counts. */
function mean({ weights }: Batch, lossAt: (row: number) => number): number {
  let [sum, weight] = [0, 0];
  for (const [row, w] of weights.entries()) if (w > 0) [sum, weight] = [sum + w * lossAt(row), weight + w];
  return sum / weight;
}

describe('every task', () => {
  const text = textTask('a text', 'in the beginning was the word, and the word was with the machine. '.repeat(5));
  const series = givenSeries(
    'a series',
    Array.from({ length: 120 }, (_, i) => (i * i) % 17),
  );
  for (const one of [...tasks.values(), text, text.heldOut, series, series.heldOut])
    it(one.name, () => {
      const steps = Math.max(one.shortest, Math.min(one.usual.steps, 20));
      const [first, again] = [1, 1].map((seed) => one.batch(random(seed), 7, steps));
      assert.deepEqual(first, again);
      assert.notDeepEqual(first!.inputs, one.batch(random(2), 7, steps).inputs);
      const { inputs, targets, weights, scored } = first!;
      assert.equal(inputs.length, steps * 7 * one.inputs);
      assert.equal(weights.length, steps * 7);
      assert.equal(targets.length, steps * 7 * (one.loss === 'squared error' ? one.outputs : 1));
      assert.ok([...inputs, ...targets].every(Number.isFinite));
      assert.ok(weights.some((w) => w > 0));
      if (one.loss === 'cross-entropy')
        for (const target of targets) assert.ok(Number.isInteger(target) && target >= 0 && target < one.outputs);
      if (scored !== undefined) for (const [row, s] of scored.entries()) assert.ok(s === 0 || weights[row]! > 0);
      const baseline = one.baseline(steps);
      assert.ok(baseline.loss > 0 && baseline.score > 0 && baseline.says !== '');
      assert.equal(one.classes?.length ?? one.outputs, one.outputs);
      assert.throws(() => one.batch(random(1), 7, one.shortest - 1), RangeError);
      // What was wanted is what comes back: the prediction of t is part of the input of t+1.
      if (one.feedback !== undefined) comesBack(one, first!, one.feedback, steps);
    });
});

it('every task says what to do: `majority: tell the …`', () => {
  for (const { name, says } of tasks.values()) assert.match(says, /^(add|continue|foretell|keep|name|say|tell) /, name);
});

describe('targets and baselines', () => {
  it('adding: the sum of the two marked numbers; 1/6', () => {
    const batch = task('adding').batch(random(1), 4000, 10);
    for (let b = 0; b < 4000; b++) {
      const [values, marks] = [0, 1].map((j) => column(batch, task('adding'), 4000, b, j));
      assert.equal(
        marks!.slice(0, 5).reduce((a, m) => a + m),
        1,
      );
      assert.equal(
        marks!.slice(5).reduce((a, m) => a + m),
        1,
      );
      close(
        batch.targets[9 * 4000 + b]!,
        values!.reduce((sum, v, t) => sum + v * marks![t]!, 0),
        1e-15,
      );
    }
    close(
      mean(batch, (row) => (batch.targets[row]! - 1) ** 2),
      task('adding').baseline(10).loss,
      0.01,
    );
  });
  it('copying-memory: ten symbols again at the end; 10 ln 8 / (T + 20)', () => {
    const of = task('copying-memory');
    const batch = of.batch(random(1), 5, 25);
    for (let b = 0; b < 5; b++) {
      const said = symbols(batch, of, 5, b);
      const wanted = Array.from({ length: 25 }, (_, t) => batch.targets[t * 5 + b]!);
      assert.deepEqual(wanted, [...Array(15).fill(8), ...said.slice(0, 10)]);
      assert.deepEqual(said.slice(10), [8, 8, 8, 8, 9, ...Array(10).fill(8)]);
    }
    assert.equal(of.baseline(1020).loss, (10 * log(8)) / 1020);
  });
  it('latch: the sign of the first input', () => {
    const batch = task('latch').batch(random(1), 3000, 3);
    for (let b = 0; b < 3000; b++) assert.equal(batch.targets[2 * 3000 + b], batch.inputs[b] === 1 ? 1 : 0);
    const noise = batch.inputs.subarray(3000);
    close(noise.reduce((sum, v) => sum + v * v, 0) / noise.length, 0.2, 0.02);
  });
  it('temporal-order: which two symbols, in order', () => {
    const of = task('temporal-order');
    const batch = of.batch(random(1), 50, 20);
    for (let b = 0; b < 50; b++) {
      const said = symbols(batch, of, 50, b);
      const relevant = said.filter((s) => s === 4 || s === 5);
      assert.equal(relevant.length, 2);
      assert.equal(batch.targets[19 * 50 + b], 2 * (relevant[0]! - 4) + relevant[1]! - 4);
      assert.deepEqual([said[0], said[19]], [6, 7]);
    }
  });
  it('parity: of the ones so far; the last bit alone is right half of the time, and at step 1', () => {
    const of = task('parity');
    const batch = of.batch(random(1), 2000, 8);
    for (let b = 0; b < 20; b++) {
      let odd = 0;
      for (const [t, bit] of column(batch, of, 2000, b, 0).entries()) {
        odd ^= bit;
        assert.equal(batch.targets[t * 2000 + b], odd);
      }
    }
    close(
      mean(batch, (row) => (batch.inputs[row] === batch.targets[row] ? 1 : 0)),
      of.baseline(8).score,
      0.01,
    );
  });
  it('counting: the last b of as many as there were a; 2/(N + 1)', () => {
    const of = task('counting');
    const batch = of.batch(random(1), 4000, 12);
    for (let b = 0; b < 50; b++) {
      const said = symbols(batch, of, 4000, b).filter((s) => s >= 0);
      assert.deepEqual(said, [...said].sort());
      assert.equal(said.filter((s) => s === 0).length, said.length / 2);
      const ends = said.flatMap((_, t) => (batch.targets[t * 4000 + b] === 1 ? [t] : []));
      assert.deepEqual(ends, [said.length - 1]);
    }
    const p = mean(batch, (row) => batch.targets[row]!);
    close(p, 2 / 7, 0.01);
    close(of.baseline(12).loss, -(p * log(p) + (1 - p) * log(1 - p)), 0.01);
  });
  it('reber: strings of the grammar, the second letter again before the last', () => {
    const of = task('reber');
    const size = 3000;
    const batch = of.batch(random(1), size, 14);
    let coins = 0;
    for (let b = 0; b < size; b++) {
      const said = symbols(batch, of, size, b).filter((s) => s >= 0);
      const letters = said.map((s) => of.classes![s]!).join('');
      assert.match(letters, /^B([TP])B(?:TS*X(?:S|XT*V(?:V|PXT*V|PS)*)|PT*V).*E\1$/);
      coins += said.length - 5 + 2;
      assert.deepEqual(
        said.flatMap((_, t) => (batch.scored![t * size + b] === 1 ? [t] : [])),
        [said.length - 2],
      );
      assert.equal(batch.targets[(said.length - 2) * size + b], said[1]);
    }
    const steps = batch.weights.reduce((a, w) => a + w);
    close((coins / steps) * log(2), of.baseline(14).loss, 0.005);
  });
  it('majority: three quarters and ½ ln 2 are the most that the past allows', () => {
    const of = task('majority');
    const size = 8000;
    const batch = of.batch(random(1), size, 6);
    // The best causal guess: the two bits where they agree, a coin where not.
    const guess = (row: number) => (batch.inputs[row - size]! + batch.inputs[row]!) / 2;
    close(
      mean(batch, (row) => (guess(row) === 0 ? 0.5 : guess(row) === 2 * batch.targets[row]! - 1 ? 1 : 0)),
      of.baseline(6).score,
      0.005,
    );
    close(
      mean(batch, (row) => (guess(row) === 0 ? log(2) : 0)),
      of.baseline(6).loss,
      0.01,
    );
    for (let row = size; row < 5 * size; row++) {
      const sum = batch.inputs[row - size]! + batch.inputs[row]! + batch.inputs[row + size]!;
      assert.equal(batch.targets[row], sum > 0 ? 1 : 0);
    }
  });
  it('labels: stay with 0.9 or are drawn from all four; noise of variance 1', () => {
    const of = task('labels');
    const size = 2000;
    const { inputs, targets } = of.batch(random(1), size, 10);
    let [stays, noise] = [0, 0];
    for (let row = size; row < 10 * size; row++) if (targets[row] === targets[row - size]) stays++;
    close(stays / (9 * size), 0.9 + 0.1 / 4, 0.005);
    for (let row = 0; row < 10 * size; row++)
      for (let j = 0; j < 4; j++) noise += (inputs[row * 8 + j]! - (targets[row] === j ? 1 : 0)) ** 2;
    close(noise / (40 * size), 1, 0.02);
  });
  it('copy and reversal: what was heard, in order and from its end', () => {
    for (const [name, turn] of [
      ['copy', (v: number[]) => v],
      ['reversal', (v: number[]) => v.toReversed()],
    ] as const) {
      const batch = task(name).batch(random(1), 3, 10);
      for (let b = 0; b < 3; b++) {
        const said = symbols(batch, task(name), 3, b);
        const wanted = Array.from({ length: 5 }, (_, t) => batch.targets[(5 + t) * 3 + b]!);
        assert.deepEqual(wanted, turn(said.slice(0, 5)));
        assert.deepEqual(said.slice(5), Array(5).fill(8));
      }
    }
  });
  it('series: the last value again, the variance, and sines to the last place', () => {
    for (const name of ['two-sines', 'logistic-map', 'mackey-glass']) {
      const batch = task(name).batch(random(3), 400, 40);
      const guess = name === 'logistic-map' ? () => 0 : (row: number) => batch.inputs[row]!;
      const { loss } = task(name).baseline(40);
      close(mean(batch, (row) => (guess(row) - batch.targets[row]!) ** 2) / loss, 1, 0.05);
    }
    for (let i = -30; i < 60; i++) {
      const [c, s] = cosineAndSine(i / 27);
      close(c, Math.cos((2 * Math.PI * i) / 27), 3e-15);
      close(s, Math.sin((2 * Math.PI * i) / 27), 3e-15);
    }
    assert.throws(() => sines([], { name: 'none' }), RangeError);
  });
  it('mackey-glass stays on its attractor, and two starts part', () => {
    const [a, b] = [mackeyGlassValues(1.2, 500), mackeyGlassValues(1.2001, 500)];
    assert.ok(a.every((v) => v > -0.8 && v < 0.6));
    close(a[0]!, b[0]!, 0.05);
    assert.ok(Math.max(...a.map((v, t) => Math.abs(v - b[t]!))) > 0.3);
  });
  it('a given series is scaled by what is learned, and never shows what is held out', () => {
    const numbers = Array.from({ length: 100 }, (_, i) => i);
    const { heldOut, scale, batch } = givenSeries('line', numbers);
    close(scale.mean, 39.5, 1e-12);
    const seen = batch(random(1), 50, 20);
    const held = heldOut.batch(random(1), 50, 10);
    const back = (v: number) => v * scale.deviation + scale.mean;
    assert.ok([...seen.inputs, ...seen.targets].every((v) => back(v) < 79.5));
    assert.ok([...held.inputs, ...held.targets].every((v) => back(v) > 79.5));
    assert.throws(() => batch(random(1), 1, 80), RangeError);
    assert.throws(() => givenSeries('short', [1, 2]), RangeError);
    assert.throws(() => givenSeries('broken', [...numbers, Number.NaN]), RangeError);
  });
  it('text: one-hot characters, the next one wanted, entropy of the frequencies', () => {
    const of = textTask('abab', 'ab'.repeat(50));
    assert.deepEqual(of.classes, ['a', 'b']);
    const batch = of.batch(random(1), 4, 6);
    for (let b = 0; b < 4; b++)
      for (const [t, s] of symbols(batch, of, 4, b).entries()) assert.equal(batch.targets[t * 4 + b], 1 - s);
    close(of.baseline(6).loss, log(2), 1e-12);
    assert.throws(() => textTask('short', 'abc'), RangeError);
    assert.throws(() => textTask('same', 'a'.repeat(30)), RangeError);
  });
});
