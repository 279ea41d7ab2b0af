// What `attention` finds and draws; 20 seeds in attention.deep.test.ts.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn } from '../../../lib/cells/catalogue.ts';
import { attention } from '../../../lib/experiments/attention/attention.ts';
import type { AttentionOptions } from '../../../lib/experiments/attention/source-access.ts';
import { runSeeded, unwatched } from '../../../lib/experiments/kit/seeds.ts';
import type { BarsFigure, Figure, HeatmapFigure, LinesFigure, TableFigure } from '../../../lib/render/result.ts';
import { pairTasks } from '../../../lib/tasks/catalogue.ts';

const of = (name: string, more: Partial<AttentionOptions> = {}): AttentionOptions => {
  const task = pairTasks.get(name)!;
  const steps = task.onlySteps ?? 6;
  return {
    task,
    cell: builtIn('gru'),
    ways: ['plain', 'additive'],
    hidden: 16,
    steps,
    lengths: [steps],
    batch: 16,
    updates: 300,
    rate: 0.01,
    sequences: 64,
    seed: 1,
    seeds: 1,
    ...more,
  };
};
const figure = <F extends Figure>(figures: readonly Figure[], kind: F['kind'], k = 0): F =>
  figures.filter((each) => each.kind === kind)[k] as F;

describe('attention', () => {
  it('on copy: one state is too small, the lag tells the two orders apart, and a look back is enough', async () => {
    const { claims, figures } = await runSeeded(
      attention.seeded(of('copy', { ways: ['plain', 'reversed', 'additive'] })),
    );
    assert.deepEqual(
      claims.map(({ id, holds }) => [id, holds]),
      ['right', 'above-plain', 'aligned', 'mean-lag-stays', 'smallest-lag', 'near-helps'].map((id) => [id, true]),
    );
    assert.deepEqual(figure<TableFigure>(figures, 'table', 1).rows, [
      ['in order', 6, 6, 6],
      ['reversed', 6, 1, 11],
    ]);
  });
  it('on reversal: right, and not the alignment', async () => {
    const { claims, notes } = await runSeeded(attention.seeded(of('reversal')));
    assert.deepEqual(
      claims.map(({ id, holds }) => [id, holds]),
      ['right', 'above-plain', 'not-aligned', 'one-later'].map((id) => [id, true]),
    );
    assert.ok(notes.some((note) => note.startsWith('Attention is not alignment (Koehn & Knowles 2017')));
  });
  it('on reversal, read from both ends: the alignment too, and no order is nearer than the other', async () => {
    const options = of('reversal', { bidirectional: true, ways: ['plain', 'reversed', 'additive'] });
    const { claims, notes, figures } = await runSeeded(attention.seeded(options));
    assert.deepEqual(
      claims.map(({ id, holds }) => [id, holds]),
      ['right', 'above-plain', 'aligned', 'order-is-the-same'].map((id) => [id, true]),
    );
    assert.ok(
      notes.some((note) => note.startsWith('Here the map is nearly an alignment. In a one-directional encoder')),
    );
    assert.ok(notes.some((note) => note.startsWith('The encoder reads from both ends, with 8 numbers from each')));
    assert.match(figure<HeatmapFigure>(figures, 'heatmap').settings!, /^gru · H 8 \+ 8 · /);
  });
  it('draws the weights of the source that is given, and of one output as bars', async () => {
    const shown = pairTasks.get('dates')!.pairOf('3 March 1994')!;
    const options = of('dates', { shown, output: 6, updates: 2, ways: ['dot'] });
    const { figures } = await runSeeded(attention.seeded(options));
    const map = figure<HeatmapFigure>(figures, 'heatmap');
    assert.equal(map.columns.names.join(''), '3 March 1994_____');
    assert.equal(map.rows.names.length, 10);
    for (const row of map.values) assert.ok(Math.abs(row.reduce((a, b) => a + b, 0) - 1) < 1e-12);
    const bars = figure<BarsFigure>(figures, 'bars');
    assert.deepEqual(bars.values, map.values[5]);
    assert.match(bars.title, /output 6, ".", which comes from source symbols 3 to 7/);
    assert.deepEqual(bars.rows.names.slice(0, 3), ['1 3', '2  ', '3 M']);
  });
  it('trains models of their own for each length, the one that is drawn among them', async () => {
    const options = of('copy', { lengths: [2, 3, 6], updates: 5 });
    const seen: number[] = [];
    const seeded = attention.seeded(options);
    const watch = { ...unwatched, tick: async (done: number, all: number) => void seen.push(done / all) };
    const found = await seeded.run(0, watch);
    assert.equal(seen.length, 2 * 3 * 5);
    assert.equal(seen.at(-1), 1);
    for (const way of found!.ways) {
      assert.deepEqual(
        way.over.map(({ length }) => length),
        [2, 3, 6],
      );
      assert.equal(way.over[2]!.right, way.right);
    }
    const lines = figure<LinesFigure>(seeded.result([found!]).figures, 'lines');
    assert.deepEqual(lines.x.values, [2, 3, 6]);
    assert.equal(lines.reference!.value, 12.5);
  });
  it('for dates has the lengths from one model, and all that were tried in them', async () => {
    const options = of('dates', { updates: 1, sequences: 400 });
    const found = await attention.seeded(options).run(0, unwatched);
    assert.deepEqual(
      found!.ways[0]!.over.map(({ length }) => length),
      [10, 11, 12, 13, 14, 15, 16, 17],
    );
  });
  it('repeats itself to the byte, and gives what can go from one thread to another', async () => {
    const seeded = attention.seeded(of('reversal', { updates: 20, seeds: 2 }));
    const found = [await seeded.run(0, unwatched), await seeded.run(1, unwatched)];
    const again = JSON.stringify(seeded.result(structuredClone(found).map((one) => one!)));
    assert.equal(JSON.stringify(await runSeeded(seeded)), again);
  });
  it('stops when it is told to', async () => {
    let ticks = 0;
    const watch = { tick: async () => void ticks++, stopped: () => ticks === 3 };
    assert.equal(await attention.seeded(of('copy')).run(0, watch), undefined);
    assert.equal(ticks, 3);
  });
  it('without attention draws no map and no equations', async () => {
    const { figures, claims } = await runSeeded(attention.seeded(of('copy', { ways: ['plain'], updates: 2 })));
    assert.deepEqual(
      figures.map(({ kind }) => kind),
      ['table'],
    );
    assert.deepEqual(claims, []);
  });
});
