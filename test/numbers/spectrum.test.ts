// Singular values, spectral radius, LU and long products against what is known in closed form.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { factorise, logExtremeSingularValues, solve, solveTransposed } from '../../lib/numbers/long-product.ts';
import { filled, type Matrix, matrix, norm } from '../../lib/numbers/matrix.ts';
import { orthogonalMatrix, random } from '../../lib/numbers/random.ts';
import { multiply, scaleMatrix, singularValues, spectralRadius } from '../../lib/numbers/spectrum.ts';
import fc from '../fast-check.ts';

const near = (a: number, b: number, tolerance = 1e-10): void =>
  assert.ok(Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b)), `${a} and ${b}`);
const gaussian = (n: number, seed: number): Matrix => filled(n, n, random(seed).normal);

describe('singular values', () => {
  it('of a diagonal matrix are its entries', () =>
    assert.deepEqual(singularValues(matrix(2, 2, [3, 0, 0, -4])), [4, 3]));
  it('of an orthogonal matrix are 1', () => {
    for (const s of singularValues(orthogonalMatrix(9, 9, random(1)))) near(s, 1);
  });
  it('have the determinant as their product and the Frobenius norm as their length', () => {
    const s = singularValues(matrix(2, 2, [1, 2, 3, 4]));
    near(s[0]! * s[1]!, 2);
    near(Math.hypot(...s), Math.sqrt(30));
  });
});

describe('the spectral radius', () => {
  it('of a rotation is 1, of a triangle its largest diagonal entry, of a nilpotent matrix 0', () => {
    near(spectralRadius(matrix(2, 2, [0.6, -0.8, 0.8, 0.6])), 1);
    near(spectralRadius(matrix(2, 2, [0.5, 100, 0, 0.4])), 0.5, 1e-9);
    assert.equal(spectralRadius(matrix(2, 2, [0, 1, 0, 0])), 0);
  });
  it('scales with the matrix', () => {
    const a = gaussian(12, 3);
    near(spectralRadius(scaleMatrix(a, 0.25)), 0.25 * spectralRadius(a), 1e-9);
  });
});

describe('LU', () => {
  it('solves, also with the transpose', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.nat(), (n, seed) => {
        const a = gaussian(n, seed);
        const b = filled(n, 1, random(seed + 1).normal);
        const lu = factorise(a)!;
        const transposed = matrix(
          n,
          n,
          Float64Array.from({ length: n * n }, (_, i) => a.data[(i % n) * n + Math.floor(i / n)]!),
        );
        for (const [matrixOf, apply] of [
          [a, solve],
          [transposed, solveTransposed],
        ] as const) {
          const x = b.data.slice();
          apply(lu, x);
          const back = multiply(matrixOf, matrix(n, 1, x));
          const residual = norm(
            matrix(
              n,
              1,
              back.data.map((v, i) => v - b.data[i]!),
            ),
          );
          assert.ok(residual <= 1e-12 * n * norm(a) * norm(matrix(n, 1, x)));
        }
      }),
      { numRuns: 100, seed: 1 },
    );
  });
  it('says of a singular matrix that it is', () => assert.equal(factorise(matrix(2, 2, [1, 2, 2, 4])), undefined));
});

