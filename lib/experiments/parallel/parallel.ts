// What can be computed at once, and what has to wait? Cells, stacks, both directions, scans and attention as graphs of operations, scheduled
// over workers, and measured: work, the longest chain, and how often a step waits for another.

import { type Cell, typedOr } from '../../cells/catalogue.ts';
import type { Result } from '../../render/result.ts';
import { measuredClaim, measuredNote, measuredTable, type ThreadTimes } from '../parallel-measured.ts';
import { brentClaim, modeClaims, scanClaims, waitClaims } from './claims.ts';
import { bothModes, countedNets } from './counts.ts';
import { linearStates } from './linear-scan.ts';
import type { WeightName } from './nets.ts';
import { drawings } from './schedules.ts';
import { modesTable, netsTable, waitingTable } from './tables.ts';

export interface ParallelOptions {
  readonly cells: readonly Cell[];
  /** T of the drawings. */
  readonly steps: number;
  readonly workers: number;
  readonly layers: number;
  /** T of the tables and of the scan. */
  readonly length: number;
  readonly weights: WeightName;
  readonly hidden: number;
  readonly input: number;
  readonly seed: number;
  /** Of the scan's numbers. */
  readonly seeds: number;
  /** What two threads of this machine made of it; outside of what the same seed gives again. */
  readonly measured?: ThreadTimes;
}

const question = 'What can be computed at once, and what has to wait?';

export function parallel(options: ParallelOptions): Result {
  const { cells, steps, workers, layers, length, weights, hidden, input, seed, seeds } = options;
  const first = cells[0]!;
  const linear = cells.filter((cell) => linearStates(cell).length > 0);
  const drawn = drawings(options);
  const rows = countedNets(options);
  const modes = bothModes(options);
  return {
    unroll: 1,
    experiment: 'parallel',
    question,
    options: { cells: cells.map(({ name }) => name), steps, workers, layers, length, weights, hidden, input, seeds },
    seed,
    figures: [
      // The key holds for all.
      ...drawn.map(({ figure }, i) => (i === 0 ? figure : { ...figure, key: '' })),
      waitingTable(options),
      netsTable(rows, options),
      modesTable(modes, options),
      ...(options.measured === undefined ? [] : [measuredTable(options.measured)]),
    ],
    claims: [
      ...waitClaims(rows, options),
      ...scanClaims(options),
      ...modeClaims(modes, options),
      brentClaim(drawn, workers),
      ...(options.measured === undefined ? [] : [measuredClaim(options.measured)]),
    ],
    notes: [...notesFor(weights, linear), ...(options.measured === undefined ? [] : [measuredNote])],
    next:
      linear.length > 0
        ? { says: 'Products count more than sums', command: `unroll parallel ${typedOr(first, 'rnn')} --weights flops` }
        : { says: 'A recurrence that does parallelise', command: 'unroll parallel mingru' },
  };
}

function notesFor(weights: WeightName, linear: readonly Cell[]): string[] {
  return [
    `An operation is a product of a matrix and a vector, or whatever else an equation does entry by entry; ${weights === 'unit' ? 'each takes one unit of time' : 'it takes as long as it has FLOPs'}. It could be split over its H rows too, in every net alike: that shortens no chain over T.`,
    'Waits: how often, on the worst chain, something needs a value of another step or layer. Span: the time of any number of workers (Brent 1974). Path: from the first input to the last output, in such hands. Kept: numbers that a step needs from those before it.',
    'FLOPs without projections leave out every product of a matrix with what depends on the inputs alone: W_x * x of an RNN; the queries, keys and values of attention. The other column includes them.',
    'Teacher forcing takes the wait for the own output away. It does not break the chain of h: that is no input.',
    "Attention's O(1) counts a sum over T as one operation. Added up in pairs it takes log₂ T levels, no fewer than a scan. And it holds in training: what is generated waits for the token before, in any net, while the cache grows (unroll streaming).",
    ...(linear.length > 0
      ? [
          'A scan joins two steps into one: a₂·a₁ and a₂·u₁ + u₂ (Blelloch 1990; Martin & Cundy 2018). It does more work than the loop, so few workers are slower with it. It shortens the wait, not the memory: the state still holds ∏a, and its gradient vanishes with it. The price is that no gate may see the state.',
        ]
      : []),
  ];
}
