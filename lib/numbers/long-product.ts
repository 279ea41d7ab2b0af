// The extreme singular values of a long product of matrices, far below what a double holds.
// The product is never formed: the largest comes from a Lanczos iteration through the factors, with the scale kept as a logarithm, the
// smallest from the same iteration through their inverses (Golub & Van Loan 2013, section 10.4).

import { exp, log as ln } from './elementary.ts';
import { dot, type Matrix, norm } from './matrix.ts';
import { random, unitVector } from './random.ts';

/** log σ_max and log σ_min of factors[T-1] · … · factors[0], all n×n; -Infinity for a zero. */
interface LogExtremes {
  readonly largest: number;
  readonly smallest: number;
  /** Present where rounding leaves no digit of σ_min: `smallest` is an upper bound of it then. */
  readonly isBound?: true;
}

/**
 * σ_min is computed from the inverses of the factors, not from the product, so it may lie far below ε · σ_max and still be right: each
 * factor adds a relative error of n · ε · cond(factor), ε = 2^-52 (Golub & Van Loan 2013, section 3.5.1), and the iteration 1e-8.
 * Where these errors add up to more than 1 %, a factor is singular as far as doubles can tell, and σ_min is bounded from
 * σ_min(A·B·C) ≤ σ_max(A) · σ_min(B) · σ_max(C), B the factor of the largest condition number.
 */
export function logExtremeSingularValues(factors: readonly Matrix[]): LogExtremes {
  const n = factors[0]?.rows ?? 0;
  const largest = logLargest(factors);
  if (factors.some(hasZeroLine)) return { largest, smallest: Number.NEGATIVE_INFINITY };
  const inverses = factors.map(factorise);
  const rounding = n * Number.EPSILON;
  let [errors, worst, worstError, leastOfWorst] = [0, 0, 0, 0];
  for (const [t, factor] of factors.entries()) {
    const [most, inverse] = [logLargest([factor]), inverses[t]];
    // No more than 1, so that the first of several singular factors is the worst, and not the one that rounding makes it.
    const error = inverse === undefined ? 1 : Math.min(1, rounding * exp(most - logSmallest([inverse])));
    errors += error;
    if (error > worstError) [worst, worstError, leastOfWorst] = [t, error, most + ln(rounding / error)];
  }
  if (errors < 0.01) return { largest, smallest: logSmallest(inverses as Factorised[]) };
  const bound = logLargest(factors.slice(worst + 1)) + leastOfWorst + logLargest(factors.slice(0, worst));
  return { largest, smallest: Math.min(largest, bound), isBound: true };
}

/** log σ_max of the product; 0 for no factors. */
function logLargest(factors: readonly Matrix[]): number {
  const reversed = factors.toReversed();
  return factors.length === 0
    ? 0
    : logNorm(
        factors[0]!.rows,
        (v) => through(factors, v, multiply),
        (v) => through(reversed, v, multiplyTransposed),
      );
}

/** log σ_min of the product: (J_T … J_1)⁻¹ = J_1⁻¹ … J_T⁻¹. */
function logSmallest(inverses: readonly Factorised[]): number {
  const reversed = inverses.toReversed();
  return -logNorm(
    inverses[0]!.n,
    (v) => through(reversed, v, solve),
    (v) => through(inverses, v, solveTransposed),
  );
}

/** A row or a column of zeros, exactly: the matrix is singular, whatever rounding does. */
function hasZeroLine({ rows, columns, data }: Matrix): boolean {
  const [inRow, inColumn] = [new Uint8Array(rows), new Uint8Array(columns)];
  for (const [i, value] of data.entries()) {
    if (value === 0) continue;
    inRow[Math.floor(i / columns)] = 1;
    inColumn[i % columns] = 1;
  }
  return inRow.includes(0) || inColumn.includes(0);
}

/**
 * log ‖A‖₂ by Golub–Kahan–Lanczos bidiagonalisation with full reorthogonalisation: singular values that lie close together, where
 * power iteration crawls, do not delay it. Both functions replace a vector by its image of length 1 and return the logarithm of the
 * length.
 */
