type Vector = readonly number[];
type Matrix = readonly Vector[];

export function additiveAttention(
  s: Vector,
  annotations: Matrix,
  W_a: Matrix,
  U_a: Matrix,
  v_a: Vector,
): [Vector, Vector] {
  const q = product(W_a, s);
  const energies = annotations.map((h_j) => {
    const met = product(U_a, h_j);
    return v_a.reduce((sum, v, a) => sum + v * Math.tanh(q[a]! + met[a]!), 0);
  });
  const weights = energies.map(Math.exp);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const alpha = weights.map((weight) => weight / total);
  const context = annotations[0]!.map((_, d) => annotations.reduce((sum, h_j, j) => sum + alpha[j]! * h_j[d]!, 0));
  return [context, alpha];
}

const product = (W: Matrix, v: Vector): number[] => W.map((row) => row.reduce((sum, w, k) => sum + w * v[k]!, 0));
