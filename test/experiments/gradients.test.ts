// How far gradients reach, against what can be computed by hand and against what is known of initialisations.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn, cellOf } from '../../lib/cells/catalogue.ts';
import { engineNames } from '../../lib/experiments/engine.ts';
import { fadingOf } from '../../lib/experiments/fading.ts';
import { type GradientsOptions, gradients } from '../../lib/experiments/gradients.ts';
import { productOfJacobians } from '../../lib/experiments/jacobian.ts';
import { decayOf, horizonOf, verdictOf } from '../../lib/experiments/reach.ts';
import type { TableFigure } from '../../lib/experiments/result.ts';
import { runSeeded, unwatched } from '../../lib/experiments/seeds.ts';
import { column, matrix, zeros } from '../../lib/numbers/matrix.ts';

const options: GradientsOptions = {
  cells: ['rnn', 'lstm', 'gru'].map(builtIn),
  steps: 64,
  input: 32,
  start: { hidden: 32 },
  decompose: false,
  seed: 1,
  seeds: 20,
  engine: 'fast',
};

const tableOf = async (changes: Partial<GradientsOptions>): Promise<Map<string, readonly unknown[]>> => {
  const { figures } = await runSeeded(gradients({ ...options, ...changes }));
  const table = figures.find((f): f is TableFigure => f.kind === 'table')!;
  return new Map(table.rows.map((row) => [String(row[0]), row]));
};
const between = (value: unknown, low: number, high: number): void =>
  assert.ok(typeof value === 'number' && value >= low && value <= high, `${value} in ${low}…${high}`);

describe('how fast a gradient fades at the start, H = D = 32, median of 20 seeds', () => {
  it('is .73 a step for an orthogonal RNN, .78 for an LSTM, .61 for a GRU', async () => {
    const rows = await tableOf({});
    between(rows.get('rnn')![1], 0.72, 0.75);
    between(rows.get('lstm')![1], 0.76, 0.82);
    between(rows.get('gru')![1], 0.59, 0.63);
  });
  it('is .58 for an LSTM of forget bias 0, and then faster than the RNN: the trap', async () => {
    const { figures, claims, notes } = await runSeeded(
      gradients({
        ...options,
        cells: ['rnn', 'lstm'].map(builtIn),
        start: { hidden: 32, forgetBias: 0 },
      }),
    );
    const table = figures.find((f): f is TableFigure => f.kind === 'table')!;
    between(table.rows[1]![1], 0.56, 0.6);
    assert.ok(claims.find((c) => c.id === 'lstm-decays-faster')!.holds);
    assert.ok(notes.some((note) => note.startsWith('Here lstm vanishes faster than rnn')));
  });
  it('is compared between cells at the same spectral radius alone, and the reason is said once', async () => {
    const { notes } = await runSeeded(
      gradients({
        ...options,
        cells: ['rnn', 'gru'].map(builtIn),
        radii: [0.5, 0.9, 1.1],
        seeds: 3,
      }),
    );
    const pairs = notes.flatMap((note) => [...note.matchAll(/^Here gru (ρ \S+) vanishes faster than rnn (ρ \S+):/g)]);
    assert.ok(pairs.length > 1);
    for (const [said, gated, plain] of pairs) assert.equal(gated, plain, said);
    for (const once of ['Gates that start near one half', 'Gates soften vanishing'])
      assert.equal(notes.filter((note) => note.includes(once)).length, 1, once);
  });
  it('is .91 to .94 for an LSTM of forget bias 2', async () => {
    between(
      (await tableOf({ cells: [builtIn('lstm')], start: { hidden: 32, forgetBias: 2 } })).get('lstm')![1],
      0.9,
      0.95,
    );
  });
});

