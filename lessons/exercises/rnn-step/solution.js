export function rnnStep(h_prev, x, W_h, W_x, b) {
  const [fromState, fromInput] = [product(W_h, h_prev), product(W_x, x)];
  return b.map((bias, j) => Math.tanh(fromState[j] + fromInput[j] + bias));
}

function product(W, v) {
  return W.map((row) => row.reduce((sum, w, k) => sum + w * v[k], 0));
}
