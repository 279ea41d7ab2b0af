// What `exposure` claims. Every bound is held against every seed; those for the tasks that come with their data were measured on 20
// seeds (test/experiments/exposure.deep.test.ts) and leave room. A series or a text that somebody brings gets the weakest of them.

import { counted } from '../numbers/counted.ts';
import { claim } from './claim.ts';
import type { ExposureOptions, Trained } from './exposure.ts';
import type { ForcedAndFree } from './forced-and-free.ts';
import type { Claim } from './result.ts';
import type { WayName } from './ways.ts';

interface Bounds {
  /** Free over forced error of teacher forcing: over all steps, or after `after` steps. */
  readonly grows: number;
  readonly after?: number;
  /** Percent between the middle and the last third of the steps. */
  readonly plateau?: number;
  /** Scheduled sampling beside teacher forcing: how many times the error on the truth at least. */
  readonly costs: number;
  /** How many times the error on its own words at most, where it helps, or at least, where it hurts. */
  readonly helps?: number;
  readonly hurts?: number;
}

const known: Readonly<Record<string, Bounds>> = {
  labels: { grows: 3, plateau: 10, costs: 1.5, helps: 0.6 },
  'two-sines': { grows: 5, after: 20, costs: 2 },
  'mackey-glass': { grows: 2, after: 20, costs: 3, hurts: 1.5 },
  'logistic-map': { grows: 20, after: 20, costs: 3 },
};
const brought: Bounds = { grows: 1, after: 20, costs: 1 };

export function exposureClaims(found: readonly Trained[], options: ExposureOptions): Claim[] {
  const { grows, after, plateau, costs, helps, hurts } = known[options.task.name] ?? brought;
  const runsOf = (way: WayName): readonly ForcedAndFree[] | undefined => found.find((each) => each.way === way)?.runs;
  const everySeed = options.seeds > 1 ? ', in every seed' : '';
  const [forced, scheduled] = [runsOf('forced'), runsOf('scheduled')];
  const claims: Claim[] = [];
  if (forced !== undefined) {
    const step = Math.min(after ?? 0, options.steps - options.prefix);
    const growth = forced.map((run) =>
      after === undefined ? run.free / run.forced : run.freeAt[step - 1]! / run.forcedAt[step - 1]!,
    );
    const where = after === undefined ? '' : ` after ${counted(step, 'step')} on its own`;
    claims.push(
      claim(
        'grows',
        grows === 1
          ? `teacher forcing: the error on its own words is above that on the truth${where}${everySeed}`
          : `teacher forcing: the error on its own words is more than ${grows} times that on the truth${where}${everySeed}`,
        Math.min(...growth),
        '>',
        grows,
      ),
    );
    if (plateau !== undefined && options.steps >= 9)
      claims.push(
        claim(
          'plateau',
          `and then it stays: over the last third of the steps it is less than ${plateau} points above the middle third${everySeed}`,
          Math.max(...forced.map(({ freeAt }) => meanOf(freeAt, 2 / 3, 1) - meanOf(freeAt, 1 / 3, 2 / 3))),
          '<',
          plateau,
        ),
      );
  }
  if (forced !== undefined && scheduled !== undefined) {
    const ratios = (of: 'forced' | 'free') => scheduled.map((run, k) => run[of] / forced[k]![of]);
    if (helps !== undefined)
      claims.push(
        claim(
          'scheduled-helps',
          `scheduled sampling: the error on its own words is below ${helps} of teacher forcing's${everySeed}`,
          Math.max(...ratios('free')),
          '<',
          helps,
        ),
      );
    if (hurts !== undefined)
      claims.push(
        claim(
          'scheduled-hurts',
          `scheduled sampling hurts: the error on its own words is more than ${hurts} times teacher forcing's${everySeed}`,
          Math.min(...ratios('free')),
          '>',
          hurts,
        ),
      );
    claims.push(
      claim(
        'scheduled-costs',
        `${helps === undefined ? 'scheduled sampling' : 'its price'}: the error on the truth is ${costs === 1 ? 'above' : `more than ${costs} times`} teacher forcing's${everySeed}`,
        Math.min(...ratios('forced')),
        '>',
        costs,
      ),
    );
  }
  return claims;
}

function meanOf(values: readonly number[], from: number, to: number): number {
  const part = values.slice(Math.floor(from * values.length), Math.floor(to * values.length));
  return part.reduce((a, b) => a + b, 0) / part.length;
}
