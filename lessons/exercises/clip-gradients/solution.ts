type Tensor = number | Tensor[];

const entriesOf = (tensor: Tensor): number[] => (Array.isArray(tensor) ? tensor.flatMap(entriesOf) : [tensor]);

export function clipGradients(gradients: Record<string, Tensor>, max_norm: number): Record<string, Tensor> {
  // Every entry of every tensor, as one long vector.
  const all = Object.values(gradients).flatMap(entriesOf);
  const norm = Math.sqrt(all.reduce((sum, g) => sum + g * g, 0));
  const scale = norm > max_norm ? max_norm / norm : 1;
  const scaled = (tensor: Tensor): Tensor => (Array.isArray(tensor) ? tensor.map(scaled) : scale * tensor);
  return Object.fromEntries(Object.entries(gradients).map(([name, tensor]) => [name, scaled(tensor)]));
}
