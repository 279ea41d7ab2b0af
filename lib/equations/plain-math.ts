// The arithmetic of the language in plain loops over small matrices: for thousands of programs that are each run a few times, where
// compiling a kernel would cost more than it saves and mathjs is a hundred times slower. Scalars are plain numbers.

import { exp } from '../numbers/elementary.ts';
import { type Matrix, zeros } from '../numbers/matrix.ts';

export type PlainValue = number | Matrix;

const isNumber = (a: PlainValue): a is number => typeof a === 'number';

export const each =
  (f: (a: number) => number) =>
  (a: PlainValue): PlainValue => {
    if (isNumber(a)) return f(a);
    const out = zeros(a.rows, a.columns);
    for (let i = 0; i < out.data.length; i++) out.data[i] = f(a.data[i]!);
    return out;
  };

/** Shapes are the reader's business; one of the two may be a scalar. */
export const both =
  (f: (a: number, b: number) => number) =>
  (a: PlainValue, b: PlainValue): PlainValue => {
    if (isNumber(a)) return isNumber(b) ? f(a, b) : each((entry) => f(a, entry))(b);
    if (isNumber(b)) return each((entry) => f(entry, b))(a);
    const out = zeros(a.rows, a.columns);
    for (let i = 0; i < out.data.length; i++) out.data[i] = f(a.data[i]!, b.data[i]!);
    return out;
  };

const scaled = both((a, b) => a * b);

export function matmul(a: PlainValue, b: PlainValue): PlainValue {
  if (isNumber(a) || isNumber(b)) return scaled(a, b);
  const out = zeros(a.rows, b.columns);
  for (let row = 0; row < a.rows; row++)
    for (let column = 0; column < b.columns; column++) {
      let sum = 0;
      for (let k = 0; k < a.columns; k++) sum += a.data[row * a.columns + k]! * b.data[k * b.columns + column]!;
      out.data[row * b.columns + column] = sum;
    }
  return plain(out);
}

export function transposeMatrix(a: PlainValue): PlainValue {
  if (isNumber(a)) return a;
  const out = zeros(a.columns, a.rows);
  for (let row = 0; row < a.rows; row++)
    for (let column = 0; column < a.columns; column++)
      out.data[column * a.rows + row] = a.data[row * a.columns + column]!;
  return out;
}

export function sumOfEntries(a: PlainValue): number {
  if (isNumber(a)) return a;
  let sum = 0;
  for (const entry of a.data) sum += entry;
  return sum;
}

export function softmax(a: PlainValue): PlainValue {
  if (isNumber(a)) return Number.isNaN(a) ? a : 1;
  // The largest entry is taken off first: exp overflows above 709.
  let largest = Number.NEGATIVE_INFINITY;
  for (const entry of a.data) largest = Math.max(largest, entry);
  const raised = each((entry) => exp(entry - largest))(a);
  const sum = sumOfEntries(raised);
  return each((entry) => entry / sum)(raised);
}

/** A 1×1 matrix is a scalar of the language. */
export const plain = (a: Matrix): PlainValue => (a.rows === 1 && a.columns === 1 ? a.data[0]! : a);
