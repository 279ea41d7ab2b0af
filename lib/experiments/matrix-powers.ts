// Does an eigenvalue below 1 mean that the gradient shrinks? ‖W^l‖ over l for one matrix, beside ρ^l.
// The matrix [[.9, 3], [0, .9]] is the classic answer: in the end, and not before it has grown elevenfold.

import { InputError } from '../equations/input-error.ts';
import { counted } from '../numbers/counted.ts';
import { power } from '../numbers/elementary.ts';
import type { Matrix } from '../numbers/matrix.ts';
import { multiply, singularValues, spectralRadius } from '../numbers/spectrum.ts';
import { claim } from './claim.ts';
import type { Claim, Result } from './result.ts';

export interface MatrixPowersOptions {
  /** Square. */
  readonly matrix: Matrix;
  /** The largest power. */
  readonly steps: number;
}

export function matrixPowers({ matrix, steps }: MatrixPowersOptions): Result {
  if (matrix.rows !== matrix.columns)
    throw new InputError({
      where: '--matrix',
      says: `A matrix of ${matrix.rows}×${matrix.columns} has no powers.`,
      expected: 'as many columns as rows',
      got: `${counted(matrix.rows, 'row')} and ${counted(matrix.columns, 'column')}`,
      mend: 'separate the rows by semicolons: ".9 3; 0 .9"',
    });
  const radius = spectralRadius(matrix);
  const norms: number[] = [];
  let product = matrix;
  for (let l = 1; l <= steps; l++) {
    norms.push(singularValues(product)[0]!);
    product = multiply(product, matrix);
  }
  const largest = Math.max(...norms);
  const peak = norms.indexOf(largest) + 1;
  const below = norms.findLastIndex((n) => n >= 1) + 2;
  const powers = norms.map((_, l) => l + 1);
  return {
    unroll: 1,
    experiment: 'gradients',
    question: 'Does an eigenvalue below 1 mean that the gradient shrinks?',
    options: { matrix: rowsOf(matrix), steps },
    seed: 0,
    figures: [
      {
        kind: 'lines',
        title: '‖W^l‖, the most that l linear steps can do to a gradient, beside ρ^l, log scale',
        settings: `ρ ${short(radius)} · σ max ${short(norms[0]!)}`,
        x: { label: 'l', values: powers },
        y: { label: '‖W^l‖', scale: 'log' },
        series: [
          { name: '‖W^l‖', values: norms },
          { name: 'ρ^l', values: powers.map((l) => power(radius, l)) },
        ],
      },
      {
        kind: 'table',
        title: 'The matrix in numbers',
        columns: [
          { title: 'what', align: 'left' },
          { title: 'value', align: 'right', digits: 6 },
        ],
        rows: [
          ['spectral radius ρ', radius],
          ['largest singular value σ max', norms[0]!],
          ['largest ‖W^l‖', largest],
          ['reached at l', peak],
          ['below 1 for good from l', below > steps ? `after ${steps}` : below],
          [`‖W^l‖ at l = ${steps}`, norms.at(-1)!],
        ],
      },
    ],
    claims: claimsOf(radius, norms),
    notes: [
      'Eigenvalues say what happens in the end, singular values what can happen at once. An eigenvalue below 1 shrinks its own direction, asymptotically.',
      'σ max · γ < 1, with γ the largest slope of the nonlinearity, is sufficient for vanishing; σ max · γ > 1 is necessary for exploding and not sufficient.',
    ],
    next: { says: 'The same in a cell that runs', command: 'unroll gradients rnn --radius .5,.9,1,1.1' },
  };
}

/** What the theory of norms says about any matrix, held against the one given. */
function claimsOf(radius: number, norms: readonly number[]): Claim[] {
  // ρ(W)^l ≤ ‖W^l‖ ≤ ‖W‖^l, up to rounding.
  const lower = Math.min(...norms.map((n, i) => (radius === 0 ? 1 : n / power(radius, i + 1))));
  const upper = Math.max(...norms.map((n, i) => n / power(norms[0]!, i + 1)));
  const claims = [
    claim('radius-below-norm', 'ρ^l never exceeds ‖W^l‖: their smallest ratio', lower, '>=', 1 - 1e-9),
    claim('norm-of-powers', '‖W^l‖ never exceeds σ max^l: their largest ratio', upper, '<=', 1 + 1e-9),
  ];
  if (radius < 1)
    claims.push(
      claim(
        'shrinks-in-the-end',
        'with ρ below 1 the last power is smaller than the largest',
        norms.at(-1)! / Math.max(...norms),
        '<',
        1,
      ),
    );
  return claims;
}

const rowsOf = ({ rows, columns, data }: Matrix): number[][] =>
  Array.from({ length: rows }, (_, r) => Array.from(data.subarray(r * columns, (r + 1) * columns)));
const short = (value: number): string => String(Number(value.toPrecision(4)));
