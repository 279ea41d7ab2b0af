// Clipping by the global norm: where the norm of all gradients together is above max_norm, all of them are scaled down to it.
// `gradients` is a record of tensors (lists of numbers, or lists of rows). Return a new record of the same names.

type Tensor = number | Tensor[];

export function clipGradients(gradients: Record<string, Tensor>, max_norm: number): Record<string, Tensor> {
  const norm: number = 0; // Still missing: the root of the sum of the squares of all entries of all tensors.
  const scale = norm > max_norm ? max_norm / norm : 1;
  return Object.fromEntries(Object.entries(gradients).map(([name, tensor]) => [name, times(scale, tensor)]));
}

/** Every number of a tensor, however deep its lists are, times a factor. */
function times(factor: number, tensor: Tensor): Tensor {
  return Array.isArray(tensor) ? tensor.map((part) => times(factor, part)) : factor * tensor;
}
