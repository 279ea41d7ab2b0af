// A random matrix with orthonormal rows or columns, whichever are fewer. Gram–Schmidt, twice (Giraud et al. 2005), on a Gaussian matrix.

import { filled, type Matrix, zeros } from './matrix.ts';
import type { Random } from './random.ts';

/** rows×columns; A Aᵀ = I when rows ≤ columns, AᵀA = I otherwise. */
export function orthogonalMatrix(rows: number, columns: number, rng: Random): Matrix {
  const [count, length] = rows <= columns ? [rows, columns] : [columns, rows];
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const v = filled(length, 1, rng.normal).data;
    for (let pass = 0; pass < 2; pass++)
      for (const u of vectors) {
        const along = dot(u, v);
        for (let i = 0; i < length; i++) v[i]! -= along * u[i]!;
      }
    const size = Math.sqrt(dot(v, v));
    if (size < 1e-8) continue;
    vectors.push(v.map((value) => value / size));
  }
  const out = zeros(rows, columns);
  for (const [i, v] of vectors.entries())
    for (const [j, value] of v.entries()) out.data[rows <= columns ? i * columns + j : j * columns + i] = value;
  return out;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
