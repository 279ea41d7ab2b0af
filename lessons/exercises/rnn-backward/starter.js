// Backpropagation through time for h_t = tanh(W_h h_{t-1} + W_x x_t + b). d_hs[t] is the gradient of the loss at that state from outside.
// Return { d_W_h, d_W_x, d_b, d_h_0 }: the gradients of the weights, summed over the steps, and of the first state.

export function rnnBackward(h_0, xs, W_h, W_x, b, d_hs) {
  const hs = rnnForward(h_0, xs, W_h, W_x, b);
  const d_W_h = W_h.map((row) => row.map(() => 0));
  const d_W_x = W_x.map((row) => row.map(() => 0));
  const d_b = b.map(() => 0);
  const d_h_0 = h_0.map(() => 0);
  for (let t = hs.length - 1; t >= 0; t--) {
    // Still missing: through tanh, into the weights, and back to the state before.
  }
  return { d_W_h, d_W_x, d_b, d_h_0 };
}

function rnnForward(h_0, xs, W_h, W_x, b) {
  let h = h_0;
  return xs.map((x) => {
    const [fromState, fromInput] = [product(W_h, h), product(W_x, x)];
    h = b.map((bias, j) => Math.tanh(fromState[j] + fromInput[j] + bias));
    return h;
  });
}

/** Matrix times vector: one number for each row of W. */
function product(W, v) {
  return W.map((row) => row.reduce((sum, w, k) => sum + w * v[k], 0));
}
