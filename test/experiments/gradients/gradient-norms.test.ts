// ‖∂L/∂s_t‖ of the whole state, against hand calculations, finite differences, PyTorch and the other engine.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { builtIn, type Cell, cellOf } from '../../../lib/cells/catalogue.ts';
import { derive } from '../../../lib/equations/derive.ts';
import { mathjsEngine } from '../../../lib/equations/mathjs-engine.ts';
import { type Program, shapeOf, sizeOf, sizesFor, zeroStates } from '../../../lib/equations/program.ts';
import { readVectors } from '../../../lib/equations/vectors.ts';
import { gradientNormsOf } from '../../../lib/experiments/gradients/gradient-norms.ts';
import { fastEngine } from '../../../lib/kernels/kernel-engine.ts';
import { column, filled, type Matrix, matrix, norm } from '../../../lib/numbers/matrix.ts';
import { random, unitVector } from '../../../lib/numbers/random.ts';
import { engineNames } from '../../../lib/options/engine.ts';
import { startValues } from '../../../lib/options/initialisation.ts';
import { arbitraryProgram } from '../../equations/arbitrary-program.ts';
import { programOf } from '../../equations/cells.ts';
import * as fc from '../../fast-check.ts';

/** Cells whose output is not fed back, or that hand on more than their output. */
const carried = {
  'quasi-recurrent': 'f = sigmoid(W_f * x + b_f)\nc = f .* c_prev + (1 - f) .* tanh(W_z * x)\nh = tanh(c)',
  'simple recurrent unit':
    'f = sigmoid(W_f * x + b_f)\nr = sigmoid(W_r * x + b_r)\nc = f .* c_prev + (1 - f) .* (W * x)\nh = r .* tanh(c) + (1 - r) .* (V * x)',
  'linear attention': "S : H H\nk : H\nv : H\nk = W_k * x\nv = W_v * x\nS = 0.9 .* S_prev + v * k'\nh = S * (W_q * x)",
  'minimal gated, c carried': 'z = sigmoid(U * x)\nc = (1 - z) .* c_prev + z .* (V * x)\nh = c .* sigmoid(W * x)',
  'two states, the output another': 'a = tanh(A * a_prev + U * x)\nb = tanh(B * b_prev + a)\nh = a .* b',
  'output of the step before': 'h = V * s_prev\ns = tanh(W * s_prev + U * x)',
};
const cells: Record<string, Cell> = {
  lstm: builtIn('lstm'),
  'lstm-peephole': builtIn('lstm-peephole'),
  ...Object.fromEntries(Object.entries(carried).map(([name, text]) => [name, cellOf(name, text)])),
};

function ready({ program, ...cell }: Cell, steps: number, seed = 1, H = 3, D = 2) {
  const sizes = sizesFor(program, H, D);
  const rng = random(seed);
  const params = startValues({ program, ...cell }, sizes, { hidden: H }, rng);
  const inputs = Array.from({ length: steps }, () => filled(D, 1, rng.normal));
  const v = unitVector(H, rng);
  return { sizes, params, inputs, v };
}

