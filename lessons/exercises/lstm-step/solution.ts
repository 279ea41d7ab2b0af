type Vector = readonly number[];
type Matrix = readonly Vector[];
type Gate = 'f' | 'i' | 'o' | 'g';
type Weights = Readonly<Record<`W_${Gate}` | `U_${Gate}`, Matrix> & Record<`b_${Gate}`, Vector>>;

export function lstmStep(h_prev: Vector, c_prev: Vector, x: Vector, p: Weights): [Vector, Vector] {
  const inside = (gate: Gate): number[] => {
    const [fromState, fromInput] = [product(p[`W_${gate}`], h_prev), product(p[`U_${gate}`], x)];
    return p[`b_${gate}`].map((bias, j) => fromState[j]! + fromInput[j]! + bias);
  };
  const [f, i, o] = [inside('f').map(sigmoid), inside('i').map(sigmoid), inside('o').map(sigmoid)];
  const g = inside('g').map(Math.tanh);
  const c = c_prev.map((old, j) => f[j]! * old + i[j]! * g[j]!);
  const h = c.map((cell, j) => o[j]! * Math.tanh(cell));
  return [h, c];
}

const sigmoid = (a: number): number => 1 / (1 + Math.exp(-a));

const product = (W: Matrix, v: Vector): number[] => W.map((row) => row.reduce((sum, w, k) => sum + w * v[k]!, 0));
