// What properties of several exercises have in common.

import type { Held } from '../exercise.ts';
import type { Answer, Value } from '../value.ts';

// Sums and multiples of values of the same shape, whatever it is.

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

export const add = <Of extends Value>(a: Of, b: Of): Of => combined((x, y) => x! + y!, a, b) as Of;
export const scaled = <Of extends Value>(factor: number, a: Of): Of => combined((x) => factor * x!, a) as Of;
export const zerosLike = <Of extends Value>(a: Of): Of => combined(() => 0, a) as Of;

/** The sum of values of the same shape, of which there is at least one. */
export const total = <Of extends Value>(values: readonly Of[]): Of => values.reduce(add);

/** u·vᵀ */
export const outer = (u: readonly number[], v: readonly number[]): number[][] => u.map((a) => v.map((b) => a * b));

/** A property's verdict on one call, with what speaks against it. */
export const held = (holds: boolean, given: readonly Value[], got: Answer, because: string): Held =>
  holds ? { holds } : { holds, given, got, because };

/** Whether two values of one shape agree in every entry, to what two answers within the tolerance can differ by. */
export function near(a: Value, b: Value, tolerance = 1e-8): boolean {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));
  const [left, right] = [Object.values(a), Object.values(b)];
  return left.length === right.length && left.every((entry, k) => near(entry, right[k], tolerance));
}

/** Vectors as what they are: a property draws them itself. */
export const asVector = (value: Value): readonly number[] => value as readonly number[];

export const negated = (value: Value): number[] => asVector(value).map((entry) => -entry);

/** sigmoid of this and of what a gate reads beside it is 1 to the last digit; of its negative, below 1e-20. e^60 is far from overflow. */
const wideOpen = 60;

/** The record of weights with gates held open or shut by their bias. */
export function withGates(p: Value, gates: Readonly<Record<string, 'open' | 'shut'>>): Value {
  const biases = Object.entries(gates).map(([gate, how]) => {
    const bias = asVector((p as Readonly<Record<string, Value>>)[`b_${gate}`]!);
    return [`b_${gate}`, bias.map(() => (how === 'open' ? wideOpen : -wideOpen))];
  });
  return { ...(p as object), ...Object.fromEntries(biases) };
}
