// A run can be left, repeats itself to the byte, and learns what it should: one seed here, twenty in reproductions.deep.test.ts.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn } from '../../lib/cells/catalogue.ts';
import { random } from '../../lib/numbers/random.ts';
import { tasks } from '../../lib/tasks/catalogue.ts';
import { clip } from '../../lib/training/clipping.ts';
import { createModel, type Model } from '../../lib/training/model.ts';
import { sgd } from '../../lib/training/optimisers.ts';
import { constantSchedule } from '../../lib/training/schedules.ts';
import { evaluateModel } from '../../lib/training/scores.ts';
import { type Progress, type TrainOptions, train, trainNow } from '../../lib/training/training-loop.ts';
import { fit } from './fit.ts';

const adding = tasks.get('adding')!;
const modelFor = (hidden = 6): Model =>
  createModel({ cells: [builtIn('gru')], directions: 1, hidden, inputs: 2, outputs: 1 }, random(1));
const options = (more: Partial<TrainOptions> = {}): TrainOptions => ({
  task: adding,
  rng: random(2),
  steps: 10,
  batch: 8,
  updates: 20,
  rate: constantSchedule(0.01),
  ...more,
});

describe('training', () => {
  it('repeats itself to the byte, whether in pieces or at once', async () => {
    const [first, second] = [modelFor(), modelFor()];
    const seen: Progress[] = [];
    for (const progress of train(first, options())) seen.push(progress);
    const last = trainNow(second, options());
    assert.deepEqual(first.parameters, second.parameters);
    assert.deepEqual(seen.at(-1), last);
    assert.deepEqual(
      seen.map(({ update }) => update),
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
  });
  it('stops when it is left, with whole updates done', () => {
    const [short, left] = [modelFor(), modelFor()];
    trainNow(short, options({ updates: 7 }));
    for (const { update } of train(left, options())) if (update === 7) break;
    assert.deepEqual(left.parameters, short.parameters);
  });
  it('stops before it would write numbers that are none', () => {
    const model = modelFor();
    const last = trainNow(model, options({ rate: constantSchedule(1e200), optimiser: sgd, updates: 50 }));
    assert.ok(last === undefined || last.update < 50);
    assert.ok(model.parameters.every(Number.isFinite));
  });
  it('in strides makes an update of each, and carries the states', () => {
    const model = modelFor();
    const parity = tasks.get('parity')!;
    const own = createModel({ cells: [builtIn('gru')], directions: 1, hidden: 6, inputs: 1, outputs: 2 }, random(1));
    const last = trainNow(own, options({ task: parity, steps: 40, truncation: { window: 8, stride: 4 }, updates: 25 }));
    assert.equal(last?.update, 25);
    // Where only the last step counts, there is one update in a sequence.
    let count = 0;
    const adds: typeof adding = {
      ...adding,
      batch: (...given) => {
        count++;
        return adding.batch(...given);
      },
    };
    trainNow(model, options({ task: adds, steps: 12, truncation: { window: 6, stride: 3 }, updates: 5 }));
    assert.equal(count, 5);
  });
  it('refuses a model of another size', () => {
    assert.throws(() => trainNow(modelFor(), options({ task: tasks.get('latch')! })), /1 and wants 2/);
  });
});

describe('clipping', () => {
  it('by norm keeps the direction, by element does not', () => {
    const cosine = (a: Float64Array, b: Float64Array) => {
      const dot = (x: Float64Array, y: Float64Array) => x.reduce((sum, v, i) => sum + v * y[i]!, 0);
      return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    };
    const g = Float64Array.of(3, -4, 0.5);
    const [byNorm, byElement] = [g.slice(), g.slice()];
    assert.ok(clip(byNorm, { by: 'norm', most: 1 }) && clip(byElement, { by: 'element', most: 1 }));
    assert.ok(Math.abs(cosine(g, byNorm) - 1) < 1e-15);
    assert.deepEqual(byElement, Float64Array.of(1, -1, 0.5));
    assert.ok(cosine(g, byElement) < 0.98);
    assert.equal(clip(g.slice(), { by: 'norm', most: 10 }), false);
    // The sum of squares is beyond the range of a double.
    const exploded = Float64Array.of(3e200, -4e200);
    assert.ok(clip(exploded, { by: 'norm', most: 1 }));
    assert.ok(Math.abs(exploded[0]! - 0.6) < 1e-12 && Math.abs(exploded[1]! + 0.8) < 1e-12);
    assert.equal(clip(g.slice(), { by: 'element', most: 10 }), false);
  });
});

describe('learning', () => {
  const scoreOf = ({ model, task, rng }: ReturnType<typeof fit>, steps = task.usual.steps, more = {}) =>
    evaluateModel(model, task, { rng: rng.fork('evaluation'), sequences: 256, steps, ...more }).score;

  it('adding: a GRU does it, an RNN does not', () => {
    assert.ok(scoreOf(fit('gru', 'adding', 1)) < 0.02);
    assert.ok(scoreOf(fit('rnn', 'adding', 1)) > 0.1);
  });
  it('majority: beyond the ceiling of the past with two directions only', () => {
    assert.ok(scoreOf(fit('rnn', 'majority', 1)) < 0.77);
    assert.ok(scoreOf(fit('rnn', 'majority', 1, { directions: 2 })) > 0.99);
  });
  it('labels: teacher forcing is good at the next step, and bad on its own words', () => {
    const forced = fit('rnn', 'labels', 1, { start: { init: 'orthogonal', radius: 0.9 } });
    assert.ok(scoreOf(forced) > 0.88);
    assert.ok(scoreOf(forced, 30, { freeFrom: 1 }) < 0.65);
  });
});
