// One step of a recurrent network: h = tanh(W_h h_prev + W_x x + b).
// A vector is a list of numbers, a matrix a list of rows. Return h as a new list.

type Vector = number[];
type Matrix = number[][];

export function rnnStep(h_prev: Vector, x: Vector, W_h: Matrix, W_x: Matrix, b: Vector): Vector {
  // What comes in through x and b is still missing, and so is tanh.
  return product(W_h, h_prev);
}

/** Matrix times vector: one number for each row of W. */
function product(W: Matrix, v: Vector): Vector {
  return W.map((row) => row.reduce((sum, w, k) => sum + w * v[k]!, 0));
}
