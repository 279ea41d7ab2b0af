type Vector = readonly number[];
type Matrix = readonly Vector[];

export function rnnStep(h_prev: Vector, x: Vector, W_h: Matrix, W_x: Matrix, b: Vector): number[] {
  const [fromState, fromInput] = [product(W_h, h_prev), product(W_x, x)];
  return b.map((bias, j) => Math.tanh(fromState[j]! + fromInput[j]! + bias));
}

function product(W: Matrix, v: Vector): number[] {
  return W.map((row) => row.reduce((sum, w, k) => sum + w * v[k]!, 0));
}
