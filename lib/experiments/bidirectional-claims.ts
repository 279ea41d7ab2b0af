// What `bidirectional` claims. What is counted is exact. What is learned is claimed of majority under its usual settings, with bounds
// that hold on 20 seeds with room (test/experiments/bidirectional.deep.test.ts); the ceiling binds every model of one direction.

import { log } from '../numbers/elementary.ts';
import type { Claim } from '../render/result.ts';
import majority from '../tasks/majority.ts';
import type { BidirectionalOptions, Known, Reader } from './bidirectional.ts';
import { isEven } from './direction-counts.ts';
import { claim } from './kit/claim.ts';

export function bidirectionalClaims(readers: readonly Reader[], known: Known, options: BidirectionalOptions): Claim[] {
  return [
    ...ceilingClaims(readers, known, options),
    ...learnedClaims(readers, options),
    ...waitingClaims(readers, options),
    ...countClaims(known, options),
  ];
}

const everySeed = ({ seeds }: BidirectionalOptions): string => (seeds > 1 ? ', in every seed' : '');
const runsOf = (readers: readonly Reader[], directions: 1 | 2) =>
  readers.filter((reader) => reader.directions === directions).flatMap(({ runs }) => runs);

/** How far above the ceiling luck may lift a model that is at it, in standard deviations of so many coins. */
const luck = 5;

function ceilingClaims(readers: readonly Reader[], { ceiling }: Known, options: BidirectionalOptions): Claim[] {
  if (ceiling === undefined) return [];
  const { accuracy, loss, steps } = ceiling;
  const claims: Claim[] = [];
  if (options.task === majority) {
    const all = `counted over all ${1 << steps} sequences of ${steps} steps`;
    claims.push(
      claim('ceiling', `the causal ceiling: without the future at most 75 % can be right, ${all}`, accuracy, '=', 0.75),
      claim(
        'ceiling-nats',
        'without the future at least ½ ln 2 = 0.3466 nats are lost: difference from the count',
        Math.abs(loss - 0.5 * log(2)),
        '<',
        1e-12,
      ),
    );
  }
  if (accuracy === 1) return claims;
  const one = runsOf(readers, 1);
  const scored = options.sequences * one[0]!.scoreAt.filter((value) => value !== null).length;
  const most = accuracy + luck * Math.sqrt((accuracy * (1 - accuracy)) / scored);
  claims.push(
    claim(
      'no-parameter-buys-it',
      `one direction, narrow or wide, is no better than that, give or take the luck of ${scored} answers${everySeed(options)}`,
      Math.max(...one.map(({ score }) => score)),
      '<',
      most,
    ),
  );
  return claims;
}

const [reaches, knows] = [0.7, 0.99];
const learners = ['rnn', 'gru', 'lstm'];

function learnedClaims(readers: readonly Reader[], options: BidirectionalOptions): Claim[] {
  if (!isUsual(options)) return [];
  const least = (directions: 1 | 2) => Math.min(...runsOf(readers, directions).map(({ score }) => score));
  return [
    claim('one-reaches-it', `one direction comes to it: above ${reaches}${everySeed(options)}`, least(1), '>', reaches),
    claim('both-know', `both directions are right: above ${knows}${everySeed(options)}`, least(2), '>', knows),
  ];
}

function isUsual({ task, cell, start, steps, batch, updates, rate }: BidirectionalOptions): boolean {
  const { usual } = task;
  return (
    task === majority &&
    learners.includes(cell.name) &&
    start.hidden === usual.hidden &&
    steps === usual.steps &&
    batch === usual.batch &&
    updates === usual.updates &&
    rate === usual.rate
  );
}

/** Whoever has read the end before the first word can say nothing before the end is there. */
function waitingClaims(readers: readonly Reader[], { cell, seeds }: BidirectionalOptions): Claim[] {
  const seed = seeds > 1 ? ', in every seed' : '';
  const [one, both] = ([1, 2] as const).map((directions) => runsOf(readers, directions).map(({ ahead }) => ahead));
  const says = 'when the last input changes by 1, what is said before it changes by';
  return [
    claim('one-streams', `one direction: ${says} exactly 0${seed}`, Math.max(...one!), '=', 0),
    // Without a state even the cell that reads from the end sees one step only.
    ...(cell.program.states.length === 0
      ? []
      : [
          claim(
            'both-wait',
            `both: ${says} more than 0, so nothing is final before the end${seed}`,
            Math.min(...both!),
            '>',
            0,
          ),
        ]),
  ];
}

function countClaims({ counts }: Known, { cell }: BidirectionalOptions): Claim[] {
  const { own, width, deep } = counts;
  const times = ({ one, both }: { readonly one: number; readonly both: number }) => both / one;
  return [
    claim('layer-doubles', 'the layer doubles', times(own.layer), '=', 2),
    claim('head-input-doubles', 'what the head reads doubles', times(own.headInput), '=', 2),
    claim('width', `H = 512 gives a token ${2 * width.one} numbers`, width.both, '=', 2 * width.one),
    ...(isEven(cell)
      ? [
          claim(
            'net-more-than-doubles',
            'the net does not double: 2 layers with D = H = 64 have 2.5 times the weights (without biases), for the second layer reads both',
            times(deep.matrices),
            '=',
            2.5,
          ),
        ]
      : []),
  ];
}
