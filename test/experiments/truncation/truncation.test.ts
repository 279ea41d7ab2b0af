// Truncated backpropagation: the sums over lags against windows that are run one by one, a cell that is worked out by hand, the exact
// numbers of influence balancing, and the angles of clipping.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn, cellOf } from '../../../lib/cells/catalogue.ts';
import { sizesFor } from '../../../lib/equations/program.ts';
import { runSeeded } from '../../../lib/experiments/kit/seeds.ts';
import {
  balancing,
  balancingKernel,
  balancingText,
  slopeOf,
  trainedWith,
} from '../../../lib/experiments/truncation/balancing.ts';
import { turnedBy } from '../../../lib/experiments/truncation/clipped-angle.ts';
import { gradientByLag } from '../../../lib/experiments/truncation/gradient-by-lag.ts';
import { truncation } from '../../../lib/experiments/truncation/truncation.ts';
import { column, matrix, zeros } from '../../../lib/numbers/matrix.ts';
import { random } from '../../../lib/numbers/random.ts';
import { engineFor } from '../../../lib/options/engine.ts';
import type { TableFigure } from '../../../lib/render/result.ts';
import { tasks } from '../../../lib/tasks/catalogue.ts';
import { backpropagation } from '../../../lib/training/bptt.ts';
import { createModel } from '../../../lib/training/model.ts';

const near = (got: number, expected: number, within: number) =>
  assert.ok(Math.abs(got - expected) <= within, `${got} and ${expected}`);

/** g_1, g_2, … g_T */
function windowsOf(byLag: Iterable<Float64Array>): number[][] {
  const sums: number[][] = [];
  for (const part of byLag) sums.push(Array.from(part, (v, i) => v + (sums.at(-1)?.[i] ?? 0)));
  return sums;
}

describe('a whole gradient that is no measure', () => {
  const asked = async (text: string) => {
    const lines = [{ name: 'it', cell: cellOf('it', text), start: { hidden: 3 } }];
    const result = await runSeeded(
      truncation.seeded({ lines, steps: 20, input: 2, seed: 4, seeds: 2, windows: [1, 5] }),
    );
    const table = result.figures.find((f): f is TableFigure => f.kind === 'table')!;
    return { ...result, row: table.rows[0]! };
  };
  it('is told with its step where it is not finite, and leaves the table empty', async () => {
    const { row, notes, claims } = await asked('h = sqrt(W * h_prev + U * x)');
    assert.deepEqual(row.slice(2), Array(6).fill(null));
    assert.match(
      notes[0]!,
      /^it is not finite: the forward pass takes the square root of a negative number at t = 1, in h \(seed 4\)\.$/,
    );
    assert.equal(claims.find(({ id }) => id === 'window-of-all')!.holds, false);
  });
  it('has no direction where it is 0, and no error either', async () => {
    const { row, notes } = await asked('h = step(W * h_prev + U * x)');
    assert.deepEqual(row.slice(2), [null, null, null, 0, 0, 0]);
    assert.match(notes[0]!, /^The whole gradient of it is 0/);
    assert.ok(!/is 0|not finite/.test((await asked('h = tanh(W * h_prev + U * x)')).notes[0]!));
  });
});

describe('the gradient by lag', () => {
  for (const name of ['rnn', 'lstm', 'gru'])
    it(`${name}: adds up to BPTT(k; 1), in which every window is run again from the state as it was`, () => {
      const task = tasks.get('parity')!;
      const [T, H, D, O] = [9, 4, task.inputs, task.outputs];
      const cell = builtIn(name);
      const design = { cells: [cell], directions: 1, hidden: H, inputs: D, outputs: O } as const;
      const model = createModel(design, random(3));
      const batch = task.batch(random(2), 1, T);
      const own = model.places.filter((place) => place.name.startsWith('l0.'));
      const length = own.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
      for (const window of [1, 2, 5, T]) {
        const back = backpropagation(model, task.loss, { steps: window, batch: 1 });
        const sum = new Float64Array(length);
        // What each loss wants of h at its step: the other way of computing has that for its readout.
        const readouts: Float64Array[] = [];
        const V = model.parameter('readout.V');
        for (const _ of back.truncated(batch, T, { window, stride: 1 })) {
          for (let i = 0; i < length; i++) sum[i]! += back.gradients[i]!;
          const last = Math.min(readouts.length + 1, window) - 1;
          const wants = back.unrolled.outputGradients.subarray(last * O, (last + 1) * O);
          readouts.push(
            Float64Array.from({ length: H }, (_, j) => wants.reduce((total, w, o) => total + w * V[o * H + j]!, 0)),
          );
        }
        const params = new Map(
          own.map((place) => [
            place.name.slice(3),
            matrix(
              place.rows,
              place.columns,
              model.parameters.subarray(place.offset, place.offset + place.rows * place.columns),
            ),
          ]),
        );
        const inputs = Array.from({ length: T }, (_, t) => column(batch.inputs.subarray(t * D, (t + 1) * D)));
        const { byLag, whole } = gradientByLag({ cell, sizes: sizesFor(cell.program, H, D), params, inputs, readouts });
        const windows = windowsOf(byLag());
        assert.equal(windows.length, T);
        assert.ok(sum.some((v) => Math.abs(v) > 1e-3));
        for (let i = 0; i < length; i++) near(windows[window - 1]![i]!, sum[i]!, 1e-14);
        for (let i = 0; i < length; i++) near(windows[T - 1]![i]!, whole[i]!, 1e-14);
      }
    });

  it('is what one works out by hand: h_t = h_{t-1} / 2 + w x_t', () => {
    const cell = cellOf('halving', 'h = 0.5 * h_prev + w .* x\nw : H\nx : H');
    const T = 6;
    const sequence = {
      cell,
      sizes: sizesFor(cell.program, 1, 1),
      params: new Map([['w', column([3])]]),
      inputs: Array.from({ length: T }, () => column([1])),
      readouts: Array.from({ length: T }, () => Float64Array.of(1)),
    };
    // T - j losses have a step that lies j before them, and each is reached by (1/2)^j.
    const expected = Array.from({ length: T }, (_, j) => (T - j) / 2 ** j);
    assert.deepEqual(
      [...gradientByLag(sequence).byLag()].map((part) => part[0]),
      expected,
    );
  });
});

