// One step of an LSTM. p holds W_f, U_f, b_f and the same for i, o and g. Return [h, c], both new lists.

type Vector = number[];
type Matrix = number[][];

interface Weights {
  W_f: Matrix;
  U_f: Matrix;
  b_f: Vector;
  W_i: Matrix;
  U_i: Matrix;
  b_i: Vector;
  W_o: Matrix;
  U_o: Matrix;
  b_o: Vector;
  W_g: Matrix;
  U_g: Matrix;
  b_g: Vector;
}

export function lstmStep(h_prev: Vector, c_prev: Vector, x: Vector, p: Weights): [Vector, Vector] {
  // The forget gate is done; i, o, g, the new c and the new h are not.
  const f = add(product(p.W_f, h_prev), product(p.U_f, x), p.b_f).map(sigmoid);
  const c = c_prev.map((old, j) => f[j]! * old);
  const h = c;
  return [h, c];
}

const sigmoid = (a: number): number => 1 / (1 + Math.exp(-a));

/** Matrix times vector: one number for each row of W. */
const product = (W: Matrix, v: Vector): Vector => W.map((row) => row.reduce((sum, w, k) => sum + w * v[k]!, 0));

/** Entry by entry. */
const add = (a: Vector, b: Vector, c: Vector): Vector => a.map((entry, j) => entry + b[j]! + c[j]!);
