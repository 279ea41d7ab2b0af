// What changes with the updates, counted from 0. Learning rates: PyTorch's StepLR, ExponentialLR and CosineAnnealingLR. The
// probability ε_i of the truth in scheduled sampling: Bengio, Vinyals, Jaitly & Shazeer 2015, section 2.4; always the truth is
// teacher forcing (Williams & Zipser 1989).

import { cosineAndSine } from '../numbers/angle.ts';
import { exp, pow } from '../numbers/elementary.ts';

export type Schedule = (update: number) => number;

export const constantSchedule =
  (value: number): Schedule =>
  () =>
    value;

/** first · gamma^⌊update / every⌋ */
export const stepSchedule =
  (first: number, { every, gamma = 0.1 }: { readonly every: number; readonly gamma?: number }): Schedule =>
  (update) =>
    first * pow(gamma, Math.floor(update / every));

/** first · gamma^update */
export const exponentialSchedule =
  (first: number, { gamma }: { readonly gamma: number }): Schedule =>
  (update) =>
    first * pow(gamma, update);

/** Half a cosine from the first value down to `lowest` at `updates`, and there it stays. Loshchilov & Hutter 2017, without restarts. */
export const cosineSchedule =
  (first: number, { updates, lowest = 0 }: { readonly updates: number; readonly lowest?: number }): Schedule =>
  (update) =>
    lowest + 0.5 * (first - lowest) * (1 + cosineAndSine(Math.min(update, updates) / (2 * updates))[0]);

/** max(lowest, first - fall·update) */
export const linearSchedule =
  (first: number, { fall, lowest = 0 }: { readonly fall: number; readonly lowest?: number }): Schedule =>
  (update) =>
    Math.max(lowest, first - fall * update);

/** k / (k + e^{update/k}), with k ≥ 1 */
export const inverseSigmoidSchedule =
  (k: number): Schedule =>
  (update) =>
    k / (k + exp(update / k));
