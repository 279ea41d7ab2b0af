type Vector = number[];
type Matrix = number[][];
type Gate = 'f' | 'i' | 'o' | 'g';
type Parameters = { [W in `W_${Gate}` | `U_${Gate}`]: Matrix } & { [b in `b_${Gate}`]: Vector };

const gates: Gate[] = ['f', 'i', 'o', 'g'];
const sigmoid = (a: number): number => 1 / (1 + Math.exp(-a));
const dot = (row: Vector, v: Vector): number => row.reduce((sum, w, j) => sum + w * v[j]!, 0);
const outer = (u: Vector, v: Vector): Matrix => u.map((u_i) => v.map((v_j) => u_i * v_j));
/** Wᵀ·v */
const transposedTimes = (W: Matrix, v: Vector): Vector =>
  W[0]!.map((_, j) => W.reduce((sum, row, i) => sum + row[j]! * v[i]!, 0));
const plus = (u: Vector, v: Vector): Vector => u.map((u_i, i) => u_i + v[i]!);
const times = (...factors: Vector[]): Vector => factors.reduce((u, v) => u.map((u_i, i) => u_i * v[i]!));

export function lstmBackward(h_prev: Vector, c_prev: Vector, x: Vector, p: Parameters, d_h: Vector, d_c: Vector) {
  // Forward once more: the gradients read every gate.
  const gate = (name: Gate, squash: (a: number) => number): Vector =>
    p[`b_${name}`].map((b_i, j) => squash(dot(p[`W_${name}`][j]!, h_prev) + dot(p[`U_${name}`][j]!, x) + b_i));
  const f = gate('f', sigmoid);
  const i = gate('i', sigmoid);
  const o = gate('o', sigmoid);
  const g = gate('g', Math.tanh);
  const tanh_c = plus(times(f, c_prev), times(i, g)).map(Math.tanh);
  const slopeOfSigmoid = (y: Vector): Vector => y.map((y_j) => y_j * (1 - y_j));
  const slopeOfTanh = (y: Vector): Vector => y.map((y_j) => 1 - y_j ** 2);

  // c is read by the next step and by h: both gradients arrive here.
  const d_c_all = plus(d_c, times(d_h, o, slopeOfTanh(tanh_c)));
  // Into each gate, and on through its sigmoid or tanh.
  const d_a: Record<Gate, Vector> = {
    f: times(d_c_all, c_prev, slopeOfSigmoid(f)),
    i: times(d_c_all, g, slopeOfSigmoid(i)),
    o: times(d_h, tanh_c, slopeOfSigmoid(o)),
    g: times(d_c_all, i, slopeOfTanh(g)),
  };

  const d_p = Object.fromEntries(
    gates.flatMap((name) => [
      [`W_${name}`, outer(d_a[name], h_prev)],
      [`U_${name}`, outer(d_a[name], x)],
      [`b_${name}`, d_a[name]],
    ]),
  );
  return {
    d_h_prev: gates.map((name) => transposedTimes(p[`W_${name}`], d_a[name])).reduce(plus),
    d_c_prev: times(d_c_all, f),
    d_x: gates.map((name) => transposedTimes(p[`U_${name}`], d_a[name])).reduce(plus),
    d_p,
  };
}
