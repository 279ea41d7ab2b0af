// Whole points for checks of different weight: nobody likes 1.714 of 12.

import type { Status } from './report.ts';

/**
 * The points of a report from those of its checks. A violation earns nothing. Full points are for a pass alone: what ends the run after its
 * last check costs one.
 */
export const earnedPoints = (status: Status, most: number, points: readonly number[]): number => {
  const sum = points.reduce((total, one) => total + one, 0);
  if (status === 'violation') return 0;
  return status === 'pass' ? sum : Math.min(sum, most - 1);
};

/**
 * `points` shared out by weight in whole numbers that sum to it, at least 1 for each check that has a weight: the rest by largest remainder,
 * the first of equals first. Weight 0 gets nothing. Throws RangeError where there are fewer points than checks to be paid.
 */
export function sharedOut(points: number, weights: readonly number[]): number[] {
  const least = weights.map((weight) => (weight > 0 ? 1 : 0));
  const rest = points - least.reduce<number>((sum, one) => sum + one, 0);
  if (rest < 0) throw new RangeError(`${points} points for ${points - rest} checks: each must be worth at least one`);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const exact = weights.map((weight) => (rest * weight) / total);
  const shares = exact.map((share, i) => Math.floor(share) + least[i]!);
  const left = points - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = exact
    .map((share, i) => ({ i, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  for (const { i } of byRemainder.slice(0, left)) shares[i]! += 1;
  return shares;
}
