export function samplingSchedule(kind, i, k, c, epsilon) {
  if (kind === 'linear') return Math.max(epsilon, k - c * i);
  if (kind === 'exponential') return k ** i;
  return k / (k + Math.exp(i / k));
}
