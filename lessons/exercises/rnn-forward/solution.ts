type Vector = number[];
type Matrix = number[][];

const dot = (row: Vector, v: Vector): number => row.reduce((sum, w, j) => sum + w * v[j]!, 0);

const rnnStep = (h_prev: Vector, x: Vector, W_h: Matrix, W_x: Matrix, b: Vector): Vector =>
  b.map((b_i, i) => Math.tanh(dot(W_h[i]!, h_prev) + dot(W_x[i]!, x) + b_i));

export function rnnForward(h_0: Vector, xs: Vector[], W_h: Matrix, W_x: Matrix, b: Vector): Vector[] {
  const hs: Vector[] = [];
  let h = h_0;
  for (const x of xs) {
    h = rnnStep(h, x, W_h, W_x, b);
    hs.push(h);
  }
  return hs;
}
