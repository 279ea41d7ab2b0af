export function unrolledParameters(D: number, H: number, T: number): [number, number] {
  const shared = H * H + H * D + H;
  return [shared, T * shared];
}
