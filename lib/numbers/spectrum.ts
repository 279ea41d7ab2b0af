// Singular values and the spectral radius of small dense matrices.

import { exp, log } from './elementary.ts';
import { type Matrix, norm, zeros } from './matrix.ts';

/** a[M,K] · b[K,N]. Throws RangeError when the inner sizes differ. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  if (a.columns !== b.rows) throw new RangeError(`${a.rows}×${a.columns} times ${b.rows}×${b.columns}`);
  const out = zeros(a.rows, b.columns);
  for (let i = 0; i < a.rows; i++)
    for (let k = 0; k < a.columns; k++) {
      const value = a.data[i * a.columns + k]!;
      if (value === 0) continue;
      for (let j = 0; j < b.columns; j++) out.data[i * b.columns + j]! += value * b.data[k * b.columns + j]!;
    }
  return out;
}

export const scaleMatrix = (a: Matrix, factor: number): Matrix => ({
  ...a,
  data: a.data.map((value) => factor * value),
});

/**
 * All singular values, largest first. One-sided Jacobi (Hestenes 1958; Demmel & Veselić 1992): it keeps the small ones to
 * full relative accuracy wherever the columns differ in scale only.
 */
export function singularValues(a: Matrix): number[] {
  const { rows, columns } = a;
  const cols = Array.from({ length: columns }, (_, j) =>
    Float64Array.from({ length: rows }, (_, i) => a.data[i * columns + j]!),
  );
  for (let sweep = 0, rotated = true; rotated && sweep < 60; sweep++) {
    rotated = false;
    for (let p = 0; p < columns - 1; p++)
      for (let q = p + 1; q < columns; q++) if (rotate(cols[p]!, cols[q]!)) rotated = true;
  }
  const lengths = cols.map((c) => norm({ rows, columns: 1, data: c }));
  return lengths.sort((x, y) => y - x).slice(0, Math.min(rows, columns));
}

/** Makes two columns orthogonal; false when they are already. */
function rotate(p: Float64Array, q: Float64Array): boolean {
  let [alpha, beta, gamma] = [0, 0, 0];
  for (let i = 0; i < p.length; i++) {
    alpha += p[i]! * p[i]!;
    beta += q[i]! * q[i]!;
    gamma += p[i]! * q[i]!;
  }
  if (gamma === 0 || Math.abs(gamma) <= 1e-15 * Math.sqrt(alpha) * Math.sqrt(beta)) return false;
  const zeta = (beta - alpha) / (2 * gamma);
  const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = c * t;
  for (let i = 0; i < p.length; i++) {
    const [x, y] = [p[i]!, q[i]!];
    p[i] = c * x - s * y;
    q[i] = s * x + c * y;
  }
  return true;
}

/**
 * The largest |eigenvalue| of a square matrix by Gelfand's formula, lim ‖A^k‖^(1/k), with k doubled until it stands still.
 * Relative error below 1e-12.
 */
export function spectralRadius(a: Matrix): number {
  let power = a;
  let exponent = 1;
  let logScale = 0;
  let before = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 60; i++) {
    const size = norm(power);
    if (size === 0 || !Number.isFinite(size)) return size;
    logScale += log(size) / exponent;
    const radius = exp(logScale);
    if (Math.abs(radius - before) <= 1e-13 * radius) return radius;
    before = radius;
    const unit = scaleMatrix(power, 1 / size);
    power = multiply(unit, unit);
    exponent *= 2;
  }
  return before;
}
