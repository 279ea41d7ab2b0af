// One step of a recurrent network: h = tanh(W_h h_prev + W_x x + b).
// A vector is a list of numbers, a matrix a list of rows. Return h as a new list.

export function rnnStep(h_prev, x, W_h, W_x, b) {
  // What comes in through x and b is still missing, and so is tanh.
  return product(W_h, h_prev);
}

/** Matrix times vector: one number for each row of W. */
function product(W, v) {
  return W.map((row) => row.reduce((sum, w, k) => sum + w * v[k], 0));
}
