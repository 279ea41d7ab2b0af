// A cell made ready for what `gradients` measures: ‖∂L/∂s_t‖ at every step, for a loss v · y_T on the last output y_T, and
// J_t = ∂s_t/∂s_{t-1}. s is the whole state, everything that a step hands to the next one: h and c of an LSTM.
// One kernel computes both; through mathjs everything is evaluated.

import { type Backward, derive } from '../../equations/derive.ts';
import { type Program, type Sizes, shapeOf, sizeOf, zeroStates } from '../../equations/program.ts';
import { compile } from '../../kernels/kernel.ts';
import { column, type Matrix, norm, zeros } from '../../numbers/matrix.ts';
import type { EngineName } from '../../options/engine.ts';
import { breathe } from '../kit/seeds.ts';

export interface GradientNorms {
  /** n, the size of the whole state. */
  readonly stateSize: number;
  /**
   * ‖∂L/∂s_t‖ for t = 1 … T, from parameters, T inputs and v, as long as the output has entries. Below T it is the norm of what step
   * t+1 sends back to all states. At T, where no step follows, it is what the loss sends to the states: v alone to a state that is
   * the output itself, else the gradient of v · y_T within the step. With `only`, the total gradient of that state.
   */
  norms(params: ReadonlyMap<string, Matrix>, inputs: readonly Matrix[], v: Float64Array, only?: string): number[];
  /** T matrices of n×n, n the size of the whole state, states in the order of the program. */
  jacobians(params: ReadonlyMap<string, Matrix>, inputs: readonly Matrix[]): Promise<Matrix[]>;
}

export async function gradientNormsOf(
  program: Program,
  backward: Backward,
  sizes: Sizes,
  steps: number,
  engine: EngineName,
): Promise<GradientNorms> {
  // A state may be a matrix: its entries count, row by row.
  const states = Array.from(
    zeroStates(program, sizes),
    ([name, zero]): State => ({ name, zero, entries: zero.data.length }),
  );
  return engine === 'mathjs'
    ? byMathjs(program, backward, states, sizes)
    : byKernel(program, backward, states, sizes, steps);
}

interface State {
  readonly name: string;
  readonly zero: Matrix;
  readonly entries: number;
}

/** Gradients as an engine left them, at steps counted from 0. */
interface Left {
  total(name: string, t: number): Float64Array;
  sentBack(state: string, t: number): Float64Array;
}

function normsOf({ states, output }: Program, steps: number, left: Left, only: string | undefined): number[] {
  const normOf = (parts: readonly Float64Array[]) => norm(column(parts.flatMap((part) => Array.from(part))));
  const last = states.includes(output) || states.length === 0 ? [output] : states;
  return Array.from({ length: steps }, (_, t) => {
    if (only !== undefined) return normOf([left.total(only, t)]);
    if (t === steps - 1) return normOf(last.map((name) => left.total(name, t)));
    return normOf(states.map((name) => left.sentBack(name, t + 1)));
  });
}

async function byKernel(
  program: Program,
  backward: Backward,
  states: readonly State[],
  sizes: Sizes,
  steps: number,
): Promise<GradientNorms> {
  const kernel = compile(program, backward, sizes, { steps, batch: 1 });
  const n = states.reduce((sum, { entries }) => sum + entries, 0);
  const setParameters = (params: ReadonlyMap<string, Matrix>): void => {
    for (const [name, { data }] of params) kernel.parameter(name).set(data);
  };
  return {
    stateSize: n,
    norms(params, inputs, v, only) {
      setParameters(params);
      if (kernel.inputs.length > 0)
        for (const [t, { data }] of inputs.entries()) kernel.inputs.set(data, t * data.length);
      kernel.readouts.fill(0);
      kernel.readouts.set(v, (inputs.length - 1) * v.length);
      kernel.forward();
      kernel.backward();
      return normsOf(program, inputs.length, kernel, only);
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

async function byMathjs(
  program: Program,
  backward: Backward,
  states: readonly State[],
  sizes: Sizes,
): Promise<GradientNorms> {
  const { mathjsEngine } = await import('../../equations/mathjs-engine.ts');
  const runner = mathjsEngine(backward);
  const initial = new Map(states.map(({ name, zero }) => [name, zero]));
  // A loss on each state in turn: the same equations with another output.
  const runners = states.map(({ name, zero }) => ({
    zero,
    runner: mathjsEngine(derive({ ...program, output: name })),
  }));
  const n = states.reduce((sum, { entries }) => sum + entries, 0);
  return {
    stateSize: n,
    norms(params, inputs, v, only) {
      const { rows, columns } = shapeOf(program, program.output);
      const none = zeros(sizeOf(rows, sizes), sizeOf(columns, sizes));
      const readout = inputs.map((_, t) => (t === inputs.length - 1 ? { ...none, data: v } : none));
      const { totals, sentBack } = runner.gradients({ params, initial, inputs, readout });
      const left: Left = {
        total: (name, t) => totals.get(name)![t]!.data,
        sentBack: (name, t) => sentBack.get(name)![t]!.data,
      };
      return normsOf(program, inputs.length, left, only);
    },
    async jacobians(params, inputs) {
      const { values } = runner.forward({ params, initial, inputs, readout: [] });
      return inputs.map((input, t) => {
        const before = new Map(states.map(({ name, zero }) => [name, t === 0 ? zero : values.get(name)![t - 1]!]));
        const jacobian = zeros(n, n);
        let at = 0;
        for (const { zero, runner: towards } of runners)
          for (let k = 0; k < zero.data.length; k++) {
            const unit = { ...zero, data: zero.data.slice() };
            unit.data[k] = 1;
            const gradients = towards.gradients({ params, initial: before, inputs: [input], readout: [unit] });
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
