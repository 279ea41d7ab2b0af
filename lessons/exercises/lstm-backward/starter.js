// One step of the LSTM, backwards: from d_h and d_c, the gradients at h and c, to those of everything that the step has read.
// Return { d_h_prev, d_c_prev, d_x, d_p }, where d_p has the names of p.

export function lstmBackward(h_prev, c_prev, x, p, d_h, d_c) {
  const step = lstmStep(h_prev, c_prev, x, p); // step.f, step.i, step.o, step.g, step.c and step.h
  // Still missing: all of it. These are zeros in the right shapes.
  return { d_h_prev: zeros(step.h), d_c_prev: zeros(step.c), d_x: zeros(x), d_p: zeros(p) };
}

function lstmStep(h_prev, c_prev, x, p) {
  const gate = (name, squash) => {
    const [fromState, fromInput] = [product(p[`W_${name}`], h_prev), product(p[`U_${name}`], x)];
    return p[`b_${name}`].map((bias, j) => squash(fromState[j] + fromInput[j] + bias));
  };
  const [f, i, o] = [gate('f', sigmoid), gate('i', sigmoid), gate('o', sigmoid)];
  const g = gate('g', Math.tanh);
  const c = c_prev.map((old, j) => f[j] * old + i[j] * g[j]);
  const h = c.map((value, j) => o[j] * Math.tanh(value));
  return { f, i, o, g, c, h };
}

const sigmoid = (a) => 1 / (1 + Math.exp(-a));

/** Matrix times vector: one number for each row of W. */
function product(W, v) {
  return W.map((row) => row.reduce((sum, w, k) => sum + w * v[k], 0));
}

/** Zeros in the shape of a vector, a matrix or a record of them. */
function zeros(value) {
  if (typeof value === 'number') return 0;
  if (Array.isArray(value)) return value.map(zeros);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, zeros(part)]));
}
