// Optimisers with PyTorch's definitions and defaults. Each keeps what it remembers in arrays as long as the parameters.

interface Optimiser {
  /** Moves the parameters, in place, once along their gradients. */
  step(parameters: Float64Array, gradients: Float64Array, rate: number): void;
}

/** A rule that has not seen any parameters yet. */
export type OptimiserOf = (count: number) => Optimiser;

/** θ ← θ - rate·g */
export const sgd: OptimiserOf = () => ({
  step(parameters, gradients, rate) {
    for (let i = 0; i < parameters.length; i++) parameters[i]! -= rate * gradients[i]!;
  },
});

/** v ← μ·v + g (the first time v ← g); θ ← θ - rate·v. Sutskever et al. 2013, with the rate outside as in PyTorch. */
export const momentum =
  ({ mu = 0.9 } = {}): OptimiserOf =>
  (count) => {
    const velocity = new Float64Array(count);
    return {
      step(parameters, gradients, rate) {
        for (let i = 0; i < count; i++) {
          velocity[i] = mu * velocity[i]! + gradients[i]!;
          parameters[i]! -= rate * velocity[i]!;
        }
      },
    };
  };

/** s ← α·s + (1 - α)·g²; θ ← θ - rate·g / (√s + ε). Tieleman & Hinton 2012. */
export const rmsprop =
  ({ alpha = 0.99, epsilon = 1e-8 } = {}): OptimiserOf =>
  (count) => {
    const square = new Float64Array(count);
    return {
      step(parameters, gradients, rate) {
        for (let i = 0; i < count; i++) {
          const g = gradients[i]!;
          square[i] = alpha * square[i]! + (1 - alpha) * g * g;
          parameters[i]! -= (rate * g) / (Math.sqrt(square[i]!) + epsilon);
        }
      },
    };
  };

/** m ← β₁m + (1 - β₁)g; s ← β₂s + (1 - β₂)g²; θ ← θ - rate·m̂ / (√ŝ + ε), both without their bias to 0. Kingma & Ba 2015. */
export const adam =
  ({ beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = {}): OptimiserOf =>
  (count) => {
    const mean = new Float64Array(count);
    const square = new Float64Array(count);
    // β₁ᵗ and β₂ᵗ
    let [power1, power2] = [1, 1];
    return {
      step(parameters, gradients, rate) {
        power1 *= beta1;
        power2 *= beta2;
        const scale = rate / (1 - power1);
        const root = Math.sqrt(1 - power2);
        for (let i = 0; i < count; i++) {
          const g = gradients[i]!;
          mean[i] = beta1 * mean[i]! + (1 - beta1) * g;
          square[i] = beta2 * square[i]! + (1 - beta2) * g * g;
          parameters[i]! -= (scale * mean[i]!) / (Math.sqrt(square[i]!) / root + epsilon);
        }
      },
    };
  };

export const optimisers = { sgd: () => sgd, momentum, rmsprop, adam } as const;
export type OptimiserName = keyof typeof optimisers;
