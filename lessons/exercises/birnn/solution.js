const dot = (row, v) => row.reduce((sum, w, j) => sum + w * v[j], 0);

/** The states of one direction, in the order in which it reads. */
function statesOf(xs, { W_h, W_x, b }) {
  const hs = [];
  let h = b.map(() => 0);
  for (const x of xs) {
    const h_prev = h;
    h = b.map((b_i, i) => Math.tanh(dot(W_h[i], h_prev) + dot(W_x[i], x) + b_i));
    hs.push(h);
  }
  return hs;
}

export function birnn(xs, forward, backward) {
  const ahead = statesOf(xs, forward);
  // Read from the end, then turned round: entry t belongs to step t again.
  const back = statesOf([...xs].reverse(), backward).reverse();
  return ahead.map((h, t) => [...h, ...back[t]]);
}
