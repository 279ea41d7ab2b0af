// What a reader of `truncation` must know beside the numbers.

import { type NonFinite, nonFiniteSays } from './non-finite.ts';
import type { TruncationFound, TruncationOptions } from './truncation/truncation.ts';

export function truncationNotes(
  found: readonly TruncationFound[],
  { lines, steps, sequence, seed }: TruncationOptions,
): string[] {
  const chrono = lines.some(({ start }) => typeof start.forgetBias === 'object');
  const driven = sequence === undefined ? 'noise of variance 1' : `the ${sequence.kind} given`;
  return [
    ...lines.flatMap(({ name }, i) => {
      const wrong = nonFiniteNote(name, i, found, seed);
      if (wrong.length > 0) return wrong;
      const isZero = found.some((one) => Number.isNaN(one[i]!.cosines.at(-1)));
      return isZero ? [`The whole gradient of ${name} is 0, so it has no direction to compare with.`] : [];
    }),
    'Truncation biases the gradient (Tallec & Ollivier 2017); the state still flows: h_t depends on every input before it, whatever k is. And the bias is only where memory is: what has faded from the state after k steps has no gradient to lose.',
    `g_k: the loss of every step goes back k steps, its own included, and no further, which is BPTT(k; 1) of Williams & Peng 1990; g = g_${steps} is the whole. L = Σ v_t · h_t, every v_t drawn anew from N(0, 1): each step has a loss of its own. The weights are untrained, the inputs ${driven}.`,
    ...(chrono
      ? [
          'b_f chrono: b_f = log U(1, T - 1), forget gates that keep from 1 to T steps (Tallec & Ollivier 2018; they set b_i = -b_f too, which is not done here).',
        ]
      : []),
    'Memory is counted in the compiled pass: what the way back reads, parameters and gradients. It does not depend on T, for a pass over k steps goes through a sequence of any length. Time does: k steps back for every loss, unless several go back together.',
  ];
}

/** Of the first seed in which line `i` is not finite; empty where there is none. */
export function nonFiniteNote(
  name: string,
  i: number,
  found: readonly (readonly { readonly nonFinite?: NonFinite | undefined }[])[],
  seed: number,
): string[] {
  const wrong = found.findIndex((one) => one[i]!.nonFinite !== undefined);
  if (wrong < 0) return [];
  return [`${name} is not finite: ${nonFiniteSays(found[wrong]![i]!.nonFinite!)} (seed ${seed + wrong}).`];
}
