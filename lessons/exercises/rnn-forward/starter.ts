// A recurrent network over a sequence: h_t = tanh(W_h h_{t-1} + W_x x_t + b), where h_{t-1} is h_0 for the first input.
// A vector is a list of numbers, a matrix a list of rows. Return the T states h_1, …, h_T as a list of vectors.

type Vector = number[];
type Matrix = number[][];

export function rnnForward(h_0: Vector, xs: Vector[], W_h: Matrix, W_x: Matrix, b: Vector): Vector[] {
  const hs: Vector[] = [];
  for (const x of xs) {
    // What comes from the state before is still missing.
    hs.push(b.map((bias, j) => Math.tanh(product(W_x, x)[j]! + bias)));
  }
  return hs;
}

/** Matrix times vector: one number for each row of W. */
function product(W: Matrix, v: Vector): Vector {
  return W.map((row) => row.reduce((sum, w, k) => sum + w * v[k]!, 0));
}
