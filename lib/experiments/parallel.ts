// What can be computed at once, and what has to wait? Cells, stacks, both directions, scans and attention as graphs of operations, scheduled
// over workers, and measured: work, the longest chain, and how often a step waits for another.

import { type Cell, typedOr } from '../cells/catalogue.ts';
import { components, dependents } from '../equations/dependence.ts';
import { linearityOf } from '../equations/linearity.ts';
import { printExpression } from '../equations/print.ts';
import { shapeOf, sizeOf } from '../equations/program.ts';
import { sizesFor } from '../equations/sizes.ts';
import { type ScanName, scanNames } from '../numbers/scan.ts';
import { claim } from './claim.ts';
import { linearStates, type ScanRun, scanAgainstLoop } from './linear-scan.ts';
import {
  attentionNet,
  bidirectionalNet,
  layerNet,
  type Net,
  type NetOptions,
  scannedNet,
  stackedNet,
  type WeightName,
} from './nets.ts';
import { timelineOf } from './parallel-figures.ts';
import { measuredClaim, measuredNote, measuredTable, type ThreadTimes } from './parallel-measured.ts';
import type { Claim, Result, TableFigure } from './result.ts';
import { stepOperations } from './step-operations.ts';
import { Chains, listSchedule, type Task, wholeSteps } from './task-graph.ts';

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
const scanSays: Readonly<Record<ScanName, string>> = {
  'hillis-steele': 'by scan (Hillis-Steele)',
  'work-efficient': 'by scan (work-efficient)',
};

