export function unrolledParameters(D, H, T) {
  const shared = H * H + H * D + H;
  return { shared, untied: T * shared };
}
