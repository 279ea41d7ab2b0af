// A bidirectional layer: one network reads xs from the start, one from the end, and y_t is both states of step t, forward first.
// `forward` and `backward` are records of W_h, W_x and b. Both networks start from zeros. Return T vectors of 2H.

export function birnn(xs, forward, backward) {
  const ahead = statesOf(xs, forward);
  // The network that reads from the end is still missing.
  const back = ahead.map((h) => h.map(() => 0));
  return ahead.map((h, t) => [...h, ...back[t]]);
}

/** The states of one network, in the order in which it reads. */
function statesOf(xs, { W_h, W_x, b }) {
  let h = b.map(() => 0);
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
