// A cell made ready for the two questions that `gradients` asks of it: ‖∂L/∂s_t‖ at every step, for a loss v · s_T at the last one,
// and J_t = ∂s_t/∂s_{t-1}, s the whole state (h and c of an LSTM).
// One kernel answers both, and is asked for nothing else; through mathjs everything is evaluated.

import type { Backward } from '../equations/backward.ts';
import { derive } from '../equations/derive.ts';
import { type Program, type Sizes, shapeOf, sizeOf } from '../equations/program.ts';
import { compile } from '../kernels/kernel.ts';
import { column, type Matrix, norm, zeros } from '../numbers/matrix.ts';
import { breathe } from './breathe.ts';
import type { EngineName } from './engine.ts';

export interface Fading {
  /** n, the size of the whole state. */
  readonly stateSize: number;
  /** From parameters, T inputs and v to T norms, of the output of the program: to follow another state, make it the output. */
  norms(params: ReadonlyMap<string, Matrix>, inputs: readonly Matrix[], v: Float64Array): number[];
  /** T matrices of n×n, n the size of the whole state, states in the order of the program. */
  jacobians(params: ReadonlyMap<string, Matrix>, inputs: readonly Matrix[]): Promise<Matrix[]>;
}

export async function fadingOf(
  program: Program,
  backward: Backward,
  sizes: Sizes,
  steps: number,
  engine: EngineName,
): Promise<Fading> {
  const states = program.states.map((name): State => {
    const shape = shapeOf(program, name);
    const [rows, columns] = [sizeOf(shape.rows, sizes), sizeOf(shape.columns, sizes)];
    return { name, zero: zeros(rows, columns), entries: rows * columns };
  });
  return engine === 'mathjs' ? byMathjs(program, backward, states) : byKernel(program, backward, states, sizes, steps);
}

/** A state may be a matrix: its entries count, row by row. */
interface State {
  readonly name: string;
  readonly zero: Matrix;
  readonly entries: number;
}

async function byKernel(
  program: Program,
  backward: Backward,
  states: readonly State[],
  sizes: Sizes,
  steps: number,
): Promise<Fading> {
  const kernel = compile(program, backward, sizes, { steps, batch: 1 });
  const n = states.reduce((sum, { entries }) => sum + entries, 0);
  const setParameters = (params: ReadonlyMap<string, Matrix>): void => {
    for (const [name, { data }] of params) kernel.parameter(name).set(data);
  };
  return {
    stateSize: n,
    norms(params, inputs, v) {
      setParameters(params);
      if (kernel.inputs.length > 0)
        for (const [t, { data }] of inputs.entries()) kernel.inputs.set(data, t * data.length);
      kernel.readouts.fill(0);
      kernel.readouts.set(v, (inputs.length - 1) * v.length);
      kernel.forward();
      kernel.backward();
      return inputs.map((_, t) => norm(column(kernel.total(program.output, t))));
    },
    async jacobians(params, inputs) {
      setParameters(params);
      kernel.readouts.fill(0);
      const out: Matrix[] = [];
      for (const [t, { data }] of inputs.entries()) {
        if (kernel.inputs.length > 0) kernel.inputs.set(data);
        kernel.forward({ steps: 1, carry: t > 0, sameParameters: t > 0 });
        const jacobian = zeros(n, n);
        let at = 0;
        for (const { name, entries } of states) {
          const arriving = kernel.arriving(name);
          for (let k = 0; k < entries; k++) {
            arriving[k] = 1;
            kernel.backward();
            arriving[k] = 0;
            for (const other of states) {
              jacobian.data.set(kernel.initialGradient(other.name), at);
              at += other.entries;
            }
          }
        }
        out.push(jacobian);
        if (t % 16 === 15) await breathe();
      }
      return out;
    },
  };
}

async function byMathjs(program: Program, backward: Backward, states: readonly State[]): Promise<Fading> {
  const { mathjsEngine } = await import('../equations/mathjs-engine.ts');
  const runner = mathjsEngine(backward);
  // A loss on each state in turn: the same equations with another output.
  const runners = states.map(({ name, zero }) => ({
    zero,
    runner: mathjsEngine(derive({ ...program, output: name })),
  }));
  const n = states.reduce((sum, { entries }) => sum + entries, 0);
  return {
    stateSize: n,
    norms(params, inputs, v) {
      const last = column(v);
      const none = zeros(v.length, 1);
      const readout = inputs.map((_, t) => (t === inputs.length - 1 ? last : none));
      return runner.gradients({ params, initial: new Map(), inputs, readout }).totals.get(program.output)!.map(norm);
    },
    async jacobians(params, inputs) {
      const { values } = runner.forward({ params, initial: new Map(), inputs, readout: [] });
      return inputs.map((input, t) => {
        const initial = new Map(states.map(({ name, zero }) => [name, t === 0 ? zero : values.get(name)![t - 1]!]));
        const jacobian = zeros(n, n);
        let at = 0;
        for (const { zero, runner: towards } of runners)
          for (let k = 0; k < zero.data.length; k++) {
            const unit = { ...zero, data: zero.data.slice() };
            unit.data[k] = 1;
            const gradients = towards.gradients({ params, initial, inputs: [input], readout: [unit] });
            for (const other of states) {
              jacobian.data.set(gradients.initial.get(other.name)!.data, at);
              at += other.entries;
            }
          }
        return jacobian;
      });
    },
  };
}
