// What a learning curve says is what was trained: the band, the baseline, the claims; and a run that is left keeps what it has.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn } from '../../../lib/cells/catalogue.ts';
import type { SoFar, Watch } from '../../../lib/experiments/kit/seeds.ts';
import {
  type Learned,
  type Learner,
  type LearningOptions,
  modelOf,
  schedules,
} from '../../../lib/experiments/train/learners.ts';
import { trainExperiment } from '../../../lib/experiments/train/train.ts';
import { median } from '../../../lib/numbers/statistics.ts';
import type { LinesFigure, Result, TableFigure } from '../../../lib/render/result.ts';
import { tasks } from '../../../lib/tasks/catalogue.ts';
import { textTask } from '../../../lib/tasks/text-task.ts';
import { fit } from '../../training/fit.ts';
import { usualOptions } from './usual-options.ts';

interface Ran {
  readonly result: Result;
  readonly learners: readonly Learner[];
}

/** All seeds, told to stop as soon as `enough` says so. */
async function runOf(
  options: LearningOptions,
  enough: (k: number, update: number, values: SoFar['values']) => boolean = () => false,
): Promise<Ran> {
  const seeded = trainExperiment.seeded(options);
  const found: Learned[] = [];
  let stopped = false;
  for (let k = 0; k < options.seeds && !stopped; k++) {
    const tick: Watch['tick'] = async (update, _, { values } = {}) => {
      stopped ||= enough(k, update, values);
    };
    const one = await seeded.run(k, { tick, stopped: () => stopped });
    if (one !== undefined) found.push(one);
  }
  return { result: seeded.result(found), learners: found[0]!.learners };
}

const linesOf = ({ result }: Ran) => result.figures[0] as LinesFigure;
const rowsOf = ({ result }: Ran) => (result.figures[1] as TableFigure).rows;
const short = { steps: 10, updates: 12, start: { hidden: 4 }, batch: 4 };

