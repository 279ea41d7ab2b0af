// One step of a GRU. p holds W_z, U_z, b_z and the same for r and n. Return h as a new list.

type Vector = number[];
type Matrix = number[][];

interface Weights {
  W_z: Matrix;
  U_z: Matrix;
  b_z: Vector;
  W_r: Matrix;
  U_r: Matrix;
  b_r: Vector;
  W_n: Matrix;
  U_n: Matrix;
  b_n: Vector;
}

export function gruStep(h_prev: Vector, x: Vector, p: Weights): Vector {
  // The update gate is done; r, n and the mixture of old and new are not.
  const z = add(product(p.W_z, h_prev), product(p.U_z, x), p.b_z).map(sigmoid);
  return h_prev.map((old, j) => z[j]! * old);
}

const sigmoid = (a: number): number => 1 / (1 + Math.exp(-a));

/** Matrix times vector: one number for each row of W. */
const product = (W: Matrix, v: Vector): Vector => W.map((row) => row.reduce((sum, w, k) => sum + w * v[k]!, 0));

/** Entry by entry. */
const add = (a: Vector, b: Vector, c: Vector): Vector => a.map((entry, j) => entry + b[j]! + c[j]!);