export function parallel(options: ParallelOptions): Result {
  const { cells, steps, workers, layers, length, weights, hidden, input, seed, seeds } = options;
  const first = cells[0]!;
  const linear = cells.filter((cell) => linearStates(cell).length > 0);
  const drawn = drawings(options);
  const rows = measuredNets(options);
  const modes = bothModes(options);
  const scans = scanRuns(options);
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
      ...scans.flatMap(({ claims }) => claims),
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

interface Drawing {
  readonly figure: ReturnType<typeof timelineOf>;
  readonly time: number;
  readonly chains: Chains;
}

function drawings(options: ParallelOptions): Drawing[] {
  const { cells, layers, workers } = options;
  const first = cells[0]!;
  const netOptions: NetOptions = { ...options };
  const draw = (title: string, net: Net, groups: readonly string[], whole = false, beside = ''): Drawing => {
    const tasks: Task[] = [];
    net((task) => tasks.push(task) - 1, netOptions);
    const all = whole ? wholeSteps(tasks) : tasks;
    const chains = new Chains();
    for (const task of all) chains.add(task);
    const { placed, time } = listSchedule(all, workers);
    const figure = timelineOf({
      title,
      placed,
      time,
      groups,
      workers,
      steps: options.steps,
      whole,
      weights: options.weights,
      operations: chains.operations,
      beside,
    });
    return { figure, time, chains };
  };
  return [
    ...cells.map((cell) => {
      if (linearStates(cell).length === 0) return draw(cell.name, layerNet(cell), ['']);
      const loop = draw(cell.name, layerNet(cell), ['']);
      return draw(
        `${cell.name} by scan`,
        scannedNet(cell, 'hillis-steele'),
        [''],
        false,
        `; step by step ${loop.time}`,
      );
    }),
    draw(
      `${first.name} in ${layers} layers`,
      stackedNet(first, layers),
      Array.from({ length: layers }, (_, l) => `layer ${l + 1}`),
      true,
    ),
    draw(`${first.name} in both directions`, bidirectionalNet(first), ['forwards', 'backwards'], true),
    draw('attention', attentionNet('tree'), ['']),
  ];
}

/** Which operations wait, cell by cell, and whether the loop is linear. */
function waitingTable({ cells, hidden, input }: ParallelOptions): TableFigure {
  return {
    kind: 'table',
    title: 'Read from the equations',
    columns: [
      { title: 'cell', align: 'left' },
      { title: 'waits for the state', align: 'left' },
      { title: 'for all steps at once', align: 'left' },
      { title: 'linear in the state?', align: 'left' },
    ],
    rows: cells.map((cell) => {
      const { waiting, free } = splitOperations(cell, hidden, input);
      return [cell.name, waiting.join(', ') || 'nothing', free.join(', ') || 'nothing', linearInWords(cell)];
    }),
  };
}

/** The operations of a step that depend on a state before it, and those that do not. */
export function splitOperations(cell: Cell, hidden: number, input: number): { waiting: string[]; free: string[] } {
  const { program } = cell;
  const late = dependents(program);
  const { operations } = stepOperations(program.equations, program.shapes, sizesFor(program, hidden, input));
  const waits: boolean[] = [];
  for (const { reads, outside } of operations)
    waits.push(reads.some((read) => waits[read]) || outside.some((name) => late.has(name) || name.endsWith('_prev')));
  const names = (which: boolean) => operations.filter((_, i) => waits[i] === which).map(({ name }) => name);
  return { waiting: names(true), free: names(false) };
}

function linearInWords({ program }: Cell): string {
  const loops = components(program).filter(({ states }) => states.length > 0);
  if (loops.length === 0) return 'it has no state';
  return loops
    .map((loop) => {
      const linearity = linearityOf(program, loop);
      const state = loop.states.join(', ');
      if (linearity.kind === 'none') return `no: ${linearity.by}`;
      if (linearity.kind === 'mixing')
        return `yes, but its entries mix (${linearity.by}): a scan would multiply matrices`;
      const [a, u] = [linearity.coefficient, linearity.offset].map(printExpression);
      return `yes: ${state} = a .* ${state}_prev + u with a = ${a}, u = ${u}`;
    })
    .join('; ');
}

interface NetRow {
  readonly id: string;
  readonly name: string;
  readonly chains: Chains;
  /** The longest chain of the same cell step by step. */
  readonly loopSpan?: number;
}

function chainsOf(net: Net, options: NetOptions): { chains: Chains; path: number } {
  const chains = new Chains();
  const path = chains.pathTo(net(chains.add, options));
  return { chains, path };
}

function measuredNets(options: ParallelOptions): NetRow[] {
  const { cells, layers, length } = options;
  const first = cells[0]!;
  const at: NetOptions = { ...options, steps: length };
  const row = (id: string, name: string, net: Net, loopSpan?: number): NetRow => ({
    id,
    name,
    chains: chainsOf(net, at).chains,
    ...(loopSpan === undefined ? {} : { loopSpan }),
  });
  return [
    ...cells.flatMap((cell) => {
      const loop = row(cell.name, cell.name, layerNet(cell));
      if (linearStates(cell).length === 0) return [loop];
      const scans = scanNames.map((scan) =>
        row(`${cell.name} ${scan}`, `${cell.name} ${scanSays[scan]}`, scannedNet(cell, scan), loop.chains.span),
      );
      return [loop, ...scans];
    }),
    row('stacked', `${first.name} in ${layers} layers`, stackedNet(first, layers)),
    row('bidirectional', `${first.name} in both directions`, bidirectionalNet(first)),
    row('attention', 'attention, sums as trees', attentionNet('tree')),
  ];
}

function netsTable(rows: readonly NetRow[], { length, weights }: ParallelOptions): TableFigure {
  return {
    kind: 'table',
    title: `At T = ${length}, in ${weights === 'unit' ? 'operations' : 'FLOPs'}: all there is to do, and the longest chain of it`,
    columns: [
      { title: 'net', align: 'left' },
      { title: 'waits', align: 'right' },
      { title: 'work', align: 'right' },
      { title: 'span', align: 'right' },
      { title: 'work/span', align: 'right' },
      { title: 'pays from', unit: 'workers', align: 'right' },
    ],
    rows: rows.map(({ name, chains, loopSpan }) => [
      name,
      chains.waits,
      chains.work,
      chains.span,
      chains.work / Math.max(1, chains.span),
      loopSpan === undefined ? null : paysFrom(chains, loopSpan),
    ]),
  };
}

/** The fewest workers with which Graham's bound work/p + (1 − 1/p)·span is below `span`; null where none will do. */
function paysFrom({ work, span }: Chains, other: number): number | null {
  if (span >= other) return null;
  const workers = Math.floor((work - span) / (other - span)) + 1;
  return Math.max(1, workers);
}

interface ModeRow {
  readonly name: string;
  readonly order: string;
  readonly flops: number;
  readonly training: number;
  readonly generating: number;
  readonly path: number;
  readonly kept: number;
}

/** Counted as in Table 1 of Vaswani et al. 2017. */
function bothModes(options: ParallelOptions): ModeRow[] {
  const { cells, length, hidden, input } = options;
  const at: NetOptions = { ...options, steps: length, weights: 'flops' };
  const rowOf = (name: string, order: string, training: Net, generating: Net, kept: number): ModeRow => {
    const { chains, path } = chainsOf(training, at);
    const { waits } = chainsOf(generating, at).chains;
    return { name, order, flops: chains.work, training: chains.waits, generating: waits, path, kept };
  };
  return [
    ...cells.map((cell) => {
      const { program } = cell;
      const kept = program.states.reduce(
        (sum, s) => sum + sizeOf(shapeOf(program, s).rows, sizesFor(program, hidden, input)),
        0,
      );
      const isLinear = linearStates(cell).length > 0;
      const training = isLinear ? scannedNet(cell, 'hillis-steele') : layerNet(cell);
      return rowOf(isLinear ? `${cell.name} by scan` : cell.name, 'T·d²', training, layerNet(cell, 'generating'), kept);
    }),
    rowOf('attention', 'T²·d', attentionNet('one'), attentionNet('one', 'generating'), 2 * length * hidden),
  ];
}

function modesTable(rows: readonly ModeRow[], { length, hidden }: ParallelOptions): TableFigure {
  return {
    kind: 'table',
    title: `Training beside generating (T ${length}, d ${hidden}), counted as in Table 1 of Vaswani et al. 2017: a sum over steps is one operation`,
    columns: [
      { title: 'layer', align: 'left' },
      { title: 'order', align: 'left' },
      { title: 'FLOPs', align: 'right' },
      { title: 'waits, training', align: 'right' },
      { title: 'generating', align: 'right' },
      { title: 'path', align: 'right' },
      { title: 'kept', align: 'right' },
    ],
    rows: rows.map(({ name, order, flops, training, generating, path, kept }) => [
      name,
      order,
      flops,
      training,
      generating,
      Number.isFinite(path) ? path : 'none',
      kept,
    ]),
  };
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

function scanRuns(options: ParallelOptions): { claims: Claim[] }[] {
  const { cells, length, hidden, input, seed, seeds } = options;
  return cells.flatMap((cell) =>
    linearStates(cell).map((linear) => {
      const runs = (scan: ScanName): ScanRun[] =>
        Array.from({ length: seeds }, (_, k) =>
          scanAgainstLoop(cell, linear, { steps: length, hidden, input, seed: seed + k, scan }),
        );
      const [plain, efficient] = [runs('hillis-steele'), runs('work-efficient')];
      const whole = `${cell.name}'s ${linear.state}`;
      const error = Math.max(...[...plain, ...efficient].map((run) => run.error / Math.max(1, run.largest)));
      return {
        claims: [
          claim(
            `${cell.name}-levels`,
            `the scan of ${whole} has ⌈log₂ T⌉ levels`,
            plain[0]!.levels,
            '=',
            ceilLog2(length),
          ),
          claim(
            `${cell.name}-work`,
            `its work is Σ (T − 2^k) combinations, T·log₂T − T + 1 for a power of two`,
            plain[0]!.combined,
            '=',
            hillisSteeleWork(length),
          ),
          claim(
            `${cell.name}-efficient`,
            'the work-efficient scan needs fewer than 2 combinations a step',
            efficient[0]!.combined / length,
            '<',
            2,
            `${efficient[0]!.combined} in ${efficient[0]!.levels} levels`,
          ),
          claim(
            `${cell.name}-error`,
            `either scan gives the ${linear.state} of the loop (${seeds === 1 ? 'one seed' : `the worst of ${seeds} seeds`})`,
            error,
            '<',
            1e-12,
          ),
        ],
      };
    }),
  );
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

function modeClaims(rows: readonly ModeRow[], { length }: ParallelOptions): Claim[] {
  const attention = rows.at(-1)!;
  return [
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

/** Brent 1974; Graham 1966. */
function brentClaim(drawn: readonly Drawing[], workers: number): Claim {
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

function notesFor(weights: WeightName, linear: readonly Cell[]): string[] {
  return [
    `An operation is a product of a matrix and a vector, or whatever else an equation does entry by entry; ${weights === 'unit' ? 'each takes one unit of time' : 'it takes as long as it has FLOPs'}. It could be split over its H rows too, in every net alike: that shortens no chain over T.`,
    'Waits: how often, on the worst chain, something needs a value of another step or layer. Span: the time of any number of workers (Brent 1974). Path: from the first input to the last output, in such hands. Kept: numbers that a step needs from those before it.',
    'Teacher forcing takes the wait for the own output away. It does not break the chain of h: that is no input.',
    "Attention's O(1) counts a sum over T as one operation. Added up in pairs it takes log₂ T levels, no fewer than a scan. And it holds in training: what is generated waits for the token before, in any net, while the cache grows (unroll streaming).",
    ...(linear.length > 0
      ? [
          'A scan joins two steps into one: a₂·a₁ and a₂·u₁ + u₂ (Blelloch 1990; Martin & Cundy 2018). It does more work than the loop, so few workers are slower with it. It shortens the wait, not the memory: the state still holds ∏a, and its gradient vanishes with it. The price is that no gate may see the state.',
        ]
      : []),
  ];
}
