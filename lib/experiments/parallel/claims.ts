// What `unroll parallel` claims: exact counts, the error of the scan, and the bounds of a schedule.

import type { Cell } from '../../cells/catalogue.ts';
import { dependents } from '../../equations/dependence.ts';
import type { ScanName } from '../../numbers/scan.ts';
import type { Claim } from '../../render/result.ts';
import { claim } from '../kit/claim.ts';
import { type ModeRow, type NetRow, splitOperations } from './counts.ts';
import { type LinearState, linearStates, type ScanRun, scanAgainstLoop } from './linear-scan.ts';
import type { ParallelOptions } from './parallel.ts';
import type { Drawing } from './schedules.ts';

export function waitClaims(rows: readonly NetRow[], { cells, length, layers }: ParallelOptions): Claim[] {
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

export function scanClaims({ cells, length, hidden, input, seed, seeds }: ParallelOptions): Claim[] {
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

export function modeClaims(rows: readonly ModeRow[], options: ParallelOptions): Claim[] {
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
export function brentClaim(drawn: readonly Drawing[], workers: number): Claim {
  const within = drawn.filter(({ time, chains: { work, span } }) => {
    const least = Math.max(work / workers, span);
    const most = work / workers + (1 - 1 / workers) * span;
    return time >= least - 1e-9 && time <= most + 1e-9;
  });
  return claim(
    'brent',
    `on ${workers} worker${workers === 1 ? '' : 's'} no schedule drawn here is shorter than work/p or span, nor longer than the two added up`,
    within.length,
    '=',
    drawn.length,
    `${within.length} of ${drawn.length}`,
  );
}