function logNorm(n: number, apply: (v: Float64Array) => number, applyTransposed: (v: Float64Array) => number): number {
  const left: Float64Array[] = [];
  const right = [unitVector(n, random(0))];
  const alphas: number[] = [];
  const betas: number[] = [];
  let scale: number | undefined;
  let before = 0;
  for (let k = 0; k < n; k++) {
    const u = right[k]!.slice();
    const size = apply(u);
    scale ??= size;
    if (scale === Number.NEGATIVE_INFINITY) return scale;
    alphas.push(exp(size - scale) * orthogonalise(u, left));
    left.push(u);
    const norm = largestOfBidiagonal(alphas, betas);
    if (k === n - 1 || Math.abs(norm - before) <= 1e-9 * norm) return scale + ln(norm);
    before = norm;
    const v = u.slice();
    const back = applyTransposed(v);
    betas.push(exp(back - scale) * orthogonalise(v, right));
    right.push(v);
  }
  return Number.NEGATIVE_INFINITY;
}

/** Takes the parts along a basis out of a vector of length 1, twice, and gives it length 1 again. Returns the length that was left. */
function orthogonalise(v: Float64Array, basis: readonly Float64Array[]): number {
  for (let pass = 0; pass < 2; pass++)
    for (const b of basis) {
      const along = dot(b, v);
      for (let i = 0; i < v.length; i++) v[i]! -= along * b[i]!;
    }
  const length = Math.sqrt(dot(v, v));
  if (length > 0) for (let i = 0; i < v.length; i++) v[i]! /= length;
  return length;
}

/**
 * The largest singular value of the upper bidiagonal matrix B with these diagonals: of the tridiagonal BᵀB the largest eigenvalue, by
 * bisection. A Sturm count says whether all eigenvalues lie below a point (Golub & Van Loan 2013, section 8.4.1).
 */
function largestOfBidiagonal(alphas: readonly number[], betas: readonly number[]): number {
  const diagonal = alphas.map((alpha, i) => alpha * alpha + (i === 0 ? 0 : betas[i - 1]! * betas[i - 1]!));
  const beside = (i: number): number => (i < 0 || i + 1 >= alphas.length ? 0 : Math.abs(alphas[i]! * betas[i]!));
  const allBelow = (x: number): boolean => {
    let pivot = 1;
    for (const [i, d] of diagonal.entries()) {
      pivot = d - x - (i === 0 ? 0 : (beside(i - 1) * beside(i - 1)) / pivot);
      if (pivot >= 0) return false;
    }
    return true;
  };
  let low = Math.max(...diagonal);
  // Gershgorin.
  let high = Math.max(...diagonal.map((d, i) => d + beside(i - 1) + beside(i)));
  for (let i = 0; i < 60 && high - low > 1e-14 * high; i++) {
    const middle = (low + high) / 2;
    if (allBelow(middle)) high = middle;
    else low = middle;
  }
  return Math.sqrt(high);
}

/** One factor after the other, the length taken out each time. */
function through<F>(factors: readonly F[], v: Float64Array, apply: (factor: F, v: Float64Array) => void): number {
  let size = 0;
  for (const factor of factors) {
    apply(factor, v);
    // Squares of what one factor makes of a unit vector overflow or vanish only when norm has to be asked.
    const square = dot(v, v);
    const length =
      square > 1e-200 && square < 1e200 ? Math.sqrt(square) : norm({ rows: v.length, columns: 1, data: v });
    if (length === 0) return Number.NEGATIVE_INFINITY;
    for (let i = 0; i < v.length; i++) v[i]! /= length;
    size += ln(length);
  }
  return size;
}

/** v becomes A·v. */
function multiply({ columns, data }: Matrix, v: Float64Array): void {
  const before = v.slice();
  for (let i = 0; i < v.length; i++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += data[i * columns + j]! * before[j]!;
    v[i] = sum;
  }
}

/** v becomes Aᵀ·v. */
function multiplyTransposed({ columns, data }: Matrix, v: Float64Array): void {
  const before = v.slice();
  v.fill(0);
  for (let i = 0; i < before.length; i++)
    for (let j = 0; j < columns; j++) v[j]! += data[i * columns + j]! * before[i]!;
}

// Solving with a square matrix: LU with partial pivoting (Golub & Van Loan 2013, algorithm 3.4.1).

/** P·A = L·U, both in one array, L with a unit diagonal. */
interface Factorised {
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
