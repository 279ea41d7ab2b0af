type Vector = number[];
type Matrix = number[][];

const dot = (row: Vector, v: Vector): number => row.reduce((sum, w, j) => sum + w * v[j]!, 0);
const zerosLike = (matrix: Matrix): Matrix => matrix.map((row) => row.map(() => 0));
/** Wᵀ·v */
const transposedTimes = (W: Matrix, v: Vector): Vector =>
  W[0]!.map((_, j) => W.reduce((sum, row, i) => sum + row[j]! * v[i]!, 0));

function addOuter(total: Matrix, u: Vector, v: Vector): void {
  for (const [i, row] of total.entries()) for (let j = 0; j < row.length; j++) row[j]! += u[i]! * v[j]!;
}

function rnnForward(h_0: Vector, xs: Vector[], W_h: Matrix, W_x: Matrix, b: Vector): Vector[] {
  let h = h_0;
  return xs.map((x) => {
    const h_prev = h;
    h = b.map((b_i, i) => Math.tanh(dot(W_h[i]!, h_prev) + dot(W_x[i]!, x) + b_i));
    return h;
  });
}

export function rnnBackward(h_0: Vector, xs: Vector[], W_h: Matrix, W_x: Matrix, b: Vector, d_hs: Vector[]) {
  const hs = rnnForward(h_0, xs, W_h, W_x, b);
  const d_W_h = zerosLike(W_h);
  const d_W_x = zerosLike(W_x);
  const d_b = b.map(() => 0);
  // What the step after this one sent back.
  let d_next = b.map(() => 0);
  for (let t = xs.length - 1; t >= 0; t--) {
    const h = hs[t]!;
    const h_prev = t > 0 ? hs[t - 1]! : h_0;
    // Through tanh: its derivative is 1 - h².
    const d_a = d_hs[t]!.map((d, i) => (d + d_next[i]!) * (1 - h[i]! * h[i]!));
    addOuter(d_W_h, d_a, h_prev);
    addOuter(d_W_x, d_a, xs[t]!);
    for (const [i, d] of d_a.entries()) d_b[i]! += d;
    d_next = transposedTimes(W_h, d_a);
  }
  return { d_W_h, d_W_x, d_b, d_h_0: d_next };
}
