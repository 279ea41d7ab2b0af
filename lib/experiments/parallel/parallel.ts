// What can be computed at once, and what has to wait? Cells, stacks, both directions, scans and attention as graphs of operations, scheduled
// over workers, and measured: work, the longest chain, and how often a step waits for another; and a scan beside the loop that it replaces.

import type { Cell } from '../../cells/catalogue.ts';
import { dependents } from '../../equations/dependence.ts';
import { counted } from '../../numbers/counted.ts';
import type { ScanName } from '../../numbers/scan.ts';
import type { ThreadTimes } from '../../options/environment.ts';
import type { Claim, TableFigure } from '../../render/result.ts';
import { claim } from '../kit/claim.ts';
import { calculation } from '../kit/experiment.ts';
import { left, right, rightColumn } from '../table-columns.ts';
import {
  bothModes,
  countedNets,
  type ModeRow,
  modesTable,
  type NetRow,
  netsTable,
  splitOperations,
  waitingTable,
} from './counts.ts';
import { type LinearState, linearStates, type ScanRun, scanAgainstLoop } from './linear-scan.ts';
import type { WeightName } from './nets.ts';
import { type ParallelOptions, parallelOptions } from './options.ts';
import { drawings, type ScheduleDrawing } from './parallel-schedules.ts';

export const parallel = calculation({
  name: 'parallel',
  describe: 'what can be computed at once and what has to wait; a recurrence by scan',
  order: 80,
  question: 'What can be computed at once, and what has to wait?',
  examples: [
    ['unroll parallel', 'an rnn, a linear recurrence and attention over four workers'],
    ['unroll parallel lstm gru', 'what waits, in other cells'],
    ['unroll parallel "h = sigmoid(U * x) .* h_prev + V * x"', 'is it linear? Then a scan runs it'],
    ['unroll parallel --workers 16', 'who waits for the chain gains nothing'],
    ['unroll parallel --measure', 'and what two threads of this machine make of it'],
  ],
  options: parallelOptions,
  help: ['steps', 'length', 'layers', 'hidden', 'input', 'workers', 'weights'],
  answer(options) {
    const { cells, workers, weights, measure } = options;
    const linear = cells.filter((cell) => linearStates(cell).length > 0);
    const drawn = drawings(options);
    const rows = countedNets(options);
    const modes = bothModes(options);
    return {
      figures: [
        // The key holds for all.
        ...drawn.map(({ figure }, i) => (i === 0 ? figure : { ...figure, key: '' })),
        waitingTable(options),
        netsTable(rows, options),
        modesTable(modes, options),
        measure && measuredTable(measure),
      ],
      claims: [
        ...waitClaims(rows, options),
        ...scanClaims(options),
        ...modeClaims(modes, options),
        brentClaim(drawn, workers),
        measure && measuredClaim(measure),
      ],
      notes: [...notesFor(weights, linear), measure && measuredNote],
      next:
        linear.length > 0
          ? {
              says: 'Products count more than sums',
              command: `unroll parallel ${cells[0]!.typed ?? 'rnn'} --weights flops`,
            }
          : { says: 'A recurrence that does parallelise', command: 'unroll parallel mingru' },
    };
  },
});

export default parallel;

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

function waitClaims(rows: readonly NetRow[], { cells, length, layers }: ParallelOptions): Claim[] {
  const waits = (id: string): number => rows.find((row) => row.id === id)!.chains.waits;
  const looping = cells.filter((cell) => splitOperations(cell, 1, 1).waiting.length > 0);
  const first = cells[0]!;
  const isChained =
    looping.includes(first) && first.program.readsInput && dependents(first.program).has(first.program.output);
  return [
    ...looping.map((cell) =>
      claim(
        `${cell.name}-waits`,
        `with every input there from the start, as in teacher forcing, ${cell.name} step by step still waits T times`,
        waits(cell.name),
        '=',
        length,
      ),
    ),
    ...(isChained
      ? [
          claim(
            'wavefront',
            `${layers} layers of ${first.name} wait T + ${layers - 1} times, not ${layers}·T: they work on different steps at once`,
            waits('stacked'),
            '=',
            length + layers - 1,
          ),
        ]
      : []),
  ];
}

