// One read of additive attention. Return [context, alpha]: as many numbers as an annotation has, and one for each annotation.

type Vector = number[];
type Matrix = number[][];

export function additiveAttention(
  s: Vector,
  annotations: Matrix,
  W_a: Matrix,
  U_a: Matrix,
  v_a: Vector,
): [Vector, Vector] {
  // Here every annotation counts the same; s and the weights are not looked at yet.
  const alpha = annotations.map(() => 1 / annotations.length);
  const context = annotations[0]!.map((_, d) => annotations.reduce((sum, h_j, j) => sum + alpha[j]! * h_j[d]!, 0));
  return [context, alpha];
}
