// What an engine is given and what it gives back, whichever engine it is.
// Shapes: T steps; a state H×1 where it is not declared otherwise, the input D×1; a Matrix a step, index 0 is t = 1.

import type { Matrix } from '../numbers/matrix.ts';

export interface EngineInputs {
  readonly params: ReadonlyMap<string, Matrix>;
  /** Each state before the first step; zeros where absent. */
  readonly initial: ReadonlyMap<string, Matrix>;
  /** T inputs of D×1. Where the cell reads no input only the length counts. */
  readonly inputs: readonly Matrix[];
  /** ∂L/∂output_t from outside the recurrence, T of H×1: the loss is Σ_t readout_t · output_t. */
  readonly readout: readonly Matrix[];
}

export interface Trace {
  /** Every named value at every step. */
  readonly values: ReadonlyMap<string, readonly Matrix[]>;
  /** Σ_t readout_t · output_t */
  readonly loss: number;
}

export interface Gradients {
  /** Summed over the steps, each of its parameter's shape. */
  readonly params: ReadonlyMap<string, Matrix>;
  /** ∂L/∂x_t, T of D×1; absent where the cell reads no input. */
  readonly inputs?: readonly Matrix[] | undefined;
  /** ∂L/∂s_0 for every state. */
  readonly initial: ReadonlyMap<string, Matrix>;
  /** What each step sends back to each state, ∂L/∂s_{t-1} with every other state held fixed; T of them, and the first is `initial`. */
  readonly sentBack: ReadonlyMap<string, readonly Matrix[]>;
  /** The total ∂L/∂s_t at every step, for every state and the output. */
  readonly totals: ReadonlyMap<string, readonly Matrix[]>;
}

/** One way of running a cell, one sequence at a time. Both engines are one of these and give the same numbers. */
export interface Engine {
  readonly name: string;
  forward(given: EngineInputs): Trace;
  /** Forward and backward. */
  gradients(given: EngineInputs): Trace & Gradients;
}
