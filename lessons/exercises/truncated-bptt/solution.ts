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

export function truncatedBptt(
  h_0: Vector,
  xs: Vector[],
  W_h: Matrix,
  W_x: Matrix,
  b: Vector,
  d_hs: Vector[],
  k: number,
) {
  const hs = rnnForward(h_0, xs, W_h, W_x, b);
  const d_W_h = zerosLike(W_h);
  const d_W_x = zerosLike(W_x);
  const d_b = b.map(() => 0);
  for (let t = 0; t < xs.length; t++) {
    // The loss at step t alone, back over steps t, t-1, …, t-k+1.
    let d_h = d_hs[t]!;
    for (let s = t; s >= 0 && s > t - k; s--) {
      const h = hs[s]!;
      const d_a = d_h.map((d, i) => d * (1 - h[i]! * h[i]!));
      addOuter(d_W_h, d_a, s > 0 ? hs[s - 1]! : h_0);
      addOuter(d_W_x, d_a, xs[s]!);
      for (const [i, d] of d_a.entries()) d_b[i]! += d;
      d_h = transposedTimes(W_h, d_a);
    }
  }
  return { d_W_h, d_W_x, d_b };
}
