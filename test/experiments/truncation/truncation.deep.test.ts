// The rows "Truncated BPTT" and "Clipping" over 20 seeds: medians, quartiles and ranges are printed, and every claim holds on all.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn } from '../../../lib/cells/catalogue.ts';
import { runSeeded, unwatched } from '../../../lib/experiments/kit/seeds.ts';
import { clippedAngle } from '../../../lib/experiments/truncation/clipped-angle.ts';
import { truncation } from '../../../lib/experiments/truncation/truncation.ts';
import { quantile } from '../../../lib/numbers/statistics.ts';
import type { InitialisedCell } from '../../../lib/options/initialisation.ts';
import type { Result } from '../../../lib/render/result.ts';

const seeds = 20;
const linesOf = (hidden: number, steps: number): InitialisedCell[] => [
  { name: 'lstm', cell: builtIn('lstm'), start: { hidden, forgetBias: { chrono: steps } } },
  { name: 'rnn', cell: builtIn('rnn'), start: { hidden, radius: 0.9 } },
];
const optionsFor = (hidden: number, steps: number, lines = linesOf(hidden, steps)) => ({
  lines,
  steps,
  input: hidden,
  seed: 1,
  seeds,
});

function hold({ claims }: Result, count: number): void {
  for (const { id, measured, relation, bound } of claims)
    console.log(`${id}: ${measured.toPrecision(3)} ${relation} ${bound}`);
  assert.equal(claims.length, count);
  assert.deepEqual(
    claims.filter((c) => !c.holds),
    [],
  );
}

describe('over 20 seeds', () => {
  for (const [H, T] of [
    [16, 100],
    [16, 50],
    [32, 100],
    [64, 60],
  ] as const)
    it(`truncation, H ${H}, T ${T}`, async () => {
      hold(await runSeeded(truncation.seeded({ ...optionsFor(H, T), windows: [1, 10] })), 4);
    });

  it('the figures of the course: H 16, T 100', async () => {
    const experiment = truncation.seeded({ ...optionsFor(16, 100), windows: [10, 50] });
    for (const [i, name] of ['lstm', 'rnn'].entries())
      for (const k of [10, 50]) {
        const found: number[] = [];
        for (let seed = 0; seed < seeds; seed++)
          found.push((await experiment.run(seed, unwatched))![i]!.cosines[k - 1]!);
        const [low, middle, high] = [0.25, 0.5, 0.75].map((q) => quantile(found, q));
        console.log(`${name} k ${k}: cosine, quartiles ${[low, middle, high].map((v) => v!.toFixed(3)).join(' ')}`);
        if (name === 'rnn') assert.ok(Math.min(...found) > 0.9995);
        else if (k === 10) assert.ok(middle! > 0.56 && middle! < 0.81);
        else assert.ok(middle! > 0.95 && middle! < 0.99);
      }
  });

  it('the fan: a larger radius needs a longer window', async () => {
    const lines = [0.5, 0.9, 1].map((radius) => ({ name: `ρ ${radius}`, cell: rnn, start: { hidden: 16, radius } }));
    hold(await runSeeded(truncation.seeded({ ...optionsFor(16, 100, lines), windows: [10] })), 4);
  });

  for (const H of [16, 32])
    it(`clipping, H ${H}`, async () =>
      hold(await runSeeded(clippedAngle.seeded({ clip: true, ...optionsFor(H, 100) })), 2));
});

const rnn = builtIn('rnn');
