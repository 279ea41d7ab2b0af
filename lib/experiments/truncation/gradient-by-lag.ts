// The gradient of a sequence, whole and by lag: what of it comes from the steps that lie j before their loss, for every j.
// Every window of truncated backpropagation is then a sum: g_k = G_0 + … + G_{k-1} (Williams & Peng 1990, BPTT(k; 1)).

import type { Cell } from '../../cells/catalogue.ts';
import { type Sizes, zeroStates } from '../../equations/program.ts';
import { compile, type Kernel } from '../../kernels/kernel.ts';
import { column, type Matrix } from '../../numbers/matrix.ts';
import { firstNonFinite, type NonFinite } from '../non-finite.ts';

/** A cell with numbers, on one sequence of T steps. */
interface Sequence {
  readonly cell: Cell;
  readonly sizes: Sizes;
  readonly params: ReadonlyMap<string, Matrix>;
  /** T of D×1 */
  readonly inputs: readonly Matrix[];
  /** v_t, T of them, each as long as the output: the loss is L = Σ_t v_t · h_t. */
  readonly readouts: readonly Float64Array[];
}

/** The forward pass, the whole gradient, and the gradients by lag; all gradients have the parameters in the order of the program. */
export interface GradientByLag {
  /** g, of whole backpropagation through time, in one pass. */
  readonly whole: Float64Array;
  /** G_0, G_1, … G_{T-1}. Each takes as long as one step of T sequences. */
  byLag(): Iterable<Float64Array>;
  /** Where a number of the whole pass stops being finite; undefined where `whole` is finite. */
  nonFinite(): NonFinite | undefined;
}

export function gradientByLag(sequence: Sequence): GradientByLag {
  const { cell, sizes, params, inputs, readouts } = sequence;
  const steps = readouts.length;
  const pass = filled(sequence, steps, 1);
  pass.forward();
  writeAll(pass.readouts, readouts);
  pass.backward();
  const whole = gradientOf(pass, cell);
  const nonFinite = (): NonFinite | undefined => {
    if (whole.every(Number.isFinite)) return undefined;
    const initial = zeroStates(cell.program, sizes);
    const first = firstNonFinite(cell.backward, { params, initial, inputs, readout: readouts.map(column) });
    // A sum over the steps may overflow where no step does.
    return first ?? { pass: 'backward', name: 'a sum over the steps', step: 1, cause: 'overflows' };
  };
  return { whole, byLag: () => byLag(sequence, pass), nonFinite };
}

/**
 * All T steps side by side, each from the state that the one before left it, as T sequences of one step: forward once, then back
 * one step at a time. Row s holds ∂L_{s+j}/∂state_s; what a pass sends to the previous state belongs to row s - 1 of the next.
 */
function* byLag(sequence: Sequence, pass: Kernel): Generator<Float64Array> {
  const { cell, readouts } = sequence;
  const steps = readouts.length;
  const { states } = cell.program;
  const rows = filled(sequence, 1, steps);
  for (const state of states) {
    const size = rows.initial(state).length / steps;
    for (let s = 1; s < steps; s++) rows.initial(state).set(pass.value(state, s - 1), s * size);
  }
  rows.forward();
  writeAll(rows.readouts, readouts);
  for (let lag = 0; lag < steps; lag++) {
    rows.backward();
    yield gradientOf(rows, cell);
    rows.readouts.fill(0);
    for (const state of states) {
      const arriving = rows.arriving(state);
      const size = arriving.length / steps;
      for (let s = 1; s < steps; s++) arriving.set(rows.initialGradient(state, s), (s - 1) * size);
      arriving.fill(0, (steps - 1) * size);
    }
  }
}

function filled({ cell, sizes, params, inputs }: Sequence, steps: number, batch: number): Kernel {
  const kernel = compile(cell.program, cell.backward, sizes, { steps, batch, gradients: 'parameters' });
  for (const [name, { data }] of params) kernel.parameter(name).set(data);
  if (kernel.inputs.length > 0)
    writeAll(
      kernel.inputs,
      inputs.map(({ data }) => data),
    );
  return kernel;
}

function writeAll(into: Float64Array, rows: readonly Float64Array[]): void {
  for (const [t, row] of rows.entries()) into.set(row, t * row.length);
}

/** A copy. Two kernels of one cell may hold its parameters in different orders. */
function gradientOf(kernel: Kernel, { program }: Cell): Float64Array {
  const out = new Float64Array(kernel.gradients.length);
  let at = 0;
  for (const name of program.parameters) {
    out.set(kernel.gradient(name), at);
    at += kernel.gradient(name).length;
  }
  return out;
}
