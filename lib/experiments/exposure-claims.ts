// What `exposure` claims, of the tasks that come with their data. Every bound is held against the median of the seeds; it was
// measured on 20 seeds (test/experiments/exposure.deep.test.ts), and leaves room.

import type { Claim } from '../render/result.ts';
import type { ExposureOptions, Trained } from './exposure.ts';
import type { ForcedAndFree } from './forced-and-free.ts';
import { claimOfMedian } from './kit/claim.ts';
import { isMeasuredAt, notClaimed } from './kit/measured-at.ts';
import type { WayName } from './ways.ts';

/** Why nothing is claimed, where that is so. */
export function unclaimed(options: ExposureOptions): string[] {
  const at = options.task.exposure?.at;
  return at !== undefined && isMeasuredAt(at, options) ? [] : [notClaimed(at)];
}

export function exposureClaims(found: readonly Trained[], options: ExposureOptions): Claim[] {
  const bounds = options.task.exposure;
  if (bounds === undefined || !isMeasuredAt(bounds.at, options)) return [];
  const { grows, after, plateau, costs, helps, hurts } = bounds;
  const runsOf = (way: WayName): readonly ForcedAndFree[] | undefined => found.find((each) => each.way === way)?.runs;
  const { seed } = options;
  const [forced, scheduled] = [runsOf('forced'), runsOf('scheduled')];
  const claims: Claim[] = [];
  if (forced !== undefined) {
    const growth = forced.map((run) =>
      after === undefined ? run.free / run.forced : run.freeAt[after - 1]! / run.forcedAt[after - 1]!,
    );
    const where = after === undefined ? '' : ` after ${after} steps on its own`;
    claims.push(
      claimOfMedian(
        'grows',
        `teacher forcing: the error on its own words is more than ${grows} times that on the truth${where}`,
        growth,
        '>',
        grows,
        seed,
      ),
    );
    if (plateau !== undefined)
      claims.push(
        claimOfMedian(
          'plateau',
          `and then it stays: over the last third of the steps it is less than ${plateau} points above the middle third`,
          forced.map(({ freeAt }) => meanOf(freeAt, 2 / 3, 1) - meanOf(freeAt, 1 / 3, 2 / 3)),
          '<',
          plateau,
          seed,
        ),
      );
  }
  if (forced !== undefined && scheduled !== undefined) {
    const ratios = (of: 'forced' | 'free') => scheduled.map((run, k) => run[of] / forced[k]![of]);
    if (helps !== undefined)
      claims.push(
        claimOfMedian(
          'scheduled-helps',
          `scheduled sampling: the error on its own words is below ${helps} of teacher forcing's`,
          ratios('free'),
          '<',
          helps,
          seed,
        ),
      );
    if (hurts !== undefined)
      claims.push(
        claimOfMedian(
          'scheduled-hurts',
          `scheduled sampling hurts: the error on its own words is more than ${hurts} times teacher forcing's`,
          ratios('free'),
          '>',
          hurts,
          seed,
        ),
      );
    claims.push(
      claimOfMedian(
        'scheduled-costs',
        `${helps === undefined ? 'scheduled sampling' : 'its price'}: the error on the truth is more than ${costs} times teacher forcing's`,
        ratios('forced'),
        '>',
        costs,
        seed,
      ),
    );
  }
  return claims;
}

export function meanOf(values: readonly number[], from: number, to: number): number {
  const part = values.slice(Math.floor(from * values.length), Math.floor(to * values.length));
  return part.reduce((a, b) => a + b, 0) / part.length;
}
