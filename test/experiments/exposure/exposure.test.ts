// Forced and free errors of one model, and what the experiment makes of them; 20 seeds in exposure.deep.test.ts.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn } from '../../../lib/cells/catalogue.ts';
import { exposure, growthOf } from '../../../lib/experiments/exposure/exposure.ts';
import type { ExposureOptions } from '../../../lib/experiments/exposure/exposure-notes.ts';
import { forcedAndFree, measureOf } from '../../../lib/experiments/forced-and-free.ts';
import { runSeeded, unwatched } from '../../../lib/experiments/kit/seeds.ts';
import type { LinesFigure } from '../../../lib/render/result.ts';
import { tasks } from '../../../lib/tasks/catalogue.ts';
import { emptyModel } from '../../../lib/training/model.ts';

const of = (name: string, more: Partial<ExposureOptions> = {}): ExposureOptions => {
  const task = tasks.get(name)!;
  const isLabels = name === 'labels';
  return {
    task,
    cell: builtIn(isLabels ? 'rnn' : 'gru'),
    start: isLabels ? { hidden: 8, radius: 0.9 } : { hidden: 16 },
    steps: isLabels ? 30 : 50,
    prefix: isLabels ? 0 : 20,
    batch: 16,
    updates: isLabels ? 300 : 400,
    rate: 0.01,
    sequences: 128,
    regimes: ['forced'],
    seed: 1,
    seeds: 2,
    engine: 'fast',
    ...more,
  };
};

describe('forced and free', () => {
  it('are the errors that a model of one unit makes by hand', () => {
    const task = {
      ...tasks.get('two-sines')!,
      batch: (_: unknown, size: number, steps: number) => ({
        inputs: new Float64Array(size * steps).fill(1),
        targets: new Float64Array(size * steps).fill(1),
        weights: new Float64Array(size * steps).fill(1),
      }),
    };
    const model = emptyModel({ cells: [builtIn('rnn')], directions: 1, hidden: 1, inputs: 1, outputs: 1 });
    model.parameter('readout.a')[0] = 3;
    const trial = { task, sequences: 2, steps: 5, prefix: 1, measure: measureOf(task) };
    // It says 3 whatever it hears, and 1 was wanted: both errors are 2, and G is 1.
    const found = forcedAndFree({ model }, trial, 1);
    assert.deepEqual(found, { forcedAt: [2, 2, 2, 2], freeAt: [2, 2, 2, 2], forced: 2, free: 2 });
    assert.deepEqual(growthOf(found), [1, 1, 1, 1]);
    // With h = tanh(x) and y = h: the first word is tanh 1, the next tanh tanh 1.
    model.parameter('readout.a')[0] = 0;
    model.parameter('readout.V')[0] = 1;
    model.parameter('l0.W_x')[0] = 1;
    const { freeAt, forcedAt } = forcedAndFree({ model }, trial, 1);
    let word = Math.tanh(1);
    for (const [k, error] of freeAt.entries()) {
      word = Math.tanh(word);
      assert.ok(Math.abs(error - (1 - word)) < 1e-12);
      assert.ok(Math.abs(forcedAt[k]! - (1 - Math.tanh(1))) < 1e-12);
    }
  });
  it('have no ratio where there is no error on the truth', () =>
    assert.deepEqual(growthOf({ forcedAt: [0, 2], freeAt: [1, 3], forced: 1, free: 2 }), [null, 1.5]));
});

describe('exposure', () => {
  it('on labels: both errors are the same at step 1, where there is no word before; and then they part', async () => {
    const result = await runSeeded(exposure.seeded(of('labels')));
    const [errors, growth] = result.figures as LinesFigure[];
    assert.equal(errors!.series[0]!.values[0], errors!.series[1]!.values[0]);
    assert.equal(growth!.series[0]!.values[0], 1);
    assert.deepEqual(
      result.claims.map(({ id, holds }) => [id, holds]),
      [
        ['grows', true],
        ['plateau', true],
      ],
    );
  });
  it('compares ways that begin alike, with a line for each', async () => {
    const result = await runSeeded(exposure.seeded(of('labels', { regimes: ['forced', 'scheduled'], seeds: 1 })));
    assert.deepEqual(
      result.claims.map(({ id, holds }) => [id, holds]),
      [
        ['grows', true],
        ['plateau', true],
        ['scheduled-helps', true],
        ['scheduled-costs', true],
      ],
    );
    for (const figure of result.figures.slice(0, 3)) assert.equal((figure as LinesFigure).series.length, 2);
  });
  it('on a series: the error grows, and repeats itself to the byte', async () => {
    const options = of('two-sines', { seeds: 1 });
    const [first, second] = [await runSeeded(exposure.seeded(options)), await runSeeded(exposure.seeded(options))];
    assert.equal(JSON.stringify(first), JSON.stringify(second));
    assert.deepEqual(
      first.claims.map(({ id, holds }) => [id, holds]),
      [['grows', true]],
    );
  });
  it('claims nothing under settings that nobody measured, and says so', async () => {
    const note = /Nothing is claimed.*rnn with H 8, T 30 and 300 updates/;
    for (const more of [{ updates: 4 }, { steps: 29, updates: 4 }, { cell: builtIn('gru'), updates: 4 }]) {
      const { claims, notes } = await runSeeded(exposure.seeded(of('labels', { seeds: 1, ...more })));
      assert.deepEqual(claims, []);
      assert.match(notes[0]!, note);
    }
    const task = { ...tasks.get('two-sines')!, name: 'column a', exposure: undefined };
    const brought = await runSeeded(exposure.seeded(of('two-sines', { seeds: 1, task, updates: 4 })));
    assert.deepEqual(brought.claims, []);
    assert.match(brought.notes[0]!, /Nothing is claimed of what is learned: .* for this data there are none/);
  });
  it('counts every update for whoever watches', async () => {
    const seen: number[] = [];
    const tick = async (done: number, all: number) => void seen.push(done / all);
    await exposure.seeded(of('labels', { updates: 5, regimes: ['forced', 'free'] })).run(0, { ...unwatched, tick });
    assert.equal(seen.length, 10);
    assert.equal(seen.at(-1), 1);
  });
  it('refuses a task whose prediction is no input', async () => {
    await assert.rejects(
      runSeeded(exposure.seeded(of('labels', { task: tasks.get('adding')!, updates: 1 }))),
      RangeError,
    );
  });
  it('gives up a seed when it is told to stop', async () => {
    assert.equal(
      await exposure.seeded(of('labels', { updates: 5 })).run(0, { ...unwatched, stopped: () => true }),
      undefined,
    );
  });
});
