// Clipping: by norm it keeps the direction of a gradient (Pascanu, Mikolov & Bengio 2013, algorithm 1), by element it does not.

import { lengthOf } from '../numbers/matrix.ts';

export interface Clip {
  readonly by: 'norm' | 'element';
  /** The largest norm, or the largest size of an element. */
  readonly most: number;
}

/** PyTorch's, in clip_grad_norm_. */
const againstZero = 1e-6;

/** Clips in place as PyTorch's clip_grad_norm_ and clip_grad_value_ do; true where something was cut. */
export function clip(gradients: Float64Array, { by, most }: Clip, norm = lengthOf(gradients)): boolean {
  if (by === 'norm') {
    const scale = most / (norm + againstZero);
    if (!(scale < 1)) return false;
    for (let i = 0; i < gradients.length; i++) gradients[i]! *= scale;
    return true;
  }
  let cut = false;
  for (let i = 0; i < gradients.length; i++) {
    const g = gradients[i]!;
    if (Math.abs(g) <= most) continue;
    gradients[i] = g < 0 ? -most : most;
    cut = true;
  }
  return cut;
}
