// A bidirectional layer: one network reads xs from the start, one from the end, and y_t is both states of step t, forward first.
// Both networks start from zeros. Return T vectors of 2H.

type Vector = number[];
type Matrix = number[][];
type Weights = { W_h: Matrix; W_x: Matrix; b: Vector };

export function birnn(xs: Vector[], forward: Weights, backward: Weights): Vector[] {
  const ahead = statesOf(xs, forward);
  // The network that reads from the end is still missing.
  const back = ahead.map((h) => h.map(() => 0));
  return ahead.map((h, t) => [...h, ...back[t]!]);
}

/** The states of one network, in the order in which it reads. */
function statesOf(xs: Vector[], { W_h, W_x, b }: Weights): Vector[] {
  let h = b.map(() => 0);
  return xs.map((x) => {
    const [fromState, fromInput] = [product(W_h, h), product(W_x, x)];
    h = b.map((bias, j) => Math.tanh(fromState[j]! + fromInput[j]! + bias));
    return h;
  });
}

/** Matrix times vector: one number for each row of W. */
function product(W: Matrix, v: Vector): Vector {
  return W.map((row) => row.reduce((sum, w, k) => sum + w * v[k]!, 0));
}
