// The shape of a derived backward pass; `derive.ts` makes one.

import type { Equation, Program } from './program.ts';

/**
 * One step backward in time, as equations of the language. They are evaluated after the forward equations of the same step,
 * with `x`, every `s_prev`, every parameter and every forward value in scope, from t = T down to 1.
 */
export interface Backward {
  readonly forward: Program;
  readonly equations: readonly Equation[];
  /** Forward and backward equations as one program of the language: what is printed, and what gives the names their shapes. */
  readonly whole: Program;
  /**
   * For every state and the output: the name under which the gradient arrives at step t. The runner sets it to
   * readout_t (for the output) plus what step t+1 sent back under `toPrevious` (for a state).
   */
  readonly arriving: ReadonlyMap<string, string>;
  /** For every state and the output: the name that holds its total gradient at step t. */
  readonly totals: ReadonlyMap<string, string>;
  /** For every state `s`: the name that holds ∂L/∂s_prev, which arrives at step t-1. */
  readonly toPrevious: ReadonlyMap<string, string>;
  /** For every parameter: the name that holds this step's share of its gradient; the runner sums over the steps. */
  readonly toParameters: ReadonlyMap<string, string>;
  /** The name that holds ∂L/∂x, where the cell reads an input. */
  readonly toInput?: string;
}
