// One step of the LSTM, backwards: from d_h and d_c, the gradients at h and c, to those of everything that the step has read.
// Return { d_h_prev, d_c_prev, d_x, d_p }, where d_p has the names of p.

type Vector = number[];
type Matrix = number[][];
type Gate = 'f' | 'i' | 'o' | 'g';
type Parameters = { [W in `W_${Gate}` | `U_${Gate}`]: Matrix } & { [b in `b_${Gate}`]: Vector };

export function lstmBackward(h_prev: Vector, c_prev: Vector, x: Vector, p: Parameters, d_h: Vector, d_c: Vector) {
  const step = lstmStep(h_prev, c_prev, x, p); // step.f, step.i, step.o, step.g, step.c and step.h
  const zeros = (v: Vector): Vector => v.map(() => 0);
  // Still missing: all of it. These are zeros in the right shapes.
  const d_p = Object.fromEntries(
    Object.entries(p).map(([name, value]) => [name, value.map((row) => (Array.isArray(row) ? zeros(row) : 0))]),
  );
  return { d_h_prev: zeros(step.h), d_c_prev: zeros(step.c), d_x: zeros(x), d_p };
}

function lstmStep(h_prev: Vector, c_prev: Vector, x: Vector, p: Parameters) {
  const gate = (name: Gate, squash: (a: number) => number): Vector => {
    const [fromState, fromInput] = [product(p[`W_${name}`], h_prev), product(p[`U_${name}`], x)];
    return p[`b_${name}`].map((bias, j) => squash(fromState[j]! + fromInput[j]! + bias));
  };
  const [f, i, o] = [gate('f', sigmoid), gate('i', sigmoid), gate('o', sigmoid)];
  const g = gate('g', Math.tanh);
  const c = c_prev.map((old, j) => f[j]! * old + i[j]! * g[j]!);
  const h = c.map((value, j) => o[j]! * Math.tanh(value));
  return { f, i, o, g, c, h };
}

const sigmoid = (a: number): number => 1 / (1 + Math.exp(-a));

/** Matrix times vector: one number for each row of W. */
function product(W: Matrix, v: Vector): Vector {
  return W.map((row) => row.reduce((sum, w, k) => sum + w * v[k]!, 0));
}
