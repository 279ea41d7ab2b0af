// One step of an LSTM. p holds W_f, U_f, b_f and the same for i, o and g. Return [h, c], both new lists.

export function lstmStep(h_prev, c_prev, x, p) {
  // The forget gate is done; i, o, g, the new c and the new h are not.
  const f = add(product(p.W_f, h_prev), product(p.U_f, x), p.b_f).map(sigmoid);
  const c = c_prev.map((old, j) => f[j] * old);
  const h = c;
  return [h, c];
}

const sigmoid = (a) => 1 / (1 + Math.exp(-a));

/** Matrix times vector: one number for each row of W. */
const product = (W, v) => W.map((row) => row.reduce((sum, w, k) => sum + w * v[k], 0));

/** Entry by entry. */
const add = (a, b, c) => a.map((entry, j) => entry + b[j] + c[j]);
