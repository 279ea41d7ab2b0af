export function gruStep(h_prev, x, p) {
  const inside = (gate, state) => {
    const [fromState, fromInput] = [product(p[`W_${gate}`], state), product(p[`U_${gate}`], x)];
    return p[`b_${gate}`].map((bias, j) => fromState[j] + fromInput[j] + bias);
  };
  const z = inside('z', h_prev).map(sigmoid);
  const r = inside('r', h_prev).map(sigmoid);
  const seen = h_prev.map((old, j) => r[j] * old);
  const n = inside('n', seen).map(Math.tanh);
  return h_prev.map((old, j) => z[j] * old + (1 - z[j]) * n[j]);
}

const sigmoid = (a) => 1 / (1 + Math.exp(-a));

const product = (W, v) => W.map((row) => row.reduce((sum, w, k) => sum + w * v[k], 0));
