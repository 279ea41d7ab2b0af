// Solving with a square matrix: LU with partial pivoting (Golub & Van Loan 2013, algorithm 3.4.1).

import type { Matrix } from './matrix.ts';

/** P·A = L·U, both in one array, L with a unit diagonal. */
export interface Factorised {
  readonly n: number;
  readonly lu: Float64Array;
  /** Row i of P·A is row `rows[i]` of A. */
  readonly rows: Int32Array;
}

/** undefined for a matrix that is exactly singular. Throws RangeError for one that is not square. */
export function factorise({ rows: n, columns, data }: Matrix): Factorised | undefined {
  if (n !== columns) throw new RangeError(`${n}×${columns} is not square`);
  const lu = data.slice();
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(lu[i * n + k]!) > Math.abs(lu[best * n + k]!)) best = i;
    if (best !== k) {
      const row = lu.slice(k * n, (k + 1) * n);
      lu.copyWithin(k * n, best * n, (best + 1) * n);
      lu.set(row, best * n);
      [rows[k], rows[best]] = [rows[best]!, rows[k]!];
    }
    const pivot = lu[k * n + k]!;
    if (pivot === 0) return undefined;
    for (let i = k + 1; i < n; i++) {
      const factor = lu[i * n + k]! / pivot;
      lu[i * n + k] = factor;
      if (factor !== 0) for (let j = k + 1; j < n; j++) lu[i * n + j]! -= factor * lu[k * n + j]!;
    }
  }
  return { n, lu, rows };
}

/** v becomes A⁻¹·v. */
export function solve({ n, lu, rows }: Factorised, v: Float64Array): void {
  const b = v.slice();
  for (let i = 0; i < n; i++) {
    let sum = b[rows[i]!]!;
    for (let j = 0; j < i; j++) sum -= lu[i * n + j]! * v[j]!;
    v[i] = sum;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = v[i]!;
    for (let j = i + 1; j < n; j++) sum -= lu[i * n + j]! * v[j]!;
    v[i] = sum / lu[i * n + i]!;
  }
}

/** v becomes A⁻ᵀ·v. */
export function solveTransposed({ n, lu, rows }: Factorised, v: Float64Array): void {
  const y = v.slice();
  for (let i = 0; i < n; i++) {
    y[i]! /= lu[i * n + i]!;
    for (let j = i + 1; j < n; j++) y[j]! -= lu[i * n + j]! * y[i]!;
  }
  for (let i = n - 1; i >= 0; i--) for (let j = 0; j < i; j++) y[j]! -= lu[i * n + j]! * y[i]!;
  for (let i = 0; i < n; i++) v[rows[i]!] = y[i]!;
}
