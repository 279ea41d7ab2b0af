// Every gradient of a cell against central differences of the forward pass.

import type { Matrix } from '../numbers/matrix.ts';
import { InputError } from './input-error.ts';
import type { Engine, EngineInputs } from './trace.ts';

export interface GradientEntry {
  /** `W_f`, `x` or `h_0`. */
  readonly of: string;
  /** Row, column and, for an input, the step, counted from 1. */
  readonly at: { readonly row: number; readonly column: number; readonly step?: number };
  readonly analytic: number;
  readonly numeric: number;
  /** |a − n| / max(floor, |a| + |n|) */
  readonly error: number;
}

export interface GradientCheck {
  /** The worst entry of every parameter, of x and of every state's first value. */
  readonly worstOf: readonly GradientEntry[];
  readonly worst: GradientEntry;
  readonly entries: number;
}

/**
 * Differences of fourth order, (8(L₁ − L₋₁) − (L₂ − L₋₂)) / 12ε, whose error falls as ε⁴: at ε = 1e-3 it is that of the
 * rounding. Throws InputError where there is nothing to differentiate. Costs four forward passes an entry. Below `floor` the error counts as an absolute one.
 */
export function checkGradients(engine: Engine, given: EngineInputs, options: CheckOptions = {}): GradientCheck {
  const checking = checkingGradients(engine, given, options);
  for (;;) {
    const { done, value } = checking.next();
    if (done === true) return value;
  }
}

interface CheckOptions {
  readonly epsilon?: number;
  readonly floor?: number;
}

/** The same, with a pause after every entry for whoever has other things to hear. */
export function* checkingGradients(
  engine: Engine,
  given: EngineInputs,
  { epsilon = 1e-3, floor = 1e-8 }: CheckOptions = {},
): Generator<void, GradientCheck, undefined> {
  const { params, inputs, initial } = engine.gradients(given);
  const worstOf: GradientEntry[] = [];
  let entries = 0;
  function* compare(
    of: string,
    tensors: readonly { values: Matrix; gradient: Matrix; step?: number }[],
  ): Generator<void> {
    let worst: GradientEntry | undefined;
    for (const { values, gradient, step } of tensors)
      for (let i = 0; i < values.data.length; i++) {
        const numeric = difference(engine, given, values, i, epsilon);
        const analytic = gradient.data[i]!;
        const error = Math.abs(analytic - numeric) / Math.max(floor, Math.abs(analytic) + Math.abs(numeric));
        entries++;
        if (worst === undefined || isWorse(error, worst.error)) {
          const at = { row: Math.floor(i / values.columns) + 1, column: (i % values.columns) + 1 };
          worst = { of, at: step === undefined ? at : { ...at, step }, analytic, numeric, error };
        }
        yield;
      }
    if (worst !== undefined) worstOf.push(worst);
  }
  for (const [name, values] of given.params) yield* compare(name, [{ values, gradient: params.get(name)! }]);
  if (inputs !== undefined)
    yield* compare(
      'x',
      given.inputs.map((values, t) => ({ values, gradient: inputs[t]!, step: t + 1 })),
    );
  for (const [state, values] of given.initial)
    yield* compare(`${state}_0`, [{ values, gradient: initial.get(state)! }]);
  if (worstOf.length === 0)
    throw new InputError('the cell', 'This cell reads no parameter, no input and no state: it has no gradient.', {
      fix: 'let an equation read one, as in `h = tanh(W_h * h_prev + W_x * x + b)`',
    });
  const worst = worstOf.reduce((a, b) => (isWorse(b.error, a.error) ? b : a));
  return { worstOf, worst, entries };
}

/** NaN is worse than any number; the first of equals stays. */
const isWorse = (error: number, than: number): boolean => !Number.isNaN(than) && !(error <= than);

/** ∂loss/∂(values[i]): the entry is moved in place and put back. */
function difference(engine: Engine, given: EngineInputs, values: Matrix, i: number, epsilon: number): number {
  const before = values.data[i]!;
  const lossAt = (offset: number): number => {
    values.data[i] = before + offset;
    const { loss } = engine.forward(given);
    return loss;
  };
  const [one, minusOne, two, minusTwo] = [epsilon, -epsilon, 2 * epsilon, -2 * epsilon].map(lossAt);
  values.data[i] = before;
  return (8 * (one! - minusOne!) - (two! - minusTwo!)) / (12 * epsilon);
}
