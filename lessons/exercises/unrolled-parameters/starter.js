// Parameters of h_t = tanh(W_h h_{t-1} + W_x x_t + b), unrolled T steps. Return [shared, untied], two whole numbers.

export function unrolledParameters(D, H, T) {
  // Only W_h is counted so far.
  const shared = H * H;
  const untied = shared;
  return [shared, untied];
}
