type Vector = readonly number[];
type Matrix = readonly Vector[];
type Gate = 'z' | 'r' | 'n';
type Weights = Readonly<Record<`W_${Gate}` | `U_${Gate}`, Matrix> & Record<`b_${Gate}`, Vector>>;

export function gruStep(h_prev: Vector, x: Vector, p: Weights): number[] {
  const inside = (gate: Gate, state: Vector): number[] => {
    const [fromState, fromInput] = [product(p[`W_${gate}`], state), product(p[`U_${gate}`], x)];
    return p[`b_${gate}`].map((bias, j) => fromState[j]! + fromInput[j]! + bias);
  };
  const z = inside('z', h_prev).map(sigmoid);
  const r = inside('r', h_prev).map(sigmoid);
  const seen = h_prev.map((old, j) => r[j]! * old);
  const n = inside('n', seen).map(Math.tanh);
  return h_prev.map((old, j) => z[j]! * old + (1 - z[j]!) * n[j]!);
}

const sigmoid = (a: number): number => 1 / (1 + Math.exp(-a));

const product = (W: Matrix, v: Vector): number[] => W.map((row) => row.reduce((sum, w, k) => sum + w * v[k]!, 0));
