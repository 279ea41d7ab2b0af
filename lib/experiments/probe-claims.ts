// What `probe` claims. The bounds for the text made by rule were measured on 20 seeds with lstm, H = 16 (test/experiments/probe.deep.test.ts)
// and leave room; of a text that somebody brings, only what no choice of the best may fake.

import { claim } from './claim.ts';
import type { Looked, Probed, ProbeOptions } from './probe.ts';
import { type PropertyName, properties } from './properties.ts';
import type { Claim } from './result.ts';

/** Least AUC of the best unit after training, and whether it is above the best before. */
const known: Partial<Record<PropertyName, number>> = { quotes: 0.8, space: 0.75 };

export function probeClaims(found: readonly Probed[], options: ProbeOptions, { known: looked }: Looked): Claim[] {
  const everySeed = options.seeds > 1 ? `, in each of ${options.seeds} seeds` : '';
  const best = (of: 'trained' | 'untrained', p: number): number[] => found.map((each) => each[of][p]![0]!.measured);
  const claims: Claim[] = [];
  if (options.task.name === 'rule')
    for (const [p, { name }] of looked.entries()) {
      const least = known[name];
      if (least === undefined) continue;
      const { says } = properties[name];
      const [after, before] = [best('trained', p), best('untrained', p)];
      claims.push(
        claim(
          `${name}-known`,
          `one unit tells \`${says}\` with an AUC above ${least}${everySeed}`,
          Math.min(...after),
          '>',
          least,
        ),
        claim(
          `${name}-learned`,
          `and better than the best unit before training${everySeed}: least difference`,
          Math.min(...after.map((value, k) => value - before[k]!)),
          '>',
          0,
        ),
      );
    }
  return claims;
}
