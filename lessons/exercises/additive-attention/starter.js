// One read of additive attention. Return [context, alpha]: as many numbers as an annotation has, and one for each annotation.

export function additiveAttention(s, annotations, W_a, U_a, v_a) {
  // Here every annotation counts the same; s and the weights are not looked at yet.
  const alpha = annotations.map(() => 1 / annotations.length);
  const context = annotations[0].map((_, d) => annotations.reduce((sum, h_j, j) => sum + alpha[j] * h_j[d], 0));
  return [context, alpha];
}