describe('the extreme singular values of a long product', () => {
  it('are those of the product where that can be formed', () => {
    const factors = [gaussian(6, 1), gaussian(6, 2), gaussian(6, 3)];
    const exact = singularValues(multiply(factors[2]!, multiply(factors[1]!, factors[0]!)));
    const { largest, smallest } = logExtremeSingularValues(factors);
    near(largest, Math.log(exact[0]!), 1e-8);
    near(smallest, Math.log(exact[5]!), 1e-8);
  });
  it('are right far below what a double holds', () => {
    // Orthogonal Q_t and one diagonal: σ of ∏ Q_t D Q_{t-1}ᵀ is D^T.
    const d = [1.5, 1, 0.01];
    const qs = Array.from({ length: 301 }, (_, t) => orthogonalMatrix(3, 3, random(t)));
    const transpose = (a: Matrix) =>
      matrix(
        3,
        3,
        Float64Array.from({ length: 9 }, (_, i) => a.data[(i % 3) * 3 + Math.floor(i / 3)]!),
      );
    const diagonal = matrix(3, 3, [d[0]!, 0, 0, 0, d[1]!, 0, 0, 0, d[2]!]);
    const factors = Array.from({ length: 300 }, (_, t) => multiply(qs[t + 1]!, multiply(diagonal, transpose(qs[t]!))));
    const { largest, smallest } = logExtremeSingularValues(factors);
    near(largest, 300 * Math.log(1.5), 1e-10);
    near(smallest, 300 * Math.log(0.01), 1e-10);
  });
  it('are bounded where a factor is singular to rounding, and 0 where it has a row of zeros', () => {
    const regular = gaussian(4, 1);
    // Rank 3, up to rounding: the last row is the sum of the others.
    const rows = gaussian(4, 2).data.slice(0, 12);
    const last = [0, 1, 2, 3].map((j) => rows[j]! + rows[4 + j]! + rows[8 + j]!);
    const singular = matrix(4, 4, [...rows, ...last]);
    for (const factors of [
      [singular, regular],
      [regular, singular],
      [singular, regular, singular],
    ]) {
      const found = logExtremeSingularValues(factors);
      assert.equal(found.isBound, true);
      // No product can be told from a singular one below n ε times the norms of its factors.
      const norms = factors.reduce((sum, f) => sum + Math.log(singularValues(f)[0]!), 0);
      assert.ok(found.smallest <= norms + Math.log(4 * Number.EPSILON) + 1e-8);
      assert.ok(found.smallest > found.largest + Math.log(Number.EPSILON));
    }
    const zeroRow = matrix(4, 4, [...rows, 0, 0, 0, 0]);
    assert.deepEqual(
      { ...logExtremeSingularValues([regular, zeroRow]), largest: 0 },
      { largest: 0, smallest: Number.NEGATIVE_INFINITY },
    );
  });
  it('are right to the condition of the factors: 1e-12 relatively for diagonals of 1e-8, far below ε · σ max', () => {
    const factors = Array.from({ length: 5 }, (_, t) => matrix(2, 2, [1, 0.5 + t, 0, 1e-8]));
    const found = logExtremeSingularValues(factors);
    assert.equal(found.isBound, undefined);
    // The two singular values multiply to the determinant.
    near(found.smallest + found.largest, 5 * Math.log(1e-8), 1e-8);
    assert.ok(found.smallest < found.largest + Math.log(Number.EPSILON));
  });
});

describe('random numbers', () => {
  it('of one seed are always the same, here and everywhere', () => {
    const draws = (seed: number) => {
      const rng = random(seed);
      return [rng.uniform(), rng.normal(), rng.below(1000)];
    };
    assert.deepEqual(draws(42), draws(42));
    assert.notDeepEqual(draws(42), draws(43));
  });
  it('have the moments of their distributions', () => {
    const rng = random(7);
    const n = 200_000;
    const draws = Array.from({ length: n }, rng.normal);
    const mean = draws.reduce((a, b) => a + b, 0) / n;
    const variance = draws.reduce((a, b) => a + b * b, 0) / n;
    const fourth = draws.reduce((a, b) => a + b ** 4, 0) / n;
    assert.ok(Math.abs(mean) < 0.01 && Math.abs(variance - 1) < 0.02 && Math.abs(fourth - 3) < 0.1);
  });
  it('of a named fork do not depend on what else was drawn', () => {
    const a = random(1);
    const b = random(1);
    b.uniform();
    assert.equal(a.fork('x').uniform(), b.fork('x').uniform());
    assert.notEqual(a.fork('x').uniform(), a.fork('y').uniform());
  });
});
