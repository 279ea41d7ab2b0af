// Numbers that anyone can look up, reproduced to the digits given.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cliff, cliffEngine, slopeAt } from '../../lib/experiments/cliff.ts';
import { engineNames } from '../../lib/experiments/engine.ts';
import { matrixPowers } from '../../lib/experiments/matrix-powers.ts';
import type { TableFigure } from '../../lib/experiments/result.ts';
import { matrix } from '../../lib/numbers/matrix.ts';

describe('the powers of [[.9, 3], [0, .9]]', () => {
  const result = matrixPowers({ matrix: matrix(2, 2, [0.9, 3, 0, 0.9]), steps: 100 });
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

describe("Pascanu's wall", () => {
  for (const engine of engineNames)
    it(`has the two gradient norms of the paper's setting (${engine})`, async () => {
      const runner = await cliffEngine(engine);
      assert.equal(slopeAt(runner, 5, -2.61234136, 50).norm.toFixed(1), '6773.1');
      assert.equal(slopeAt(runner, 5, -2, 50).norm.toFixed(4), '0.0555');
    });
  it('is drawn at its height, however narrow it is', async () => {
    const result = await cliff({
      w: 5,
      from: -2.7,
      to: -1.9,
      points: 40,
      steps: 50,
      at: [-2.61234136],
      engine: 'fast',
    });
    const [norms] = result.figures.flatMap((f) => (f.kind === 'lines' && f.y.scale === 'log' ? f.series : []));
    assert.ok(Math.max(...norms!.values.map(Number)) > 6773);
  });
});