describe('∂L/∂s_t, s everything that a step hands to the next', () => {
  for (const [name, cell] of Object.entries(cells))
    it(`is what a finite difference of the states says: ${name}`, async () => {
      const { program, backward } = cell;
      const T = 5;
      const { sizes, params, inputs, v } = ready(cell, T);
      const engine = mathjsEngine(backward);
      const { values } = engine.forward({ params, initial: zeroStates(program, sizes), inputs, readout: [] });
      const lossFrom = (t: number, states: ReadonlyMap<string, Matrix>): number => {
        const rest = engine.forward({ params, initial: states, inputs: inputs.slice(t), readout: [] });
        return rest.values
          .get(program.output)!
          .at(-1)!
          .data.reduce((sum, h, i) => sum + v[i]! * h, 0);
      };
      const norms = (await gradientNormsOf(program, backward, sizes, T, 'fast')).norms(params, inputs, v);
      // At t = T nothing is handed on any more.
      for (let t = 1; t < T; t++) {
        const states = new Map(program.states.map((s) => [s, values.get(s)![t - 1]!]));
        const differences = program.states.flatMap((s) =>
          Array.from(states.get(s)!.data, (_, i) => {
            const at = (by: number) => {
              const moved = { ...states.get(s)!, data: states.get(s)!.data.slice() };
              moved.data[i]! += by;
              return lossFrom(t, new Map([...states, [s, moved]]));
            };
            return (8 * (at(1e-3) - at(-1e-3)) - (at(2e-3) - at(-2e-3))) / 12e-3;
          }),
        );
        assert.ok(Math.abs(norms[t - 1]! - norm(column(differences))) < 1e-10, `t = ${t}`);
      }
      if (name !== 'output of the step before') assert.ok(norms.every((n) => n > 0));
    });

  it('halves a step where c = 0.5 c_prev + U x, h = tanh(c), from ‖v (1 - h²)‖ at t = T', async () => {
    const cell = cellOf('half', 'c = 0.5 .* c_prev + U * x\nh = tanh(c)');
    const { sizes, params, inputs, v } = ready(cell, 6);
    const last = mathjsEngine(cell.backward)
      .forward({ params, initial: zeroStates(cell.program, sizes), inputs, readout: [] })
      .values.get('h')!
      .at(-1)!;
    const atT = norm(column(v.map((entry, i) => entry * (1 - last.data[i]! ** 2))));
    for (const engine of engineNames) {
      const norms = (await gradientNormsOf(cell.program, cell.backward, sizes, 6, engine)).norms(params, inputs, v);
      for (const [t, value] of norms.entries()) assert.ok(Math.abs(value / (atT * 0.5 ** (5 - t)) - 1) < 1e-12);
    }
  });

  it("is ‖v‖ ‖k_T‖ 0.9^lag for the matrix of linear attention, the norm of v k'", async () => {
    const cell = cellOf('attention', carried['linear attention'].replace('S * (W_q * x)', 'S * k'));
    const { sizes, params, inputs, v } = ready(cell, 4);
    const { values } = mathjsEngine(cell.backward).forward({
      params,
      initial: zeroStates(cell.program, sizes),
      inputs,
      readout: [],
    });
    const k = norm(values.get('k')!.at(-1)!);
    for (const engine of engineNames) {
      const norms = (await gradientNormsOf(cell.program, cell.backward, sizes, 4, engine)).norms(params, inputs, v);
      for (const [t, value] of norms.entries()) assert.ok(Math.abs(value / (k * 0.9 ** (3 - t)) - 1) < 1e-12);
    }
  });

  it('is that of h alone where h is the only state, as it is drawn for an RNN', async () => {
    const cell = builtIn('rnn');
    const { sizes, params, inputs, v } = ready(cell, 7);
    const gradientNorms = await gradientNormsOf(cell.program, cell.backward, sizes, 7, 'fast');
    const [whole, alone] = [gradientNorms.norms(params, inputs, v), gradientNorms.norms(params, inputs, v, 'h')];
    for (const [t, value] of whole.entries()) assert.ok(Math.abs(value - alone[t]!) < 1e-15);
  });

  it('is v sent back through the Jacobians J_T … J_{t+1}', async () => {
    const cell = builtIn('lstm');
    const { sizes, params, inputs, v } = ready(cell, 6);
    const gradientNorms = await gradientNormsOf(cell.program, cell.backward, sizes, 6, 'fast');
    const norms = gradientNorms.norms(params, inputs, v);
    const jacobians = await gradientNorms.jacobians(params, inputs);
    // vᵀ on h, sent through J_T … J_{t+1}, row by row.
    const { states } = cell.program;
    let row: number[] = states.flatMap((s) => (s === 'h' ? Array.from(v) : Array<number>(3).fill(0)));
    for (let t = 6; t > 1; t--) {
      const { columns, data } = jacobians[t - 1]!;
      row = row.map((_, j) => row.reduce((sum, value, i) => sum + value * data[i * columns + j]!, 0));
      assert.ok(Math.abs(norm(column(row)) / norms[t - 2]! - 1) < 1e-12, `t = ${t - 1}`);
    }
  });

  it('is the same in both engines to 1e-12, for 60 random programs', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryProgram(), async ({ program, given, text }) => {
        const sizes = sizesIn(program, given.params, given.inputs[0]!);
        const { rows, columns } = shapeOf(program, program.output);
        const v = unitVector(sizeOf(rows, sizes) * sizeOf(columns, sizes), random(1));
        const norms = async (engine: 'fast' | 'mathjs') =>
          (await gradientNormsOf(program, derive(program), sizes, given.inputs.length, engine)).norms(
            given.params,
            given.inputs,
            v,
          );
        const [fast, slow] = [await norms('fast'), await norms('mathjs')];
        const scale = Math.max(1e-2, ...slow.filter(Number.isFinite));
        for (const [t, value] of slow.entries())
          assert.ok(Object.is(value, fast[t]) || Math.abs(value - fast[t]!) / scale <= 1e-12, `${t + 1}\n${text}`);
      }),
      { numRuns: 60, seed: 3 },
    );
  });
});

function sizesIn(program: Program, params: ReadonlyMap<string, Matrix>, input: Matrix): Map<string, number> {
  const sizes = sizesFor(program, 2, 2);
  for (const [name, { rows, columns }] of [...params, ['x', input] as const]) {
    const shape = program.shapes.get(name);
    if (typeof shape?.rows === 'string') sizes.set(shape.rows, rows);
    if (typeof shape?.columns === 'string') sizes.set(shape.columns, columns);
  }
  return sizes;
}

describe("PyTorch's autograd", () => {
  const folder = new URL('../../../fixtures/oracle/', import.meta.url);
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json')))
    it(`has what each step sends back to h, ∂L/∂h_t less the readout of step t: ${file}`, () => {
      const json = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
      const program = programOf(json.equations.join('\n'));
      const { given } = readVectors(program, json, file);
      for (const engine of [fastEngine(program, derive(program)), mathjsEngine(derive(program))]) {
        const { sentBack, initial } = engine.gradients(given);
        for (let t = 1; t < given.inputs.length; t++)
          for (const [j, total] of (json.gradients.h[t - 1] as number[]).entries()) {
            const wanted = total - given.readout[t - 1]!.data[j]!;
            assert.ok(Math.abs(sentBack.get('h')![t]!.data[j]! - wanted) < 1e-12);
          }
        for (const state of program.states) {
          const wanted = matrix(given.initial.get(state)!.rows, 1, json.gradients[`${state}_0`] as number[]);
          for (const [j, value] of wanted.data.entries())
            assert.ok(Math.abs(sentBack.get(state)![0]!.data[j]! - value) < 1e-12);
          assert.deepEqual(initial.get(state), sentBack.get(state)![0]);
        }
      }
    });
});
