// What properties of several exercises have in common.

import type { Answer, Held } from '../exercise.ts';
import type { Value } from '../value.ts';

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
export const entries = (value: Value): readonly number[] => value as readonly number[];

export const negated = (value: Value): number[] => entries(value).map((entry) => -entry);

/** sigmoid of this and of what a gate reads beside it is 1 to the last digit; of its negative, below 1e-20. e^60 is far from overflow. */
const wideOpen = 60;

/** The record of weights with gates held open or shut by their bias. */
export function withGates(p: Value, gates: Readonly<Record<string, 'open' | 'shut'>>): Value {
  const biases = Object.entries(gates).map(([gate, how]) => {
    const bias = entries((p as Readonly<Record<string, Value>>)[`b_${gate}`]!);
    return [`b_${gate}`, bias.map(() => (how === 'open' ? wideOpen : -wideOpen))];
  });
  return { ...(p as object), ...Object.fromEntries(biases) };
}
