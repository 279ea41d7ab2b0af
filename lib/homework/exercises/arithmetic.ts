// Sums and multiples of values of the same shape, whatever it is.

import type { Value } from '../value.ts';

/** f of the numbers at the same place of each value. Throws RangeError where the shapes differ. */
export function combined(f: (...numbers: number[]) => number, ...values: readonly Value[]): Value {
  const [first] = values;
  if (typeof first === 'number') return f(...(values as number[]));
  if (Array.isArray(first)) {
    const lists = values as readonly (readonly Value[])[];
    if (lists.some(({ length }) => length !== first.length)) throw new RangeError('lists of unequal lengths');
    return first.map((_, k) => combined(f, ...lists.map((list) => list[k]!)));
  }
  if (typeof first !== 'object') throw new RangeError(`${JSON.stringify(first)} is no number`);
  const records = values as readonly { readonly [name: string]: Value }[];
  const named = Object.keys(first).map(
    (name) => [name, combined(f, ...records.map((record) => record[name]!))] as const,
  );
  return Object.fromEntries(named);
}

export const plus = <Of extends Value>(a: Of, b: Of): Of => combined((x, y) => x! + y!, a, b) as Of;
export const scaled = <Of extends Value>(factor: number, a: Of): Of => combined((x) => factor * x!, a) as Of;
export const zerosLike = <Of extends Value>(a: Of): Of => combined(() => 0, a) as Of;

/** The sum of values of the same shape, of which there is at least one. */
export const total = <Of extends Value>(values: readonly Of[]): Of => values.reduce(plus);

/** u·vᵀ */
export const outer = (u: readonly number[], v: readonly number[]): number[][] => u.map((a) => v.map((b) => a * b));
