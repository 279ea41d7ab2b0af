// What `attention` claims: bounds on the median of the seeds, chosen on 20 of them (test/experiments/attention.deep.test.ts), for a run in a
// hundred or so does not converge. test/claim-runs.ts counts how often each fails.

import type { Claim } from '../render/result.ts';
import { lagsOf } from './alignment.ts';
import type { AttentionFound, AttentionOptions, WayFound } from './attention.ts';
import { claim, claimOfMedian } from './kit/claim.ts';
import { notClaimed } from './kit/measured-at.ts';
import { wayInWords } from './ways-to-read.ts';

interface Bounds {
  /** Of Adam: what the bounds were measured at, with `gru`, H = 16 and the S of `steps`. */
  readonly updates: number;
  readonly steps?: number;
  /** Percent of the outputs that are right with additive attention, at least. */
  readonly right: number;
  /** By how many points that is above no attention, at least. */
  readonly above: number;
  /** Percent of the outputs that look elsewhere than where they come from: at most, where attention is an alignment. */
  readonly alignedTo?: number;
  /** At least, where it is none. */
  readonly astrayFrom?: number;
  /** And of these the percent that look exactly one position later, at least. */
  readonly later?: number;
  /** Which order of the source brings a symbol next to its output. */
  readonly near?: 'plain' | 'reversed';
  /** By how many points the order of the source changes what is right without attention, at most. */
  readonly orderTo?: number;
  /** From 2 to 10 source symbols: points lost without attention at least, and with additive attention at most. */
  readonly falls?: { readonly plain: number; readonly additive?: number };
}

type ByTask = Readonly<Record<string, Bounds>>;
const [copy, reversal, dates] = [{ updates: 300, steps: 6 }, { updates: 300, steps: 6 }, { updates: 600 }];

/** With an encoder in one direction. */
const one: ByTask = {
  copy: { ...copy, right: 90, above: 30, alignedTo: 25, near: 'reversed', falls: { plain: 50, additive: 35 } },
  reversal: { ...reversal, right: 65, above: 5, astrayFrom: 45, later: 50, near: 'plain' },
  dates: { ...dates, right: 90, above: 20, astrayFrom: 10 },
};

/** With one that reads from both ends: the map of reversal is one of where words come from, too. */
const both: ByTask = {
  copy: { ...copy, right: 85, above: 25, alignedTo: 45, orderTo: 20, falls: { plain: 50 } },
  reversal: { ...reversal, right: 70, above: 20, alignedTo: 55, orderTo: 20 },
  dates: { ...dates, right: 90, above: 20, alignedTo: 45, orderTo: 20 },
};

const boundsOf = ({ task, bidirectional }: AttentionOptions): Bounds | undefined =>
  (bidirectional === true ? both : one)[task.name];

export function attentionClaims(found: readonly AttentionFound[], options: AttentionOptions): Claim[] {
  const { ways, seed } = options;
  const bounds = boundsOf(options);
  if (bounds === undefined || !isMeasured(options, bounds)) return [];
  const { right, above, alignedTo, astrayFrom, later, near, orderTo, falls } = bounds;
  const of = (way: string): readonly WayFound[] | undefined =>
    ways.includes(way) ? found.map(({ ways: each }) => each[ways.indexOf(way)]!) : undefined;
  const [plain, reversed, additive] = [of('plain'), of('reversed'), of('additive')];
  const claims: Claim[] = [];
  const holds = (id: string, says: string, measured: readonly number[], relation: '<' | '>', bound: number) =>
    claims.push(claimOfMedian(id, says, measured, relation, bound, seed));
  if (additive !== undefined) {
    const says = `additive attention: more than ${right} % of the outputs are right`;
    holds('right', says, percent(additive), '>', right);
    if (plain !== undefined)
      holds('above-plain', `more than ${above} points above no attention`, points(additive, plain), '>', above);
    const astray = additive.map(({ alignment }) => 100 * alignment!.error);
    if (alignedTo !== undefined)
      holds(
        'aligned',
        `less than ${alignedTo} % of its outputs look elsewhere than where they come from`,
        astray,
        '<',
        alignedTo,
      );
    if (astrayFrom !== undefined) {
      const says = `and yet more than ${astrayFrom} % of its outputs look elsewhere than where they come from`;
      holds('not-aligned', says, astray, '>', astrayFrom);
    }
    if (later !== undefined) {
      const next = additive.map(({ alignment }) => 100 * alignment!.oneLater);
      holds('one-later', `more than ${later} % of these look exactly one position later`, next, '>', later);
    }
  }
  if (plain !== undefined && reversed !== undefined && near !== undefined) {
    claims.push(...lagClaims(found[0]!.ways[0]!.shown, near));
    const [nearer, farther] = near === 'reversed' ? [reversed, plain] : [plain, reversed];
    const says = `${near === 'reversed' ? wayInWords('reversed') : 'source in order'}: more than 5 points more are right`;
    holds('near-helps', says, points(nearer, farther), '>', 5);
  }
  const [first, last] = [options.lengths[0]!, options.lengths.at(-1)!];
  if (plain !== undefined && reversed !== undefined && orderTo !== undefined) {
    const says = `no attention: the source turned round, less than ${orderTo} points change`;
    holds('order-is-the-same', says, points(reversed, plain).map(Math.abs), '<', orderTo);
  }
  if (falls !== undefined && first <= 2 && last >= 10) {
    const lost = (way: readonly WayFound[]) => way.map(({ over }) => 100 * (over[0]!.right - over.at(-1)!.right));
    const range = `from ${first} to ${last} source symbols`;
    if (plain !== undefined)
      holds(
        'state-fills',
        `no attention: ${range} it loses more than ${falls.plain} points`,
        lost(plain),
        '>',
        falls.plain,
      );
    if (additive !== undefined && falls.additive !== undefined)
      holds(
        'attention-lasts',
        `additive attention: ${range} it loses less than ${falls.additive}`,
        lost(additive),
        '<',
        falls.additive,
      );
  }
  return claims;
}

/** Why nothing is claimed, where that is so. */
export function unclaimed(options: AttentionOptions): string[] {
  const bounds = boundsOf(options);
  if (bounds === undefined || isMeasured(options, bounds)) return [];
  const { updates, steps } = bounds;
  return [notClaimed({ cell: 'gru', hidden: 16, ...(steps === undefined ? {} : { steps }), updates })];
}

const isMeasured = ({ cell, hidden, steps, updates }: AttentionOptions, bounds: Bounds): boolean =>
  cell.name === 'gru' && hidden === 16 && updates === bounds.updates && (bounds.steps ?? steps) === steps;

/** No training in these: they are counted on the pair that is shown. */
function lagClaims({ gold, source }: WayFound['shown'], near: 'plain' | 'reversed'): Claim[] {
  const S = source.length;
  const [order, turned] = [lagsOf(gold, S, false), lagsOf(gold, S, true)];
  const nearest = near === 'reversed' ? turned : order;
  const how = near === 'reversed' ? 'read backwards' : 'read in order';
  return [
    claim(
      'mean-lag-stays',
      'read backwards, the mean lag stays: its change in steps',
      mean(turned) - mean(order),
      '=',
      0,
    ),
    claim('smallest-lag', `${how}, the smallest lag is one step`, Math.min(...nearest), '=', 1),
  ];
}

const percent = (found: readonly WayFound[]): number[] => found.map(({ right }) => 100 * right);
const points = (a: readonly WayFound[], b: readonly WayFound[]): number[] =>
  a.map(({ right }, k) => 100 * (right - b[k]!.right));
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
