// Scheduled sampling: how often a model still sees the truth and not its own last word. Bengio, Vinyals, Jaitly & Shazeer 2015,
// section 2.4: three schedules ε_i over the updates i, counted from 0.

import { exp, power } from '../numbers/elementary.ts';

/** ε_i, the probability of the truth. */
export type Truth = (update: number) => number;

/** max(ε, k - c·i) */
export const linearTruth =
  ({ k, c, epsilon = 0 }: { readonly k: number; readonly c: number; readonly epsilon?: number }): Truth =>
  (i) =>
    Math.max(epsilon, k - c * i);

/** kⁱ, with k < 1 */
export const exponentialTruth =
  ({ k }: { readonly k: number }): Truth =>
  (i) =>
    power(k, i);

/** k / (k + e^{i/k}), with k ≥ 1 */
export const inverseSigmoidTruth =
  ({ k }: { readonly k: number }): Truth =>
  (i) =>
    k / (k + exp(i / k));

/** Always the truth is teacher forcing (Williams & Zipser 1989); never, always its own. */
export const constantTruth =
  (epsilon: number): Truth =>
  () =>
    epsilon;