describe('a learning curve', () => {
  it('is of the model that lib/training trains', async () => {
    const learned = await runOf(usualOptions('majority', { cells: [builtIn('rnn')] }));
    assert.deepEqual(learned.learners[0]!.parameters, fit('rnn', 'majority', 1).model.parameters);
  });

  it('has the median and the range over seeds, and every cell sees the same data', async () => {
    const cells = [builtIn('rnn'), builtIn('gru')];
    const one = await Promise.all([3, 4, 5].map((seed) => runOf(usualOptions('adding', { ...short, cells, seed }))));
    const all = await runOf(usualOptions('adding', { ...short, cells, seed: 3, seeds: 3 }));
    for (const [c, { values, band }] of linesOf(all).series.entries())
      for (const [i, value] of values.entries()) {
        const each = one.map((learned) => linesOf(learned).series[c]!.values[i]!);
        assert.equal(value, median(each));
        assert.equal(band!.low[i], Math.min(...each));
        assert.equal(band!.high[i], Math.max(...each));
      }
    const alone = await runOf(usualOptions('adding', { ...short, cells: [cells[1]!], seed: 3 }));
    assert.deepEqual(linesOf(alone).series[0]!.values, linesOf(one[0]!).series[1]!.values);
  });

  it('draws the baseline, exactly, and tabulates it', async () => {
    const learned = await runOf(usualOptions('adding', short));
    assert.equal(linesOf(learned).reference!.value, 1 / 6);
    assert.deepEqual(rowsOf(learned).at(-1)!.slice(0, 4), ['baseline', null, 1 / 6, 1 / 6]);
  });

  it('takes means of updates where there are more than a chart can show', async () => {
    const losses: number[] = [];
    const learned = await runOf(usualOptions('latch', { ...short, updates: 205 }), (_, __, values) => {
      losses.push(values![0]!.value);
      return false;
    });
    const { x, series } = linesOf(learned);
    assert.equal(losses.length, 205);
    assert.deepEqual(x.values.slice(-2), [204, 205]);
    assert.ok(Math.abs(series[0]!.values[0]! - (losses[0]! + losses[1]! + losses[2]!) / 3) < 1e-15);
  });

  it('claims what is known under the usual settings, and nothing under others', async () => {
    const both = { cells: [builtIn('rnn')], directions: 2 } as const;
    const { result } = await runOf(usualOptions('majority', both));
    assert.deepEqual(
      result.claims.map(({ id, holds }) => [id, holds]),
      [['rnn-majority-above-0.99', true]],
    );
    assert.deepEqual((await runOf(usualOptions('majority', { ...both, updates: 20 }))).result.claims, []);
  });

  it('has claims that can fail', async () => {
    // A radius of 1e-9 is not among the settings that make a cell unusual to the claims, and leaves it without memory.
    const start = { hidden: tasks.get('parity')!.usual.hidden, radius: 1e-9 };
    const deaf = { ...tasks.get('parity')!, usual: { ...tasks.get('parity')!.usual, updates: 10 } };
    const { result } = await runOf(usualOptions('parity', { task: deaf, start }));
    assert.deepEqual(
      result.claims.map(({ holds }) => holds),
      [false],
    );
  });

  it('ends when it is told to, with what it has', async () => {
    const learned = await runOf(usualOptions('adding', { ...short, updates: 500 }), (_, update) => update === 7);
    assert.equal(learned.learners[0]!.losses.length, 7);
    assert.deepEqual(linesOf(learned).x.values, [1, 2, 3, 4, 5, 6, 7]);
    assert.match(learned.result.notes[0]!, /after 7 of 500 updates: this is as far/);
    const whole = await runOf(usualOptions('adding', { ...short, updates: 7 }));
    assert.deepEqual(learned.learners[0]!.parameters, whole.learners[0]!.parameters);
  });

  it('keeps the whole seeds of a run that is left in a later one', async () => {
    const learned = await runOf(usualOptions('adding', { ...short, seeds: 4 }), (k, update) => k === 2 && update === 5);
    const two = await runOf(usualOptions('adding', { ...short, seeds: 2 }));
    assert.deepEqual(linesOf(learned).series, linesOf(two).series);
    assert.match(learned.result.notes[0]!, /Interrupted: 2 of 4 seeds were done, and this is of these/);
    assert.deepEqual(learned.result.claims, []);
  });

  it('gives the same numbers through the engine that anyone can follow', async () => {
    const options = usualOptions('labels', { ...short, updates: 3 });
    const [fast, slow] = [await runOf(options), await runOf({ ...options, engine: 'mathjs' })];
    for (const [i, value] of fast.learners[0]!.parameters.entries())
      assert.ok(Math.abs(value - slow.learners[0]!.parameters[i]!) < 1e-9, `parameter ${i}`);
  });

  it('goes on with a model, on other data', async () => {
    const first = await runOf(usualOptions('adding', { ...short, updates: 60 }));
    const options = usualOptions('adding', { ...short, updates: 60 });
    const model = modelOf(options, 0, first.learners[0]!);
    const before = rowsOf(first)[0]![3] as number;
    const second = await runOf(
      usualOptions('adding', { ...short, updates: 60, loaded: { model, about: { updates: 60 }, notes: [] } }),
    );
    assert.equal(linesOf(second).x.values[0], 61);
    assert.ok((rowsOf(second)[0]![3] as number) < before);
    assert.notDeepEqual(linesOf(first).series, linesOf(second).series);
  });

  it('names the update after which a loss is not finite, its cause, and no scores', async () => {
    const { clip: _, ...unclipped } = usualOptions('adding', { ...short, rate: 1e150, optimiser: 'sgd' });
    const learned = await runOf(unclipped);
    assert.ok(learned.learners[0]!.losses.length < 12);
    assert.match(
      learned.result.notes[0]!,
      /^gru diverged: after \d+ updates the loss was not finite: .*A smaller --rate may help/,
    );
    assert.ok(Number.isNaN(learned.learners[0]!.scores!.loss));
  });

  it('lets a model of a text speak at rising temperature', async () => {
    const text = textTask('text', 'the cat sat on the mat. '.repeat(20));
    const task = { ...text, beginning: [...'the'].map((c) => text.classes.indexOf(c)) };
    const { result } = await runOf(usualOptions('', { task, start: { hidden: 16 }, updates: 5, steps: 10 }));
    const samples = result.figures.filter((figure) => figure.kind === 'text');
    assert.deepEqual(
      samples.map(({ title }) => title),
      [0.2, 0.5, 1, 1.5].map((temperature) => `gru after "the", sampled at temperature ${temperature}`),
    );
    for (const { language, lines } of samples) {
      assert.equal(language, 'sample');
      assert.equal(lines.join('\n').length, 120);
    }
  });
});

describe('the schedules', () => {
  it('begin at the rate and end where they say', () => {
    const ends = (name: keyof typeof schedules) => [0, 299].map((update) => schedules[name](0.1, 300)(update));
    assert.deepEqual(ends('constant'), [0.1, 0.1]);
    for (const [name, end] of [
      ['step', 0.001],
      ['exponential', 0.001],
      ['cosine', 0],
    ] as const) {
      assert.ok(Math.abs(ends(name)[0]! - 0.1) < 1e-12);
      assert.ok(Math.abs(ends(name)[1]! - end) < 0.0001, `${name} ends at ${ends(name)[1]}`);
    }
  });
});
