export function lstmStep(h_prev, c_prev, x, p) {
  const inside = (gate) => {
    const [fromState, fromInput] = [product(p[`W_${gate}`], h_prev), product(p[`U_${gate}`], x)];
    return p[`b_${gate}`].map((bias, j) => fromState[j] + fromInput[j] + bias);
  };
  const [f, i, o] = ['f', 'i', 'o'].map((gate) => inside(gate).map(sigmoid));
  const g = inside('g').map(Math.tanh);
  const c = c_prev.map((old, j) => f[j] * old + i[j] * g[j]);
  const h = c.map((cell, j) => o[j] * Math.tanh(cell));
  return { h, c };
}

const sigmoid = (a) => 1 / (1 + Math.exp(-a));

const product = (W, v) => W.map((row) => row.reduce((sum, w, k) => sum + w * v[k], 0));
