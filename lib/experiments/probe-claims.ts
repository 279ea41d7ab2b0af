// What `probe` claims of the text made by rule. The bounds were measured on 20 seeds with H = 16 (test/experiments/probe.deep.test.ts) and
// leave room. Of a text that somebody brings nothing is known before, so nothing is claimed.

import type { Claim } from '../render/result.ts';
import type { MeasuredAt } from '../tasks/bounds.ts';
import { claimOfMedian } from './kit/claim.ts';
import { isMeasuredAt, notClaimed } from './kit/measured-at.ts';
import type { Looked, Probed, ProbeOptions } from './probe.ts';
import { type PropertyName, properties } from './properties.ts';

interface Bounds {
  /** Least AUC of the best unit after training. */
  readonly least: number;
  /** Whether it is above the best before training. */
  readonly learned: boolean;
}

const at: Omit<MeasuredAt, 'cell'> = { hidden: 16, steps: 40, updates: 400 };
const known: Readonly<Record<string, Partial<Record<PropertyName, Bounds>>>> = {
  lstm: { quotes: { least: 0.8, learned: true }, space: { least: 0.75, learned: true } },
  gru: { quotes: { least: 0.7, learned: true }, space: { least: 0.75, learned: true } },
  rnn: { quotes: { least: 0.55, learned: false }, space: { least: 0.75, learned: true } },
};

/** Undefined where nothing was measured. */
function boundsFor(options: ProbeOptions): Partial<Record<PropertyName, Bounds>> | undefined {
  const { task, cell } = options;
  return task.name === 'rule' && isMeasuredAt({ cell: cell.name, ...at }, options) ? known[cell.name] : undefined;
}

/** Why nothing is claimed, where that is so. */
export function unclaimed(options: ProbeOptions): string[] {
  if (boundsFor(options) !== undefined) return [];
  const cell = options.cell.name in known ? options.cell.name : Object.keys(known).join(', ');
  return [notClaimed(options.task.name === 'rule' ? { cell, ...at } : undefined)];
}

export function probeClaims(found: readonly Probed[], options: ProbeOptions, { known: looked }: Looked): Claim[] {
  const best = (of: 'trained' | 'untrained', p: number): number[] => found.map((each) => each[of][p]![0]!.measured);
  const claims: Claim[] = [];
  const bounded = boundsFor(options);
  if (bounded !== undefined)
    for (const [p, { name }] of looked.entries()) {
      const bounds = bounded[name];
      if (bounds === undefined) continue;
      const { least, learned } = bounds;
      const { says } = properties[name];
      const [after, before] = [best('trained', p), best('untrained', p)];
      const knows = `one unit tells \`${says}\` with an AUC above ${least}`;
      claims.push(claimOfMedian(`${name}-known`, knows, after, '>', least, options.seed));
      if (!learned) continue;
      const gains = after.map((value, k) => value - before[k]!);
      claims.push(
        claimOfMedian(
          `${name}-learned`,
          'and better than the best unit before training: difference',
          gains,
          '>',
          0,
          options.seed,
        ),
      );
    }
  return claims;
}
