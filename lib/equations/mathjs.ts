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
import type { OpName } from './expression.ts';
import { type Arithmetic, type Operation, ops } from './ops.ts';
import { type PlainValue, plain } from './plain-math.ts';

export type MathValue = number | MathMatrix;
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

const isNumber = (a: unknown): a is number => typeof a === 'number';
const rowsOf = (a: MathMatrix): number[][] => a.valueOf() as number[][];
const each =
  (f: (a: number) => number) =>
  (a: MathValue): MathValue =>
    isNumber(a) ? f(a) : math.matrix!(rowsOf(a).map((row) => row.map((entry) => f(entry))));
/** A 1×1 product is a scalar of the language. */
const unboxed = (a: MathValue): MathValue => {
  if (isNumber(a)) return a;
  const [rows, columns] = a.size();
  return rows === 1 && columns === 1 ? (a.get([0, 0]) as number) : a;
};

/** Where mathjs has the op under another name or not entry by entry, or where it has none: then with the exponential of the platform, not ours. */
const special: { readonly [op in OpName]?: Operation<MathValue> } = {
  add: (a, b) => math.add!(a, b),
  subtract: (a, b) => math.subtract!(a, b),
  negate: (a) => math.unaryMinus!(a),
  product: (a, b) => unboxed(math.multiply!(a, b)),
  times: (a, b) => math.dotMultiply!(a, b),
  divide: (a, b) => math.dotDivide!(a, b),
  power: (a, b) => math.dotPow!(a, b),
  transpose: (a) => (isNumber(a!) ? a : math.transpose!(a)),
  sum: (a) => (isNumber(a!) ? a : math.sum!(a)),
  sigmoid: each((a) => 1 / (1 + Math.exp(-a))),
  softmax: (a) => {
    if (isNumber(a!)) return Number.isNaN(a) ? a : 1;
    // The largest entry is taken off first: exp overflows above 709.
    const largest = Math.max(...rowsOf(a!).flat());
    const raised = each((v) => Math.exp(v - largest))(a!);
    return math.dotDivide!(raised, math.sum!(raised));
  },
};

/** The other functions: of mathjs where it has them, else as the op table says. */
const ordinary = (op: OpName): Operation<MathValue> =>
  op in math
    ? each((a) => math[op]!(a) as number)
    : (...args) => {
        const value = ops[op].value(...args.map((arg): PlainValue => plain(fromMath(arg))));
        return isNumber(value) ? value : toMath(value);
      };

export const mathEngine = Object.fromEntries(
  (Object.keys(ops) as OpName[]).map((op) => [op, special[op] ?? ordinary(op)]),
) as unknown as Arithmetic<MathValue>;

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