function scanClaims({ cells, length, hidden, input, seed, seeds }: ParallelOptions): Claim[] {
  const claimsOf = (cell: Cell, linear: LinearState, id: string): Claim[] => {
    const runs = (scan: ScanName): ScanRun[] =>
      Array.from({ length: seeds }, (_, k) =>
        scanAgainstLoop(cell, linear, { steps: length, hidden, input, seed: seed + k, scan }),
      );
    const [plain, efficient] = [runs('hillis-steele'), runs('work-efficient')];
    const error = Math.max(...[...plain, ...efficient].map((run) => run.error / Math.max(1, run.largest)));
    return [
      claim(
        `${id}-levels`,
        `the scan of ${cell.name}'s ${linear.state} has ⌈log₂ T⌉ levels`,
        plain[0]!.levels,
        '=',
        ceilLog2(length),
      ),
      claim(
        `${id}-work`,
        'its work is Σ (T − 2^k) combinations, T·log₂T − T + 1 for a power of two',
        plain[0]!.combined,
        '=',
        hillisSteeleWork(length),
      ),
      claim(
        `${id}-efficient`,
        'the work-efficient scan needs fewer than 2 combinations a step',
        efficient[0]!.combined / length,
        '<',
        2,
        `${efficient[0]!.combined} in ${efficient[0]!.levels} levels`,
      ),
      claim(
        `${id}-error`,
        `either scan gives the ${linear.state} of the loop (${seeds === 1 ? 'one seed' : `the worst of ${seeds} seeds`})`,
        error,
        '<',
        1e-12,
      ),
    ];
  };
  return cells.flatMap((cell) => {
    const states = linearStates(cell);
    return states.flatMap((linear) =>
      claimsOf(cell, linear, states.length === 1 ? cell.name : `${cell.name}-${linear.state}`),
    );
  });
}

function ceilLog2(n: number): number {
  let levels = 0;
  for (let reach = 1; reach < n; reach *= 2) levels++;
  return levels;
}

const hillisSteeleWork = (n: number): number => {
  const levels = ceilLog2(n);
  let reach = 1;
  for (let k = 0; k < levels; k++) reach *= 2;
  return n * levels - (reach - 1);
};

function modeClaims(rows: readonly ModeRow[], options: ParallelOptions): Claim[] {
  const { length } = options;
  const attention = rows.at(-1)!;
  return [
    ...flopClaims(rows, options),
    claim('attention-trains', 'attention waits once in training, whatever T is', attention.training, '=', 1),
    claim(
      'attention-generates',
      'generating, attention waits for its own output as often as any other',
      attention.generating,
      '=',
      length,
    ),
  ];
}

/**
 * Attention and a plain RNN, by either count. In that of Table 1 they are equal at about T = d; with projections attention has three
 * products of d² where the RNN has two, so it never needs less, and that takes inputs as wide as the state.
 */
function flopClaims(rows: readonly ModeRow[], { length, hidden, input }: ParallelOptions): Claim[] {
  const [attention, rnn] = [rows.at(-1)!, rows.find(({ name }) => name === 'rnn')];
  if (rnn === undefined || input !== hidden) return [];
  const ratio = attention.flops / rnn.flops;
  const table = (comparison: string, relation: '<' | '>') =>
    claim(
      'flops-table-1',
      `without projections, as in Table 1, attention needs ${comparison} FLOPs than rnn where T ${relation} d: their ratio`,
      ratio,
      relation,
      1,
    );
  return [
    ...(length >= 2 * hidden ? [table('more', '>')] : 2 * length <= hidden ? [table('fewer', '<')] : []),
    claim(
      'flops-with-projections',
      'with projections a plain RNN never needs more FLOPs than attention: the ratio of attention to rnn',
      attention.withProjections / rnn.withProjections,
      '>=',
      1,
    ),
  ];
}

/** Brent 1974; Graham 1966. */
function brentClaim(drawn: readonly ScheduleDrawing[], workers: number): Claim {
  const within = drawn.filter(({ time, chains: { work, span } }) => {
    const least = Math.max(work / workers, span);
    const most = work / workers + (1 - 1 / workers) * span;
    return time >= least - 1e-9 && time <= most + 1e-9;
  });
  return claim(
    'brent',
    `on ${counted(workers, 'worker')} no schedule drawn here is shorter than work/p or span, nor longer than the two added up`,
    within.length,
    '=',
    drawn.length,
    `${within.length} of ${drawn.length}`,
  );
}

// The same on two threads of this machine: what is independent gains, a recurrence whose steps take turns does not.

function measuredTable({ cell, hidden, steps, apart, inTurn }: ThreadTimes): TableFigure {
  const row = (what: string, { one, two }: typeof apart) => [what, one / 1000, two / 1000, one / two];
  return {
    kind: 'table',
    title: `On this machine, now: ${cell}, H = D = ${hidden}, ${steps} steps`,
    columns: [...left('work'), rightColumn('one thread', 'ms'), rightColumn('two', 'ms'), ...right('speed-up')],
    rows: [row('both directions, one on each', apart), row('one recurrence, its steps in turn', inTurn)],
  };
}

function measuredClaim({ steps, inTurn }: ThreadTimes): Claim {
  const [ratio, handover] = [inTurn.two / inTurn.one, (inTurn.two - inTurn.one) / steps];
  return claim(
    'in-turn-is-slower',
    'two threads that take turns at the steps of one recurrence need longer than one: the chain is as long, and every step is handed over',
    ratio,
    '>',
    1,
    `${ratio.toPrecision(2)} times, ${handover.toPrecision(2)} µs a step more`,
  );
}

const measuredNote =
  'Measured: medians of runs in turn. Two threads gain at most 2; on a machine that is busy, or has one core, they gain nothing. A step here is a call of the compiled cell, its state handed over in shared memory.';
