// Singular values of a long product of matrices, the smallest as exact as the largest.
// Forming the product loses every singular value below 1e-16 of the largest. Kept as U·D·V with U orthogonal, D diagonal and V
// well conditioned, it loses none: Bai, Lee, Li & Xu 2011, "Stable solutions of linear systems involving long chain of matrix
// multiplications"; the last step is one-sided Jacobi on columns that differ in scale (Demmel & Veselić 1992).

import { exp, log as ln } from './elementary.ts';
import { type Matrix, norm, zeros } from './matrix.ts';
import { multiply, singularValues } from './spectrum.ts';

/** log σ of factors[T-1] · … · factors[0], all n×n, largest first; -Infinity for a zero. Logarithms: the values may underflow. */
export function logSingularValuesOfProduct(factors: readonly Matrix[]): number[] {
  const [first] = factors;
  if (first === undefined) return [];
  const n = first.rows;
  let u = identity(n);
  let logD: number[] = Array(n).fill(0);
  let v = identity(n);
  for (const factor of factors) {
    // factor·U·D = Q·(R·D): scaling columns does not change Q, so D itself, which may span thousands of decades, is never formed.
    const columns = columnsOf(multiply(factor, u));
    const sizes = columns.map((c, j) => ln(Math.sqrt(dot(c, c))) + logD[j]!);
    const order = sizes.map((_, j) => j).sort((i, j) => sizes[j]! - sizes[i]! || i - j);
    const { q, r } = orthogonalised(order.map((j) => columns[j]!));
    const next = zeros(n, n);
    const before = logD;
    logD = order.map((from, i) => {
      const pivot = r.data[i * n + i]!;
      // Row i of D⁻¹·R·D·Pᵀ: of size one and well conditioned.
      next.data[i * n + from] = 1;
      if (pivot === 0) return Number.NEGATIVE_INFINITY;
      for (let j = i + 1; j < n; j++)
        next.data[i * n + order[j]!] = (r.data[i * n + j]! / pivot) * exp(before[order[j]!]! - before[from]!);
      return ln(pivot) + before[from]!;
    });
    u = q;
    v = multiply(next, v);
  }
  // (D·V)ᵀ has the columns of Vᵀ scaled by D. They are scaled to the largest; what underflows is told apart by its logarithm.
  const lengths = logD.map((log, i) => log + ln(norm(rowOf(v, i))));
  const top = Math.max(...lengths);
  if (lengths.every((log) => log - top > -600)) {
    const columns = zeros(n, n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) columns.data[j * n + i] = v.data[i * n + j]! * exp(logD[i]! - top);
    return singularValues(columns).map((s) => (s === 0 ? Number.NEGATIVE_INFINITY : ln(s) + top));
  }
  // Scales that lie more than 1e260 apart: the diagonal is then the singular values to all digits that anyone prints.
  return [...lengths].sort((a, b) => b - a);
}

const rowOf = (a: Matrix, i: number): Matrix => ({ rows: 1, columns: a.columns, data: a.data.subarray(i * a.columns, (i + 1) * a.columns) });

function identity(n: number): Matrix {
  const out = zeros(n, n);
  for (let i = 0; i < n; i++) out.data[i * n + i] = 1;
  return out;
}

/** Columns = q·r by modified Gram–Schmidt, each column orthogonalised twice (Giraud et al. 2005). r has a diagonal ≥ 0. */
function orthogonalised(columns: readonly Float64Array[]): { q: Matrix; r: Matrix } {
  const n = columns.length;
  const [q, r] = [zeros(n, n), zeros(n, n)];
  const basis: Float64Array[] = [];
  for (const [k, column] of columns.entries()) {
    for (let pass = 0; pass < 2; pass++)
      for (let i = 0; i < k; i++) {
        const along = dot(basis[i]!, column);
        r.data[i * n + k]! += along;
        subtract(column, basis[i]!, along);
      }
    const length = Math.sqrt(dot(column, column));
    r.data[k * n + k] = length;
    const unit = length > 0 ? column.map((value) => value / length) : unitOutside(basis, n);
    basis.push(unit);
    for (let i = 0; i < n; i++) q.data[i * n + k] = unit[i]!;
  }
  return { q, r };
}

function columnsOf({ rows, columns, data }: Matrix): Float64Array[] {
  const cols = Array.from({ length: columns }, () => new Float64Array(rows));
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) cols[j]![i] = data[i * columns + j]!;
  return cols;
}

/** Any unit vector orthogonal to a basis: for a column that vanished. */
function unitOutside(basis: readonly Float64Array[], n: number): Float64Array {
  for (let axis = 0; axis < n; axis++) {
    const v = new Float64Array(n);
    v[axis] = 1;
    for (let pass = 0; pass < 2; pass++) for (const b of basis) subtract(v, b, dot(b, v));
    const length = Math.sqrt(dot(v, v));
    if (length > 0.5 / Math.sqrt(n)) return v.map((value) => value / length);
  }
  return new Float64Array(n);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function subtract(a: Float64Array, b: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i]! -= factor * b[i]!;
}
