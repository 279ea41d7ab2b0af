// How far gradients reach, against what can be computed by hand and against what is known of initialisations.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn, cellOf } from '../../../lib/cells/catalogue.ts';
import { decayAndReach, decayOf, reachOf, verdictOf } from '../../../lib/experiments/gradients/decay.ts';
import type { GradientsOptions } from '../../../lib/experiments/gradients/gradient-curves.ts';
import { gradientNormsOf } from '../../../lib/experiments/gradients/gradient-norms.ts';
import { gradients } from '../../../lib/experiments/gradients/gradients.ts';
import { productOfJacobians } from '../../../lib/experiments/gradients/jacobian-product.ts';
import { runSeeded, unwatched } from '../../../lib/experiments/kit/seeds.ts';
import { column, matrix, zeros } from '../../../lib/numbers/matrix.ts';
import { engineNames } from '../../../lib/options/engine.ts';
import type { TableFigure } from '../../../lib/render/result.ts';

const options = {
  cells: ['rnn', 'lstm', 'gru'].map(builtIn),
  steps: 64,
  input: 32,
  start: { hidden: 32 },
  decompose: false,
  seed: 1,
  seeds: 20,
  engine: 'fast',
} as const;

const tableOf = async (changes: Partial<GradientsOptions>): Promise<Map<string, readonly unknown[]>> => {
  const { figures } = await runSeeded(gradients.seeded({ ...options, ...changes }));
  const table = figures.find((f): f is TableFigure => f.kind === 'table')!;
  return new Map(table.rows.map((row) => [String(row[0]), row]));
};
const between = (value: unknown, low: number, high: number): void =>
  assert.ok(typeof value === 'number' && value >= low && value <= high, `${value} in ${low}…${high}`);

