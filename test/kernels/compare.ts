// Two engines' numbers side by side.

import assert from 'node:assert/strict';
import type { Gradients, Trace } from '../../lib/equations/trace.ts';

/** Everything an engine gives, by name, steps joined. */
export function numbersOf(given: Trace & Gradients): Map<string, Float64Array> {
  const joined = (steps: readonly { readonly data: Float64Array }[]) =>
    Float64Array.from(steps.flatMap(({ data }) => Array.from(data)));
  const all = new Map<string, Float64Array>();
  for (const [name, steps] of given.values) all.set(name, joined(steps));
  for (const [name, { data }] of given.params) all.set(`∂L/∂${name}`, data);
  if (given.inputs !== undefined) all.set('∂L/∂x', joined(given.inputs));
  for (const [name, { data }] of given.initial) all.set(`∂L/∂${name} before the first step`, data);
  for (const [name, steps] of given.sentBack) all.set(`∂L/∂${name}_prev at every step`, joined(steps));
  for (const [name, steps] of given.totals) all.set(`∂L/∂${name} at every step`, joined(steps));
  all.set('the loss', Float64Array.of(given.loss));
  return all;
}

/**
 * The largest difference, measured by the largest number of the same name (but by no less than `least`: where all cancels, nothing
 * is left to compare). NaN and infinities have to be the same on both sides.
 */
export function worstDifference(
  got: ReadonlyMap<string, Float64Array>,
  wanted: ReadonlyMap<string, Float64Array>,
  least = 1e-2,
): { worst: number; where: string } {
  assert.deepEqual([...got.keys()].sort(), [...wanted.keys()].sort());
  let result = { worst: 0, where: '' };
  for (const [name, b] of wanted) {
    const a = got.get(name)!;
    assert.equal(a.length, b.length, name);
    const scale = b.reduce((most, x) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most), least);
    for (const [i, wantedNumber] of b.entries()) {
      if (Object.is(a[i], wantedNumber) || a[i] === wantedNumber) continue;
      const error = Math.abs(a[i]! - wantedNumber) / scale;
      if (!(error <= result.worst))
        result = {
          worst: Number.isNaN(error) ? Number.POSITIVE_INFINITY : error,
          where: `${name}: ${a[i]} and ${wantedNumber}`,
        };
    }
  }
  return result;
}