describe('a linear recurrence', () => {
  // h = W h_prev + U x: every J is W, whatever the inputs.
  const cell = cellOf('linear', 'h = W * h_prev + U * x');
  const sizes = new Map([
    ['H', 2],
    ['D', 1],
  ]);
  const params = new Map([
    ['W', matrix(2, 2, [0.9, 3, 0, 0.9])],
    ['U', zeros(2, 1)],
  ]);
  const inputs = Array.from({ length: 100 }, () => column([0]));
  for (const engine of engineNames)
    it(`has W as its Jacobian and ‖W^100‖ as its product (${engine})`, async () => {
      const fading = await fadingOf(cell.program, cell.backward, sizes, 100, engine);
      const jacobians = await fading.jacobians(params, inputs);
      assert.deepEqual([...jacobians[57]!.data], [0.9, 3, 0, 0.9]);
      const { largest, smallest } = productOfJacobians(jacobians);
      assert.equal((10 ** largest!).toExponential(3), '8.854e-3');
      // The two singular values multiply to |det W|^100.
      assert.ok(Math.abs(largest! + smallest! - 200 * Math.log10(0.9)) < 1e-8);
      const norms = fading.norms(params, inputs, Float64Array.of(1, 0));
      assert.ok(Math.abs(norms[99 - 9]! / Math.hypot(0.9 ** 9, 9 * 3 * 0.9 ** 8) - 1) < 1e-12);
    });
});

describe('reach', () => {
  const halving = Array.from({ length: 20 }, (_, t) => 0.5 ** (19 - t));
  it('is the first lag below one hundredth', () => assert.equal(horizonOf(halving), 7));
  it('is none where the gradient stays', () => assert.equal(horizonOf([1, 1, 1]), null));
  it('decays by the factor of a step', () => assert.ok(Math.abs(decayOf(halving) - 0.5) < 1e-15));
  it('decays to 0 where no path leads back', () => {
    assert.equal(decayOf([0, 0, 1]), 0);
    assert.equal(verdictOf([[0, 0, 1]]), 'no path back');
  });
  it('explodes, holds and vanishes', () => {
    assert.equal(verdictOf([[1000, 30, 1]]), 'explodes');
    assert.equal(verdictOf([[0.5, 0.7, 1]]), 'holds');
    assert.equal(verdictOf([halving]), 'vanishes');
  });
});

describe('a state that is a matrix', () => {
  it('has its entries among those of the Jacobian, in both engines', async () => {
    const cell = cellOf(
      'memory',
      "M = 0.9 * M_prev + h_prev * x'\nh = tanh(M * h_prev + U * x + b)\nM : H H\nU : H H\nx : H",
    );
    const products = await Promise.all(
      engineNames.map(async (engine) => {
        const found = await gradients({
          ...options,
          cells: [cell],
          start: { hidden: 3 },
          input: 3,
          steps: 6,
          engine,
        }).run(0, unwatched);
        return found!.products![0]!;
      }),
    );
    assert.ok(Number.isFinite(products[0]!.largest!));
    assert.ok(Math.abs(products[0]!.largest! - products[1]!.largest!) < 1e-9);
  });
});

describe('--decompose', () => {
  it('has the direct path of the 1997 LSTM at exactly 1, and that of an RNN equal to the whole', async () => {
    const series = async (name: string): Promise<Map<string, readonly (number | null)[]>> => {
      const { figures } = await runSeeded(
        gradients({
          ...options,
          cells: [builtIn(name)],
          decompose: true,
          seeds: 2,
          steps: 30,
          start: { hidden: 8 },
        }),
      );
      const lines = figures.filter((f) => f.kind === 'lines')[1]!;
      return new Map(lines.series.map((s) => [s.name, s.values]));
    };
    for (const value of (await series('lstm-1997')).get('direct')!) assert.ok(Math.abs(value! - 1) < 1e-15);
    const rnn = await series('rnn');
    assert.deepEqual(rnn.get('direct'), rnn.get('whole'));
    assert.notDeepEqual((await series('lstm')).get('direct'), (await series('lstm')).get('whole'));
  });
});
