// The extreme singular values of a long product of matrices, far below what a double holds.
// The product is never formed: the largest comes from a Lanczos iteration through the factors, with the scale kept as a logarithm, the
// smallest from the same iteration through their inverses (Golub & Van Loan 2013, section 10.4).

import { exp, log as ln } from './elementary.ts';
import { type Factorised, factorise, solve, solveTransposed } from './lu.ts';
import { type Matrix, norm } from './matrix.ts';
import { random, unitVector } from './random.ts';

/** log σ_max and log σ_min of factors[T-1] · … · factors[0], all n×n; -Infinity for a zero. */
export interface LogExtremes {
  readonly largest: number;
  readonly smallest: number;
}

/** Each is right to about 1e-8 + Σ cond(factor) · 1e-16, relatively. */
export function logExtremeSingularValues(factors: readonly Matrix[]): LogExtremes {
  const n = factors[0]?.rows ?? 0;
  const largest = logNorm(
    n,
    (v) => through(factors, v, multiply),
    (v) => through(factors.toReversed(), v, multiplyTransposed),
  );
  const inverses: Factorised[] = [];
  for (const factor of factors) {
    const inverse = factorise(factor);
    if (inverse === undefined) return { largest, smallest: Number.NEGATIVE_INFINITY };
    inverses.push(inverse);
  }
  // (J_T … J_1)⁻¹ = J_1⁻¹ … J_T⁻¹
  const reversed = inverses.toReversed();
  const inverse = logNorm(
    n,
    (v) => through(reversed, v, solve),
    (v) => through(inverses, v, solveTransposed),
  );
  return { largest, smallest: -inverse };
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

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
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