describe('influence balancing', () => {
  it('has the slopes of the closed form: Σ_j Σ_m u_m C(j, m) / 2^j over the steps back', () => {
    const kernel = balancingKernel(100);
    let row = [1];
    let sum = 0;
    for (let k = 1; k <= 100; k++) {
      sum += row.slice(0, 23).reduce((total, share, m) => total + (m < 10 ? share : -share), 0);
      near(slopeOf(kernel, k), sum, 1e-12);
      row = Array.from({ length: row.length + 1 }, (_, m) => ((row[m] ?? 0) + (row[m - 1] ?? 0)) / 2);
    }
  });

  it('has the same slope in both engines', async () => {
    const cell = cellOf('balancing', balancingText);
    const A = zeros(23, 23);
    for (let i = 0; i < 23; i++) for (const j of [i, i + 1]) if (j < 23) A.data[i * 23 + j] = 0.5;
    const params = new Map([
      ['A', A],
      ['theta', column([0.5])],
      ['u', column(Array.from({ length: 23 }, (_, i) => (i < 10 ? 1 : -1)))],
      ['e', column(Array.from({ length: 23 }, (_, i) => (i === 0 ? 1 : 0)))],
    ]);
    const inputs = Array.from({ length: 41 }, () => zeros(1, 1));
    const readout = inputs.map((_, t) => column([t === 40 ? 1 : 0]));
    for (const engine of ['fast', 'mathjs'] as const) {
      const runner = await engineFor(cell, engine);
      const { params: slopes } = runner.gradients({ params, initial: new Map(), inputs, readout });
      near(slopes.get('theta')!.data[0]!, slopeOf(balancingKernel(41), 41), 1e-12);
    }
  });

  it('turns its sign between windows of 40 and 41', () => {
    const kernel = balancingKernel(60);
    const slopes = Array.from({ length: 60 }, (_, k) => slopeOf(kernel, k + 1));
    assert.ok(slopes.slice(0, 40).every((slope) => slope > 0));
    assert.ok(slopes.slice(40).every((slope) => slope < 0));
  });

  it('learns -1/6 with 50 steps, leaves with 40, and with 41 is on its way', () => {
    near(trainedWith(50).at(-1)!, -1 / 6, 1e-3);
    assert.ok(trainedWith(40).at(-1)! > 1);
    const path = trainedWith(41);
    assert.ok(path.at(-1)! < 0.5 && path.at(-1)! > 0);
  });

  it('makes claims that hold, also for windows of somebody else', async () => {
    for (const windows of [[10, 40, 41, 50, 100], [45], [1]]) {
      const { claims } = await balancing.answered({ balancing: true, windows });
      assert.deepEqual(
        claims.filter((c) => !c.holds),
        [],
      );
    }
  });
});

describe('clipping', () => {
  const rng = random(1);
  const gradient = Float64Array.from({ length: 200 }, rng.normal);
  const { byNorm, byElement } = turnedBy(gradient);
  it('by norm turns nothing, whatever the limit', () => {
    assert.equal(byNorm.length, 101);
    for (const angle of byNorm) near(angle, 0, 1e-6);
  });
  it('by element turns the more the more is cut, up to the angle of the signs', () => {
    for (let p = 1; p <= 100; p++) assert.ok(byElement[p]! > byElement[p - 1]!);
    const [one, two] = gradient.reduce(([a, b], v) => [a + Math.abs(v), b + v * v], [0, 0] as [number, number]);
    near(byElement[100]!, (180 / Math.PI) * Math.acos(one / Math.sqrt(200 * two)), 1e-9);
  });
  it('of a gradient along an axis turns nothing either', () => {
    for (const angle of turnedBy(Float64Array.of(0, 5, 0)).byElement) near(angle, 0, 1e-9);
  });
});
