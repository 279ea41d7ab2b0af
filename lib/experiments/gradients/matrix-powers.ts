// Does an eigenvalue below 1 mean that the gradient shrinks? ‖W^l‖ over l for one matrix, beside ρ^l.
// The matrix [[.9, 3], [0, .9]] is the classic answer: in the end, and not before it has grown elevenfold.

import { InputError } from '../../equations/input-error.ts';
import { counted } from '../../numbers/counted.ts';
import { exp, log, pow } from '../../numbers/elementary.ts';
import type { Matrix } from '../../numbers/matrix.ts';
import { multiply, scaleMatrix, singularValues, spectralRadius } from '../../numbers/spectrum.ts';
import { greatest } from '../../numbers/statistics.ts';
import { matrixFrom } from '../../options/matrix-text.ts';
import { single, textOption } from '../../options/option.ts';
import { stepsFrom } from '../../options/sequence-options.ts';
import { once, type Typed } from '../../options/typed.ts';
import type { Claim } from '../../render/result.ts';
import { claim } from '../kit/claim.ts';
import { calculation } from '../kit/experiment.ts';
import { left } from '../table-columns.ts';
import { fromLog10 } from './jacobian-product.ts';

export const matrixPowers = calculation({
  name: 'gradients',
  question: 'Does an eigenvalue below 1 mean that the gradient shrinks?',
  options: {
    /** Square. */
    matrix: {
      ...single('matrix', textOption('Instead', 'the powers of one matrix, ".9 3; 0 .9"'), (typed) =>
        matrixFrom('--matrix', once('--matrix', typed)!),
      ),
      json: (matrix: Matrix) => ({ matrix: rowsOf(matrix) }),
    },
    /** The largest power. */
    steps: { read: (args) => stepsFrom(args.steps as Typed) ?? 100 },
  },
  answer({ matrix, steps }) {
    if (matrix.rows !== matrix.columns)
      throw new InputError('--matrix', `A matrix of ${matrix.rows}×${matrix.columns} has no powers.`, {
        expected: 'as many columns as rows',
        got: `${counted(matrix.rows, 'row')} and ${counted(matrix.columns, 'column')}`,
        fix: 'separate the rows by semicolons: ".9 3; 0 .9"',
      });
    const radius = spectralRadius(matrix);
    const norms = normsOfPowers(matrix, steps);
    const logs = norms.map(({ log10 }) => log10);
    const largest = norms[logs.indexOf(greatest(logs))]!;
    const peak = norms.indexOf(largest) + 1;
    const below = logs.findLastIndex((log) => log >= 0) + 2;
    const powers = norms.map((_, l) => l + 1);
    const drawn = (value: number | string | null) =>
      typeof value === 'number' && Number.isFinite(value) ? value : null;
    return {
      figures: [
        {
          kind: 'lines',
          title: '‖W^l‖, the most that l linear steps can do to a gradient, beside ρ^l, log scale',
          settings: `ρ ${short(radius)} · σ max ${short(norms[0]!.value)}`,
          x: { label: 'l', values: powers },
          y: { label: '‖W^l‖', scale: 'log' },
          series: [
            { name: '‖W^l‖', values: norms.map(({ value }) => drawn(value)) },
            { name: 'ρ^l', values: powers.map((l) => drawn(pow(radius, l))) },
          ],
        },
        {
          kind: 'table',
          title: 'The matrix in numbers',
          columns: [...left('what'), { title: 'value', align: 'right', digits: 6 }],
          rows: [
            ['spectral radius ρ', radius],
            ['largest singular value σ max', norms[0]!.value],
            ['largest ‖W^l‖', largest.value],
            ['reached at l', peak],
            ['below 1 for good from l', below > steps ? `after ${steps}` : below],
            [`‖W^l‖ at l = ${steps}`, norms.at(-1)!.value],
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
  },
});

/** A norm as a number, or in words where no double holds it, and its logarithm. */
interface NormOfPower {
  readonly value: number | string;
  readonly log10: number;
}

const far = 2.037035976334486e90; // 2^300: to scale by it rounds nothing.

/** ‖W^l‖ for l = 1 … steps; the product is scaled as it goes, so that it neither overflows nor underflows. */
function normsOfPowers(matrix: Matrix, steps: number): NormOfPower[] {
  const within = (a: Matrix): { a: Matrix; scales: number } => {
    const largest = greatest(a.data.map(Math.abs));
    if (largest > far) return { a: scaleMatrix(a, 1 / far), scales: 1 };
    return largest > 0 && largest < 1 / far ? { a: scaleMatrix(a, far), scales: -1 } : { a, scales: 0 };
  };
  let { a: factor, scales: each } = within(matrix);
  for (let again = within(factor); again.scales !== 0; again = within(factor)) {
    factor = again.a;
    each += again.scales;
  }
  let [product, scales] = [factor, each];
  const norms: NormOfPower[] = [];
  for (let l = 1; l <= steps; l++) {
    const norm = singularValues(product)[0]!;
    const log10 = (log(norm) + scales * log(far)) / Math.LN10;
    norms.push({ value: scales === 0 ? norm : fromLog10(log10)!, log10 });
    const next = within(multiply(product, factor));
    [product, scales] = [next.a, scales + each + next.scales];
  }
  return norms;
}

/** What the theory of norms says about any matrix, held against the one given. */
function claimsOf(radius: number, all: readonly NormOfPower[]): Claim[] {
  // ρ(W)^l ≤ ‖W^l‖ ≤ ‖W‖^l, up to rounding; by logarithms, for a power may lie beyond what a double holds.
  const logs = all.map(({ log10 }) => log10 * Math.LN10);
  const ratios = (of: number) => logs.map((own, i) => exp(own - (i + 1) * of));
  const lower = radius === 0 ? 1 : Math.min(...ratios(log(radius)));
  const upper = logs[0] === Number.NEGATIVE_INFINITY ? 1 : Math.max(...ratios(logs[0]!));
  const claims = [
    claim('radius-below-norm', 'ρ^l never exceeds ‖W^l‖: their smallest ratio', lower, '>=', 1 - 1e-9),
    claim('norm-of-powers', '‖W^l‖ never exceeds σ max^l: their largest ratio', upper, '<=', 1 + 1e-9),
  ];
  if (radius < 1)
    claims.push(
      claim(
        'shrinks-in-the-end',
        'with ρ below 1 the last power is smaller than the largest',
        exp(logs.at(-1)! - greatest(logs)),
        '<',
        1,
      ),
    );
  return claims;
}

const rowsOf = ({ rows, columns, data }: Matrix): number[][] =>
  Array.from({ length: rows }, (_, r) => Array.from(data.subarray(r * columns, (r + 1) * columns)));
const short = (value: number | string): string => String(Number(Number(value).toPrecision(4)));
