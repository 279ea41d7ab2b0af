const gates = ['f', 'i', 'o', 'g'];
const sigmoid = (a) => 1 / (1 + Math.exp(-a));
const dot = (row, v) => row.reduce((sum, w, j) => sum + w * v[j], 0);
const outer = (u, v) => u.map((u_i) => v.map((v_j) => u_i * v_j));
/** Wᵀ·v */
const transposedTimes = (W, v) => W[0].map((_, j) => W.reduce((sum, row, i) => sum + row[j] * v[i], 0));
const plus = (u, v) => u.map((u_i, i) => u_i + v[i]);

export function lstmBackward(h_prev, c_prev, x, p, d_h, d_c) {
  // Forward once more: the gradients read every gate.
  const gate = (name, squash) =>
    p[`b_${name}`].map((b_i, j) => squash(dot(p[`W_${name}`][j], h_prev) + dot(p[`U_${name}`][j], x) + b_i));
  const f = gate('f', sigmoid);
  const i = gate('i', sigmoid);
  const o = gate('o', sigmoid);
  const g = gate('g', Math.tanh);
  const tanh_c = c_prev.map((c, j) => Math.tanh(f[j] * c + i[j] * g[j]));

  // c is read by the next step and by h: both gradients arrive here.
  const d_c_all = d_c.map((d, j) => d + d_h[j] * o[j] * (1 - tanh_c[j] ** 2));
  // Into each gate, and on through its sigmoid or tanh.
  const d_a = {
    f: d_c_all.map((d, j) => d * c_prev[j] * f[j] * (1 - f[j])),
    i: d_c_all.map((d, j) => d * g[j] * i[j] * (1 - i[j])),
    o: d_h.map((d, j) => d * tanh_c[j] * o[j] * (1 - o[j])),
    g: d_c_all.map((d, j) => d * i[j] * (1 - g[j] ** 2)),
  };

  const d_p = {};
  for (const name of gates) {
    d_p[`W_${name}`] = outer(d_a[name], h_prev);
    d_p[`U_${name}`] = outer(d_a[name], x);
    d_p[`b_${name}`] = d_a[name];
  }
  return {
    d_h_prev: gates.map((name) => transposedTimes(p[`W_${name}`], d_a[name])).reduce(plus),
    d_c_prev: d_c_all.map((d, j) => d * f[j]),
    d_x: gates.map((name) => transposedTimes(p[`U_${name}`], d_a[name])).reduce(plus),
    d_p,
  };
}
