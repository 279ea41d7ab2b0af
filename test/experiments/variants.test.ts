// Cells set beside a whole one, seed by seed; 20 seeds in variants.deep.test.ts.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runSeeded, unwatched } from '../../lib/experiments/kit/seeds.ts';
import type { Learned } from '../../lib/experiments/train/learners.ts';
import { variants } from '../../lib/experiments/variants/variants.ts';
import { variantsOf, worseIn } from '../../lib/experiments/variants/variants-comparison.ts';
import type { HeatmapFigure, TableFigure } from '../../lib/render/result.ts';
import { variantsOptions as of } from './variants-options.ts';

/** Seeds of which only the loss on new data is known: losses[seed][cell]. */
const learned = (names: readonly string[], losses: readonly (readonly number[])[]): Learned[] =>
  losses.map((row) => ({
    whole: true,
    learners: row.map((loss, c) => ({
      name: names[c]!,
      parameters: new Float64Array(c + 1),
      losses: [1],
      scores: { loss, score: 0.5, scoreAt: [] },
    })),
  }));

const tableAt = (figures: readonly unknown[], i: number) => (figures[i] as TableFigure).rows;

describe('variants', () => {
  const names = ['lstm-peephole', 'lstm-coupled', 'lstm-no-peepholes'];
  // The loss of the whole one doubles from seed to seed; one variant is always 1 above it, one half of it.
  const found = learned(
    names,
    [1, 2, 4, 8, 16, 32].map((loss) => [loss, loss + 1, loss / 2]),
  );
  const options = of('reber', names, { seeds: 6, updates: 7 });
  const result = variants.seeded(options).result(found);

  it('are set beside the whole cell seed by seed, not median by median', () => {
    const [whole, above, below] = variantsOf(found);
    assert.deepEqual(whole!.differences, [0, 0, 0, 0, 0, 0]);
    assert.deepEqual(above!.differences, [1, 1, 1, 1, 1, 1]);
    assert.equal(worseIn(above!), '6 of 6');
    assert.equal(worseIn(below!), '0 of 6');
    assert.deepEqual(tableAt(result.figures, 2), [
      ['lstm-no-peepholes', -3, -16, -0.5, '0 of 6', 2 / 64],
      ['lstm-coupled', 1, 1, 1, '6 of 6', 2 / 64],
    ]);
  });
  it('are ranked by their median, with an interval for it, and the baseline below', () => {
    const rows = tableAt(result.figures, 1);
    assert.deepEqual(
      rows.map(([name]) => name),
      ['lstm-no-peepholes', 'lstm-peephole', 'lstm-coupled', 'baseline'],
    );
    assert.deepEqual(rows[1], ['lstm-peephole', 1, 6, 1, 32, 0.5]);
  });
  it('say over the ranking when none of them is at the baseline yet', () => {
    const titleOf = (figures: readonly unknown[]) => (figures[1] as TableFigure).title;
    assert.match(titleOf(result.figures), /; none is at the baseline yet$/);
    const done = variants.seeded(options).result(learned(names, Array(6).fill([0.1, 0.2, 0.3])));
    assert.doesNotMatch(titleOf(done.figures), /baseline/);
  });
  it('are drawn in doublings of the loss', () => {
    const { rows, columns, values, scale } = result.figures[0] as HeatmapFigure;
    assert.deepEqual(rows.names, ['no-peepholes', 'coupled']);
    assert.deepEqual(columns.names.slice(0, 2), ['1', '2']);
    assert.deepEqual(values[0], [-1, -1, -1, -1, -1, -1]);
    assert.equal(values[1]![0], 1);
    assert.deepEqual(scale, { kind: 'diverging', low: -1, high: 1 });
  });
  it('stand beside what Greff et al. found, where they had them', () => {
    assert.deepEqual(tableAt(result.figures, 3), [
      ['lstm-coupled', 'no significant difference', '6 of 6'],
      ['lstm-no-peepholes', 'no significant difference', '0 of 6'],
    ]);
    const other = variants.seeded(of('reber', ['gru', 'mgu'])).result(learned(['gru', 'mgu'], [[1, 2]]));
    assert.equal(other.figures.length, 3);
    assert.ok(!other.notes.some((note) => note.includes('Greff')));
  });
  it('say how many seeds a comparison of so many wants', () => {
    // Two comparisons: 2 / 2^7 < 0.05 / 2.
    assert.ok(result.notes.at(-1)!.includes('--seeds 7 or more'));
    const seven = variants.seeded({ ...options, seeds: 7 }).result(
      learned(
        names,
        Array.from({ length: 7 }, () => [1, 2, 3]),
      ),
    );
    assert.ok(!seven.notes.at(-1)!.includes('--seeds'));
  });
  it('of one seed have no interval, and no test', () => {
    const one = variants.seeded(options).result(found.slice(0, 1));
    assert.deepEqual(tableAt(one.figures, 2), [
      ['lstm-no-peepholes', -0.5],
      ['lstm-coupled', 1],
    ]);
  });
});

describe('which part matters', () => {
  it('on reber the forget gate, and no claim where settings are others', async () => {
    const cells = ['lstm-peephole', 'lstm-no-forget-gate'];
    const { claims } = await runSeeded(variants.seeded(of('reber', cells)));
    assert.deepEqual(
      claims.map(({ id, holds }) => [id, holds]),
      [['lstm-no-forget-gate-worse', true]],
    );
    assert.deepEqual((await runSeeded(variants.seeded(of('reber', cells, { updates: 3, seeds: 1 })))).claims, []);
    // The first cell is what the others are set beside, and the claims are of the whole one.
    assert.deepEqual((await runSeeded(variants.seeded(of('reber', [...cells].reverse(), { seeds: 1 })))).claims, []);
  });
  it('on counting that the gates are two', async () => {
    const { claims } = await runSeeded(variants.seeded(of('counting', ['lstm-peephole', 'lstm-coupled'])));
    assert.deepEqual(
      claims.map(({ id, holds }) => [id, holds]),
      [['lstm-coupled-worse', true]],
    );
  });
  it('is not asked of half a run', async () => {
    let ticks = 0;
    const watch = { tick: async () => void ticks++, stopped: () => ticks >= 3 };
    assert.equal(await variants.seeded(of('reber', ['lstm', 'gru'])).run(0, watch), undefined);
    assert.equal(
      await variants.seeded(of('reber', ['lstm', 'gru'])).run(0, { ...unwatched, stopped: () => true }),
      undefined,
    );
  });
});
