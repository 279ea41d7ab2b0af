// A recurrent network over a whole sequence, by the equations of one step: what the exercises on sequences share.
// The loops over time are here; no equation is.

import { builtIn } from '../../cells/catalogue.ts';
import { printProgram } from '../../equations/print.ts';
import type { Program } from '../../equations/program.ts';
import type { Random } from '../../numbers/random.ts';
import { runOnce, runSteps } from '../run-program.ts';
import type { Value } from '../value.ts';
import { drawnMatrix, drawnSizes, drawnVector, type Size } from './draws.ts';
import { equations } from './reference.ts';
import { add, scaled, zerosLike } from './values.ts';

export type Vector = readonly number[];

/** `W_h` H×H, `W_x` H×D, `b` H. */
export type Weights = { readonly W_h: readonly Vector[]; readonly W_x: readonly Vector[]; readonly b: Vector };

/** Weights, the state before the first step, and the inputs x_1 … x_T. */
export type RnnCall = Weights & { readonly h_0: Vector; readonly xs: readonly Vector[] };

export function drawnWeights(rng: Random, { H, D }: { readonly H: number; readonly D: number }): Weights {
  return { W_h: drawnMatrix(rng, H, H), W_x: drawnMatrix(rng, H, D), b: drawnVector(rng, H) };
}

export const drawnVectors = (rng: Random, count: number, n: number): number[][] =>
  Array.from({ length: count }, () => drawnVector(rng, n));

/** `h_0, xs, W_h, W_x, b`: the first arguments of every exercise on a sequence. */
export function drawnSequence(rng: Random, size: Size, steps: { readonly small: number; readonly large: number }) {
  const { H, D } = drawnSizes(rng, size);
  const [h_0, xs] = [drawnVector(rng, H), drawnVectors(rng, stepsOf(size, steps), D)];
  const { W_h, W_x, b } = drawnWeights(rng, { H, D });
  return [h_0, xs, W_h, W_x, b] as const;
}

/**
 * The same over T steps of a network that forgets nothing: `W_h` turns the state, and what is added is small enough for tanh to be its argument.
 * What a step leaves out shows a hundred steps on, in the state and in the gradients; how a sum was rounded does not grow.
 */
export function lastingSequence(rng: Random, T: number) {
  const sizes = { H: 2, D: 3 };
  const [h_0, xs, , W_x, b] = drawnSequence(rng, { ...sizes, T }, { small: T, large: T });
  const [cos, sin] = [[0.6, 0.8] as const, [-0.8, 0.6] as const][rng.below(2)]!;
  return [
    scaled(0.1, h_0),
    xs,
    [
      [cos, -sin],
      [sin, cos],
    ],
    scaled(0.01, W_x),
    zerosLike(b),
  ] as const;
}

/** T. */
export const stepsOf = (size: Size, steps: { readonly small: number; readonly large: number }): number =>
  typeof size === 'object' ? (size.T ?? steps.small) : steps[size];

/** h_1 … h_T. */
export function statesOf(program: Program, { h_0, xs, ...weights }: RnnCall): readonly Vector[] {
  // A program that goes backward as well is run forward with nothing arriving.
  return runSteps(program, { ...weights, h_prev: h_0, d_h: zerosLike(h_0) }, xs, ['h']).h as readonly Vector[];
}

/** A built-in cell and its derived backward pass as one text, without the lines of `without`. */
export function backwardText(cell: string, without: readonly string[] = []): string {
  const key = [cell, ...without].join(' ');
  const known = backwardTexts.get(key);
  if (known !== undefined) return known;
  const { whole } = builtIn(cell).backward;
  const text = printProgram({ ...whole, equations: whole.equations.filter(({ name }) => !without.includes(name)) });
  backwardTexts.set(key, text);
  return text;
}

const backwardTexts = new Map<string, string>();

/** The plain RNN and its backward pass, without ∂L/∂x, which no exercise asks for. */
export const backwardTextOfRnn = (): string => backwardText('rnn', ['d_x']);
export const backwardOfRnn = (): Program => equations(backwardTextOfRnn());

/** What one step back gives: its share of the weights' gradients, and what goes on to the step before. */
export type Share = { readonly d_W_h: Value; readonly d_W_x: Value; readonly d_b: Vector };

interface StepBack {
  readonly share: Share;
  readonly d_h_prev: Vector;
}

/** Step t (0 is the first) of a sequence, whose states are `hs`, back from ∂L/∂h_t. */
export function stepBack(program: Program, sequence: RnnCall, hs: readonly Vector[], t: number, d_h: Vector): StepBack {
  const { h_0, xs, ...weights } = sequence;
  const given = { ...weights, h_prev: t === 0 ? h_0 : hs[t - 1]!, x: xs[t]!, d_h };
  const { d_h_prev, ...share } = runOnce(program, given, ['d_W_h', 'd_W_x', 'd_b', 'd_h_prev']);
  return { share: share as Share, d_h_prev: d_h_prev as Vector };
}

/** ∂L/∂h_t from what comes from outside and what step t+1 sent back. */
type Arriving = (outside: Vector, sentBack: Vector, t: number) => Vector;

export interface Sweep {
  readonly hs: readonly Vector[];
  /** The share of each step, the first step's first. */
  readonly shares: readonly Share[];
  /** ∂L/∂h_1 whole, as it arrives at the first step. */
  readonly d_h_1: Vector;
  readonly d_h_0: Vector;
}

/** Backpropagation through time, from the last step to the first. `d_hs`: ∂L/∂h_t from outside. Werbos 1990. */
export function sweepBack(
  program: Program,
  sequence: RnnCall,
  d_hs: readonly Vector[],
  arriving: Arriving = add,
): Sweep {
  const hs = statesOf(program, sequence);
  const shares: Share[] = [];
  let [d_h_1, sentBack] = [zerosLike(sequence.h_0), zerosLike(sequence.h_0)];
  for (let t = hs.length - 1; t >= 0; t--) {
    d_h_1 = arriving(d_hs[t]!, sentBack, t);
    const { share, d_h_prev } = stepBack(program, sequence, hs, t, d_h_1);
    shares.unshift(share);
    sentBack = d_h_prev;
  }
  return { hs, shares, d_h_1, d_h_0: sentBack };
}
