// Truncated backpropagation through time: the loss at step t goes back over steps t, t-1, …, t-k+1 and no further.
// Return { d_W_h, d_W_x, d_b }, summed over all losses. The states are not truncated: run forward over all steps first.

type Vector = number[];
type Matrix = number[][];

export function truncatedBptt(
  h_0: Vector,
  xs: Vector[],
  W_h: Matrix,
  W_x: Matrix,
  b: Vector,
  d_hs: Vector[],
  k: number,
) {
  const hs = rnnForward(h_0, xs, W_h, W_x, b);
  const d_W_h = W_h.map((row) => row.map(() => 0));
  const d_W_x = W_x.map((row) => row.map(() => 0));
  const d_b = b.map(() => 0);
  for (let t = 0; t < hs.length; t++) {
    // Still missing: from d_hs[t] back over at most k steps, into the weights.
  }
  return { d_W_h, d_W_x, d_b };
}

function rnnForward(h_0: Vector, xs: Vector[], W_h: Matrix, W_x: Matrix, b: Vector): Vector[] {
  let h = h_0;
  return xs.map((x) => {
    const [fromState, fromInput] = [product(W_h, h), product(W_x, x)];
    h = b.map((bias, j) => Math.tanh(fromState[j]! + fromInput[j]! + bias));
    return h;
  });
}

/** Matrix times vector: one number for each row of W. */
function product(W: Matrix, v: Vector): Vector {
  return W.map((row) => row.reduce((sum, w, k) => sum + w * v[k]!, 0));
}
