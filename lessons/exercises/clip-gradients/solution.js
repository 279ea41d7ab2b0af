export function clipGradients(gradients, max_norm) {
  // Every entry of every tensor, as one long vector.
  const all = Object.values(gradients).flat(Number.POSITIVE_INFINITY);
  const norm = Math.sqrt(all.reduce((sum, g) => sum + g * g, 0));
  const scale = norm > max_norm ? max_norm / norm : 1;
  const scaled = (tensor) => (Array.isArray(tensor) ? tensor.map(scaled) : scale * tensor);
  return Object.fromEntries(Object.entries(gradients).map(([name, tensor]) => [name, scaled(tensor)]));
}
