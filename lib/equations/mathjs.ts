// The part of mathjs that evaluates: no function that reads files, evaluates strings or imports is in it.
// Columns are n×1 DenseMatrix, scalars plain numbers.

import {
  absDependencies,
  addDependencies,
  create,
  dotDivideDependencies,
  dotMultiplyDependencies,
  dotPowDependencies,
  expDependencies,
  logDependencies,
  type Matrix as MathMatrix,
  matrixDependencies,
  multiplyDependencies,
  signDependencies,
  sqrtDependencies,
  subtractDependencies,
  sumDependencies,
  tanhDependencies,
  transposeDependencies,
  unaryMinusDependencies,
} from 'mathjs';
import type { Matrix } from '../numbers/matrix.ts';

export type MathValue = number | MathMatrix;
type One<M> = (a: number | M) => number | M;
type Two<M> = (a: number | M, b: number | M) => number | M;

/** What the op table may ask of mathjs, or of another arithmetic with matrices `M`. */
export interface MathEngine<M = MathMatrix> {
  readonly add: Two<M>;
  readonly subtract: Two<M>;
  readonly multiply: Two<M>;
  readonly dotMultiply: Two<M>;
  readonly dotDivide: Two<M>;
  readonly dotPow: Two<M>;
  readonly unaryMinus: One<M>;
  readonly transpose: One<M>;
  readonly sum: One<M>;
  readonly sigmoid: One<M>;
  readonly tanh: One<M>;
  readonly relu: One<M>;
  readonly step: One<M>;
  readonly exp: One<M>;
  readonly log: One<M>;
  readonly sqrt: One<M>;
  readonly abs: One<M>;
  readonly sign: One<M>;
  readonly softmax: One<M>;
}

// predictable: log(-1) is NaN, as in the compiled engine, and not a complex number.
const math = create(
  {
    absDependencies,
    addDependencies,
    dotDivideDependencies,
    dotMultiplyDependencies,
    dotPowDependencies,
    expDependencies,
    logDependencies,
    matrixDependencies,
    multiplyDependencies,
    signDependencies,
    sqrtDependencies,
    subtractDependencies,
    sumDependencies,
    tanhDependencies,
    transposeDependencies,
    unaryMinusDependencies,
  } as Parameters<typeof create>[0],
  { predictable: true },
) as unknown as { readonly [name: string]: (...args: unknown[]) => MathValue };

const isNumber = (a: MathValue): a is number => typeof a === 'number';
const rowsOf = (a: MathMatrix): number[][] => a.valueOf() as number[][];
const each =
  (f: (a: number) => number): One<MathMatrix> =>
  (a) =>
    isNumber(a) ? f(a) : math.matrix!(rowsOf(a).map((row) => row.map((entry) => f(entry))));
/** A 1×1 product is a scalar of the language. */
const unboxed = (a: MathValue): MathValue => {
  if (isNumber(a)) return a;
  const [rows, columns] = a.size();
  return rows === 1 && columns === 1 ? (a.get([0, 0]) as number) : a;
};

export const mathEngine: MathEngine = {
  add: (a, b) => math.add!(a, b),
  subtract: (a, b) => math.subtract!(a, b),
  multiply: (a, b) => unboxed(math.multiply!(a, b)),
  dotMultiply: (a, b) => math.dotMultiply!(a, b),
  dotDivide: (a, b) => math.dotDivide!(a, b),
  dotPow: (a, b) => math.dotPow!(a, b),
  unaryMinus: (a) => math.unaryMinus!(a),
  transpose: (a) => (isNumber(a) ? a : math.transpose!(a)),
  sum: (a) => (isNumber(a) ? a : math.sum!(a)),
  sigmoid: each((a) => 1 / (1 + Math.exp(-a))),
  tanh: each((a) => math.tanh!(a) as number),
  relu: each((a) => (a > 0 ? a : Number.isNaN(a) ? a : 0)),
  step: each((a) => (a > 0 ? 1 : Number.isNaN(a) ? a : 0)),
  exp: each((a) => math.exp!(a) as number),
  log: each((a) => math.log!(a) as number),
  sqrt: each((a) => math.sqrt!(a) as number),
  abs: each((a) => math.abs!(a) as number),
  sign: each((a) => math.sign!(a) as number),
  softmax: (a) => {
    if (isNumber(a)) return Number.isNaN(a) ? a : 1;
    // The largest entry is taken off first: exp overflows above 709.
    const largest = Math.max(...rowsOf(a).flat());
    const raised = each((v) => Math.exp(v - largest))(a);
    return math.dotDivide!(raised, math.sum!(raised));
  },
};

/** Our matrix as a value of mathjs; 1×1 becomes a number. */
export function toMath({ rows, columns, data }: Matrix): MathValue {
  if (rows === 1 && columns === 1) return data[0]!;
  const nested = Array.from({ length: rows }, (_, r) => Array.from(data.subarray(r * columns, (r + 1) * columns)));
  return math.matrix!(nested);
}

/** A value of mathjs as our matrix. */
export function fromMath(value: MathValue): Matrix {
  if (isNumber(value)) return { rows: 1, columns: 1, data: Float64Array.of(value) };
  const [rows, columns] = value.size() as [number, number];
  return { rows, columns, data: Float64Array.from(rowsOf(value).flat()) };
}