describe('how fast a gradient fades at the start, H = D = 32, median of 20 seeds', () => {
  it('is .73 a step for an orthogonal RNN, .81 for an LSTM, .61 for a GRU', async () => {
    const rows = await tableOf({});
    between(rows.get('rnn')![2], 0.72, 0.75);
    between(rows.get('lstm')![2], 0.78, 0.82);
    between(rows.get('gru')![2], 0.59, 0.63);
  });
  it('is .59 for an LSTM of forget bias 0, and then faster than the RNN: the trap', async () => {
    const { figures, claims, notes } = await runSeeded(
      gradients.seeded({
        ...options,
        cells: ['rnn', 'lstm'].map(builtIn),
        start: { hidden: 32, forgetBias: 0 },
      }),
    );
    const table = figures.find((f): f is TableFigure => f.kind === 'table')!;
    between(table.rows[1]![2], 0.56, 0.6);
    assert.ok(claims.find((c) => c.id === 'lstm-decays-faster')!.holds);
    assert.ok(notes.some((note) => note.startsWith('Here the gradient of lstm vanishes faster than that of rnn')));
  });
  it('is compared between cells at the same spectral radius alone, and the reason is said once', async () => {
    const { notes } = await runSeeded(
      gradients.seeded({
        ...options,
        cells: ['rnn', 'gru'].map(builtIn),
        radii: [0.5, 0.9, 1.1],
        seeds: 3,
      }),
    );
    const pairs = notes.flatMap((note) => [
      ...note.matchAll(/^Here the gradient of gru (ρ \S+) vanishes faster than that of rnn (ρ \S+):/g),
    ]);
    assert.ok(pairs.length > 1);
    for (const [said, gated, plain] of pairs) assert.equal(gated, plain, said);
    for (const once of ['A gate near one half', 'Gates mitigate vanishing gradients'])
      assert.equal(notes.filter((note) => note.includes(once)).length, 1, once);
  });
  it('is .91 to .94 for an LSTM of forget bias 2', async () => {
    between(
      (await tableOf({ cells: [builtIn('lstm')], start: { hidden: 32, forgetBias: 2 } })).get('lstm')![2],
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
      const gradientNorms = await gradientNormsOf(cell.program, cell.backward, sizes, 100, engine);
      const jacobians = await gradientNorms.jacobians(params, inputs);
      assert.deepEqual([...jacobians[57]!.data], [0.9, 3, 0, 0.9]);
      const { largest, smallest } = productOfJacobians(jacobians);
      assert.equal((10 ** largest!).toExponential(3), '8.854e-3');
      // The two singular values multiply to |det W|^100.
      assert.ok(Math.abs(largest! + smallest! - 200 * Math.log10(0.9)) < 1e-8);
      const norms = gradientNorms.norms(params, inputs, Float64Array.of(1, 0));
      assert.ok(Math.abs(norms[99 - 9]! / Math.hypot(0.9 ** 9, 9 * 3 * 0.9 ** 8) - 1) < 1e-12);
    });
});

describe('reach', () => {
  const halving = Array.from({ length: 20 }, (_, t) => 0.5 ** (19 - t));
  const verdict = (...norms: number[]) => verdictOf([{ norms }], 1);
  it('is the first lag below one hundredth', () => assert.equal(reachOf(halving), 7));
  it('is none where the gradient stays', () => assert.equal(reachOf([1, 1, 1]), null));
  it('decays by the factor of a step', () => assert.ok(Math.abs(decayOf(halving) - 0.5) < 1e-15));
  it('leaves the step of the readout out of the decay, and not of the reach', () => {
    const tenthFirst = halving.map((n, t) => (t < 19 ? n / 10 : n));
    assert.ok(Math.abs(decayOf(tenthFirst) - 0.5) < 1e-15);
    assert.equal(reachOf(tenthFirst), 4);
    // Of two steps only the readout's own is there.
    assert.deepEqual(decayAndReach([{ norms: [0.5, 1] }]), [null, 'over 1']);
  });
  it('begins where the loss reaches a state: at T - 1 where the output reads the step before', () => {
    assert.ok(Math.abs(decayOf([...halving, 0]) - 0.5) < 1e-15);
    assert.equal(reachOf([...halving, 0]), 7);
    assert.equal(verdict(...halving, 0), 'vanishes');
  });
  it('goes back as far as a double holds the gradient', () => {
    const norms = Array.from({ length: 1200 }, (_, t) => 0.5 ** (1199 - t));
    assert.ok(Math.abs(decayOf(norms) - 0.5) < 1e-12);
    // 2^-1022 is the smallest normal number.
    assert.equal(verdictOf([{ norms, underflows: true }], 1), 'underflows below 1e-308 at lag 1023');
  });
  it('is 0 in doubles where a saturated or dead unit or the equations lead no further back', () => {
    assert.equal(decayOf([0, 0, 1]), 0);
    assert.equal(verdict(0, 0, 1), '0 in doubles from lag 1 on');
    assert.equal(verdict(0, 0, 0), '0 in doubles from lag 1 on');
    assert.equal(verdict(0, 0.5, 1), '0 in doubles from lag 2 on');
  });
  it('vanishes below 1 %, explodes above 100 times, and holds between', () => {
    assert.equal(verdict(100.1, 30, 1), 'explodes');
    assert.equal(verdict(99.9, 30, 1), 'holds');
    assert.equal(verdict(0.0101, 0.7, 1), 'holds');
    assert.equal(verdict(0.0099, 0.7, 1), 'vanishes');
    // A slow decay over many steps vanishes as a fast one over few does.
    assert.equal(verdict(...Array.from({ length: 200 }, (_, t) => 0.9 ** (199 - t))), 'vanishes');
  });
});

/** The one row of a cell's table, by column, and the whole result. */
async function asked(text: string, changes: Partial<GradientsOptions> = {}) {
  const result = await runSeeded(
    gradients.seeded({ ...options, cells: [cellOf('it', text)], start: { hidden: 4 }, input: 2, seeds: 2, ...changes }),
  );
  const table = result.figures.find((f): f is TableFigure => f.kind === 'table')!;
  const row = Object.fromEntries(table.columns.map(({ title }, i) => [title, table.rows[0]![i]!]));
  return { row, result };
}

describe('a gradient that is not finite, underflows, or has no path', () => {
  it('is told with the step and the cause, without a number and without a claim that holds', async () => {
    for (const [text, verdict] of [
      [
        'h = exp(W * h_prev + U * x)\nW ~ constant(1)',
        /^not finite: the forward pass overflows at t = \d+, in h \(seed 1\)$/,
      ],
      ['h = log(W * h_prev + U * x)', /^not finite: the forward pass takes the log of \S+ .*at t = 1, in h/],
      [
        'h = sqrt(W * h_prev + U * x)',
        /^not finite: the forward pass takes the square root of a negative number at t = 1/,
      ],
      ['a = 0 .* (W * h_prev)\nh = U * x ./ a', /^not finite: the forward pass divides by 0 at t = 1, in h/],
      ['h = 1000 .* h_prev + U * x', /^not finite: the forward pass overflows at t = 10[2-6], in h/],
      [
        'h = sqrt(abs(s_prev))\ns = 0 .* s_prev + 0 .* (U * x)',
        /^not finite: the backward pass divides by 0 at t = 120/,
      ],
    ] as const)
      for (const engine of text.includes('exp') ? engineNames : (['fast'] as const)) {
        const { row, result } = await asked(text, { steps: 120, engine });
        assert.match(String(row.verdict), verdict, text);
        assert.deepEqual([row['decay a step'], row['reaches back']], [null, null]);
        assert.ok(!/NaN/.test(JSON.stringify(result.figures)), text);
        const [line] = result.figures.flatMap((f) => (f.kind === 'lines' ? f.series : []));
        // A backward pass that overflows is drawn as far as it is finite.
        const isForward = String(row.verdict).includes('forward');
        assert.equal(
          line!.values.every((value) => value === null),
          isForward,
          text,
        );
        assert.ok(result.claims.every(({ holds }) => !holds));
      }
  });
  it('says in how many seeds, where it is not all', async () => {
    const half = [
      { norms: [0.1, 1] },
      { norms: [Number.NaN, 1], nonFinite: { pass: 'forward', name: 'h', step: 3, cause: 'overflows' } },
    ] as const;
    assert.equal(verdictOf(half, 7), 'not finite in 1 of 2 seeds: the forward pass overflows at t = 3, in h (seed 8)');
  });
  it('underflows where a longer v would not, and is 0 in doubles where no v would help', async () => {
    const shrinks = await asked('h = 1e-4 .* h_prev + U * x', { steps: 100 });
    // 1e-4^77 = 1e-308 is below the smallest normal number 2.2e-308.
    assert.equal(shrinks.row.verdict, 'underflows below 1e-308 at lag 77');
    between(shrinks.row['decay a step'], 1e-4 * (1 - 1e-12), 1e-4 * (1 + 1e-12));
    const dead = await asked('h = relu(W * h_prev + U * x - 1000)');
    assert.equal(dead.row.verdict, '0 in doubles from lag 1 on');
    // 1 - tanh(30)^2 = 3.5e-26 is no number beside 1: the path is there, and a double does not show it.
    const saturated = await asked('h = tanh(W * h_prev + U * x + 30)');
    assert.equal(saturated.row.verdict, '0 in doubles from lag 1 on');
    const twoSteps = await asked('h = tanh(W * s_prev + U * x)\ns = V * r_prev\nr = tanh(Q * x)');
    // h_T reads s_{T-1}, which reads r_{T-2}, which reads no state.
    assert.equal(twoSteps.row.verdict, '0 in doubles from lag 2 on');
    assert.equal((await asked('h = tanh(U * x)')).row.verdict, 'no path back');
  });
});

describe('notes', () => {
  const short = /reaches back (\d+) steps?, .*; yet .* keeps more per step/;
  it('put reach and decay side by side only where they disagree', async () => {
    const notesOf = async (a: string, b: string) => {
      const cells = [cellOf('a', a), cellOf('b', b)];
      const { notes } = await runSeeded(
        gradients.seeded({ ...options, cells, start: { hidden: 4 }, seeds: 1, steps: 40 }),
      );
      return notes.find((note) => short.test(note));
    };
    const slow = 'h = 0.9 .* h_prev + U * x';
    const fast = 'h = 0.7 .* h_prev + U * x';
    assert.equal(await notesOf(slow, fast), undefined);
    // c keeps .9 a step, and h = 0.001 c lets little of the loss through to it.
    const late = 'c = 0.9 .* c_prev + U * x\nh = 0.001 .* c + 0 .* h_prev';
    assert.match(
      (await notesOf(late, fast))!,
      /^a reaches back 1 step, b 13; yet a keeps more per step, 0\.900 against 0\.700/,
    );
  });
  it('call σ min a bound where it is one, in the table too, and only there', async () => {
    const singular = 'd = h_prev - sum(h_prev) ./ sum(h_prev .^ 0)\nh = tanh(W * d + U * x)';
    const { row, result } = await asked(singular, { steps: 30 });
    assert.match(String(row['σ min ∏J']), /^< \d\.\de-\d+$/);
    assert.ok(result.notes.some((note) => note.startsWith('σ min of it is an upper bound')));
    const regular = await asked('h = tanh(W * h_prev + U * x)\nW ~ orthogonal(1)', { steps: 30 });
    assert.equal(typeof regular.row['σ min ∏J'], 'number');
    assert.ok(!regular.result.notes.some((note) => /upper bound|left out where|not finite/.test(note)));
  });
  it('say that a radius above 1 need not explode only where it did not', async () => {
    const tame = /^ρ above 1 need not explode/;
    const at = async (text: string) => (await asked(text, { radii: [0.5, 1.2] })).result.notes;
    assert.ok((await at('h = tanh(W * h_prev + U * x)')).some((note) => tame.test(note)));
    assert.ok(!(await at('h = W * h_prev + U * x\nW ~ orthogonal(1)')).some((note) => tame.test(note)));
  });
});

describe('a cell whose output is not fed back', () => {
  const cell = 'f = sigmoid(W_f * x + b_f)\nc = f .* c_prev + (1 - f) .* tanh(W_z * x)\nh = tanh(c)\nb_f ~ constant(3)';
  it('is measured by the state that it carries, and agrees with --decompose', async () => {
    const { row, result } = await asked(cell, { decompose: true, steps: 40 });
    assert.equal(row.state, 'c');
    assert.equal(row.verdict, 'holds');
    const [, paths] = result.figures.filter((f): f is TableFigure => f.kind === 'table');
    // The loss is on h in one and on c in the other, so the units count a little differently.
    for (const path of paths!.rows)
      between(path[3], Number(row['decay a step']) - 1e-3, Number(row['decay a step']) + 1e-3);
    assert.match(result.figures[0]!.title, /‖∂L\/∂s_t‖/);
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
        const found = await gradients
          .seeded({
            ...options,
            cells: [cell],
            start: { hidden: 3 },
            input: 3,
            steps: 6,
            engine,
          })
          .run(0, unwatched);
        return found![0]!.product!;
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
        gradients.seeded({
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
