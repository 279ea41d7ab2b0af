const dot = (row, v) => row.reduce((sum, w, j) => sum + w * v[j], 0);

const rnnStep = (h_prev, x, W_h, W_x, b) => b.map((b_i, i) => Math.tanh(dot(W_h[i], h_prev) + dot(W_x[i], x) + b_i));

export function rnnForward(h_0, xs, W_h, W_x, b) {
  const hs = [];
  let h = h_0;
  for (const x of xs) {
    h = rnnStep(h, x, W_h, W_x, b);
    hs.push(h);
  }
  return hs;
}
