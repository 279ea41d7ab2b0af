// One direction, a wider one, and both; 20 seeds in bidirectional.deep.test.ts.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn, cellOf } from '../../lib/cells/catalogue.ts';
import {
  type BidirectionalOptions,
  bidirectional,
  lookAhead,
} from '../../lib/experiments/bidirectional/bidirectional.ts';
import { runSeeded, unwatched } from '../../lib/experiments/kit/seeds.ts';
import { random } from '../../lib/numbers/random.ts';
import type { LinesFigure, TableFigure } from '../../lib/render/result.ts';
import { tasks } from '../../lib/tasks/catalogue.ts';
import { emptyModel } from '../../lib/training/model.ts';

const of = (name: string, more: Partial<BidirectionalOptions> = {}): BidirectionalOptions => {
  const task = tasks.get(name)!;
  const { steps, batch, updates, rate, hidden } = task.usual;
  const lengths = { steps, batch, updates, rate };
  return {
    task,
    cell: builtIn('rnn'),
    start: { hidden },
    ...lengths,
    sequences: 500,
    seed: 1,
    seeds: 2,
    engine: 'fast',
    ...more,
  };
};

describe('bidirectional', () => {
  it('on majority: the ceiling holds for one direction and not for two', async () => {
    const result = await runSeeded(bidirectional.seeded(of('majority')));
    assert.deepEqual(
      result.claims.filter(({ holds }) => !holds),
      [],
    );
    assert.equal(result.claims.length, 11);
    const [chart, scores] = result.figures as [LinesFigure, TableFigure];
    // The first and the last step have no majority.
    assert.deepEqual(chart.x.values, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    assert.equal(chart.reference!.value, 0.75);
    assert.deepEqual(
      scores.rows.map((row) => row.slice(0, 3)),
      [
        ['one direction', 8, 98],
        ['one, wider', 12, 194],
        ['both directions', 8, 194],
        ['causal ceiling', null, null],
      ],
    );
  });
  it('claims nothing learned of settings that are not the usual ones', async () => {
    const { claims } = await runSeeded(bidirectional.seeded(of('majority', { updates: 3 })));
    assert.ok(!claims.some(({ id }) => id === 'both-know' || id === 'one-reaches-it'));
    assert.ok(claims.every(({ holds }) => holds));
  });
  it('has no claim of waiting for a cell without states, and none of 2.5 where it is not so', async () => {
    const { claims } = await runSeeded(
      bidirectional.seeded(of('majority', { updates: 2, cell: cellOf('net', 'h = tanh(W * x + b)') })),
    );
    assert.ok(!claims.some(({ id }) => id === 'both-wait' || id === 'net-more-than-doubles'));
  });
  it('compares with the baseline where there is no ceiling to count', async () => {
    const result = await runSeeded(bidirectional.seeded(of('adding', { updates: 2, seeds: 1 })));
    const [chart, scores] = result.figures as [LinesFigure, TableFigure];
    assert.deepEqual(chart.x.values, [30]);
    assert.equal(chart.reference!.value, 1 / 6);
    assert.equal(scores.rows.at(-1)![0], 'without learning');
    assert.ok(result.notes.some((note) => note.includes('The loss reads the last step only')));
  });
  it('repeats itself to the byte, and gives up a seed when it is told to stop', async () => {
    const options = of('majority', { updates: 5 });
    const [first, second] = [
      await runSeeded(bidirectional.seeded(options)),
      await runSeeded(bidirectional.seeded(options)),
    ];
    assert.equal(JSON.stringify(first), JSON.stringify(second));
    assert.equal(await bidirectional.seeded(options).run(0, { ...unwatched, stopped: () => true }), undefined);
  });
});

describe('looking ahead', () => {
  const model = (directions: 1 | 2) => {
    const made = emptyModel({ cells: [builtIn('rnn')], directions, hidden: 1, inputs: 1, outputs: 2 });
    for (const { name } of made.places) if (/W_|readout\.V/.test(name)) made.parameter(name).fill(0.5);
    return made;
  };
  const majority = tasks.get('majority')!;
  it('is exactly 0 for one direction', () => assert.equal(lookAhead(model(1), majority, 3, random(1)), 0));
  it('of both is what the reverse cell passes on, by hand', () => {
    // h_3 = tanh(x_3 / 2), h_2 = tanh(x_2 / 2 + h_3 / 2), said: h_2 / 2. The most over both bits, for x_3 of -1 and 1 that become 0 and 2.
    const said = (x2: number, x3: number) => Math.tanh(0.5 * x2 + 0.5 * Math.tanh(0.5 * x3)) / 2;
    const changes = [-1, 1].flatMap((x2) => [-1, 1].map((x3) => Math.abs(said(x2, x3 + 1) - said(x2, x3))));
    assert.ok(Math.abs(lookAhead(model(2), majority, 3, random(1)) - Math.max(...changes)) < 1e-12);
  });
});
