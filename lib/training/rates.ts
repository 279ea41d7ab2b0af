// Learning-rate schedules: the rate of an update, counted from 0. PyTorch's StepLR, ExponentialLR and CosineAnnealingLR.

import { turning } from '../numbers/angle.ts';
import { power } from '../numbers/elementary.ts';

export type Rate = (update: number) => number;

export const constantRate =
  (rate: number): Rate =>
  () =>
    rate;

/** rate · gamma^⌊update / every⌋ */
export const stepRate =
  (rate: number, { every, gamma = 0.1 }: { readonly every: number; readonly gamma?: number }): Rate =>
  (update) =>
    rate * power(gamma, Math.floor(update / every));

/** rate · gamma^update */
export const exponentialRate =
  (rate: number, { gamma }: { readonly gamma: number }): Rate =>
  (update) =>
    rate * power(gamma, update);

/** Half a cosine from the rate at 0 down to `lowest` at `updates`, and there it stays. Loshchilov & Hutter 2017, without restarts. */
export const cosineRate =
  (rate: number, { updates, lowest = 0 }: { readonly updates: number; readonly lowest?: number }): Rate =>
  (update) =>
    lowest + 0.5 * (rate - lowest) * (1 + turning(Math.min(update, updates) / (2 * updates))[0]);
