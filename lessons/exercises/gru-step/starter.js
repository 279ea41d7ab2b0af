// One step of a GRU. p holds W_z, U_z, b_z and the same for r and n. Return h as a new list.

export function gruStep(h_prev, x, p) {
  // The update gate is done; r, n and the mixture of old and new are not.
  const z = add(product(p.W_z, h_prev), product(p.U_z, x), p.b_z).map(sigmoid);
  return h_prev.map((old, j) => z[j] * old);
}

const sigmoid = (a) => 1 / (1 + Math.exp(-a));

/** Matrix times vector: one number for each row of W. */
const product = (W, v) => W.map((row) => row.reduce((sum, w, k) => sum + w * v[k], 0));

/** Entry by entry. */
const add = (a, b, c) => a.map((entry, j) => entry + b[j] + c[j]);
