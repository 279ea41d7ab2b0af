// Numbers that anyone can look up, reproduced to the digits given.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cliff, cliffEngine, slopeAt } from '../../../lib/experiments/gradients/cliff.ts';
import { matrixPowers } from '../../../lib/experiments/gradients/matrix-powers.ts';
import { matrix } from '../../../lib/numbers/matrix.ts';
import { engineNames } from '../../../lib/options/engine.ts';
import type { TableFigure } from '../../../lib/render/result.ts';

describe('the powers of [[.9, 3], [0, .9]]', async () => {
  const result = await matrixPowers.answered({ matrix: matrix(2, 2, [0.9, 3, 0, 0.9]), steps: 100 });
  const table = result.figures.find((f): f is TableFigure => f.kind === 'table')!;
  const value = (what: string): number => table.rows.find(([name]) => name === what)![1] as number;

  it('have radius .9 and norm 3.249', () => {
    assert.ok(Math.abs(value('spectral radius ρ') - 0.9) < 1e-12);
    assert.equal(value('largest singular value σ max').toFixed(3), '3.249');
  });
  it('peak at 11.6355 for l = 9, stay below 1 from l = 49, and end at 8.854e-3', () => {
    assert.equal(value('largest ‖W^l‖').toFixed(4), '11.6355');
    assert.equal(value('reached at l'), 9);
    assert.equal(value('below 1 for good from l'), 49);
    assert.equal(value('‖W^l‖ at l = 100').toExponential(3), '8.854e-3');
  });
  it('make claims that hold', () => {
    assert.deepEqual(
      result.claims.map((c) => c.holds),
      [true, true, true],
    );
  });
});

describe('powers beyond what a double holds', () => {
  const found = async (entries: readonly number[], steps: number) => {
    const result = await matrixPowers.answered({ matrix: matrix(2, 2, entries), steps });
    const table = result.figures.find((f): f is TableFigure => f.kind === 'table')!;
    assert.ok(!/NaN|null,null,null/.test(JSON.stringify([table, result.claims])));
    assert.ok(result.claims.every(({ holds }) => holds));
    return new Map(table.rows.map(([name, value]) => [name, value]));
  };
  it('are written with their exponent: 10^200 to the 5th, 2^3000 = 1.2e903, 0.5^5000 = 7.1e-1506', async () => {
    assert.equal((await found([1e200, 0, 0, 1], 5)).get('‖W^l‖ at l = 5'), '1.0e1000');
    const doubled = await found([2, 0, 0, 1], 3000);
    assert.equal(doubled.get('‖W^l‖ at l = 3000'), '1.2e903');
    assert.equal(doubled.get('reached at l'), 3000);
    assert.equal(doubled.get('below 1 for good from l'), 'after 3000');
    const halved = await found([0.5, 0, 0, 0.1], 5000);
    assert.equal(halved.get('‖W^l‖ at l = 5000'), '7.1e-1506');
    assert.equal(halved.get('below 1 for good from l'), 1);
  });
  it('are 0 of a nilpotent matrix, and of no matrix before', async () => {
    const shift = await found([0, 1, 0, 0], 4);
    assert.deepEqual([shift.get('largest ‖W^l‖'), shift.get('‖W^l‖ at l = 4')], [1, 0]);
  });
});

describe("Pascanu's wall", () => {
  it('is said to be there only where the gradient is that steep', async () => {
    const asked = (from: number, to: number, steps = 50) =>
      cliff.answered({ cliff: true, bias: [from, to], steps, engine: 'fast' });
    const title = async (...range: Parameters<typeof asked>) => (await asked(...range)).figures.at(-1)!.title;
    assert.equal(await title(-2.7, -1.9), 'On the wall and off it');
    assert.equal(await title(-2.5, -1.9), 'At single biases');
    assert.equal(await title(-1, 1), 'At the ends of the range');
    for (const [from, to, steps] of [
      [-2.5, -1.9, 50],
      [-1, 1, 50],
      [-2.7, -1.9, 10],
    ] as const) {
      const { notes, claims } = await asked(from, to, steps);
      assert.ok(notes.some((note) => note.startsWith('There is no cliff in this range')));
      assert.ok(claims.every(({ holds }) => !holds));
    }
  });
  for (const engine of engineNames)
    it(`has the two gradient norms of the paper's setting (${engine})`, async () => {
      const runner = await cliffEngine(engine);
      assert.equal(slopeAt(runner, 5, -2.61234136, 50).norm.toFixed(1), '6773.1');
      assert.equal(slopeAt(runner, 5, -2, 50).norm.toFixed(4), '0.0555');
    });
  it('is drawn at its height, however narrow it is', async () => {
    const result = await cliff.answered({ cliff: true, bias: [-2.7, -1.9], steps: 50, engine: 'fast' });
    const [norms] = result.figures.flatMap((f) => (f.kind === 'lines' && f.y.scale === 'log' ? f.series : []));
    assert.ok(Math.max(...norms!.values.map(Number)) > 6773);
  });
});
