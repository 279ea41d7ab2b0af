// How much each net has to do and how long its longest chain is, in training and in generating; and which operations wait.

import type { Cell } from '../../cells/catalogue.ts';
import { components, dependents } from '../../equations/dependence.ts';
import { linearityOf } from '../../equations/linearity.ts';
import { printExpression } from '../../equations/print.ts';
import { shapeOf, sizeOf, sizesFor } from '../../equations/program.ts';
import { type ScanName, scanNames } from '../../numbers/scan.ts';
import type { TableFigure } from '../../render/result.ts';
import { left, right, rightColumn } from '../table-columns.ts';
import { linearStates } from './linear-scan.ts';
import { attentionNet, bidirectionalNet, layerNet, type Net, type NetOptions, scannedNet, stackedNet } from './nets.ts';
import type { ParallelOptions } from './options.ts';
import { type StepOperation, stepOperations } from './step-operations.ts';
import { Chains } from './task-graph.ts';

export interface NetRow {
  readonly id: string;
  readonly name: string;
  readonly chains: Chains;
  /** The longest chain of the same cell step by step. */
  readonly loopSpan?: number | undefined;
}

function chainsOf(net: Net, options: NetOptions): { chains: Chains; path: number } {
  const chains = new Chains();
  const path = chains.pathTo(net(chains.add, options));
  return { chains, path };
}

export function countedNets(options: ParallelOptions): NetRow[] {
  const { cells, layers, length } = options;
  const first = cells[0]!;
  const at: NetOptions = { ...options, steps: length };
  const row = (id: string, name: string, net: Net, loopSpan?: number): NetRow => ({
    id,
    name,
    chains: chainsOf(net, at).chains,
    loopSpan,
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

export interface ModeRow {
  readonly name: string;
  readonly order: string;
  /** Of one layer without projections of the input, as Table 1 of Vaswani et al. 2017 counts. */
  readonly flops: number;
  readonly withProjections: number;
  readonly training: number;
  readonly generating: number;
  readonly path: number;
  readonly kept: number;
}

export function bothModes(options: ParallelOptions): ModeRow[] {
  const { cells, length, hidden, input } = options;
  const at: NetOptions = { ...options, steps: length, weights: 'flops' };
  const rowOf = (name: string, order: string, training: Net, generating: Net, kept: number): ModeRow => {
    const { chains, path } = chainsOf(training, at);
    const { waits } = chainsOf(generating, at).chains;
    const flops = chainsOf(training, { ...at, projections: false }).chains.work;
    return {
      name,
      order,
      flops,
      withProjections: chains.work,
      training: chains.waits,
      generating: waits,
      path,
      kept,
    };
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
      const name = isLinear ? `${cell.name} by scan` : cell.name;
      const order = orderOf(cell, options);
      return rowOf(
        name,
        isLinear && order === 'T·d' ? 'T·log₂T·d' : order,
        training,
        layerNet(cell, 'generating'),
        kept,
      );
    }),
    rowOf('attention', 'T²·d', attentionNet('one'), attentionNet('one', 'generating'), 2 * length * hidden),
  ];
}

const scanSays: Readonly<Record<ScanName, string>> = {
  'hillis-steele': 'by scan (Hillis-Steele)',
  'work-efficient': 'by scan (work-efficient)',
};

/** Of the FLOPs without projections: a product of a matrix with a state takes d² a step, all else d. */
const orderOf = (cell: Cell, { hidden, input }: ParallelOptions): string =>
  splitOperations(cell, hidden, input).waiting.some(({ isProduct }) => isProduct) ? 'T·d²' : 'T·d';

/** The operations of a step that depend on a state before it, and those that do not. */
export function splitOperations({ program }: Cell, hidden: number, input: number) {
  const late = dependents(program);
  const { operations } = stepOperations(program.equations, program.shapes, sizesFor(program, hidden, input));
  const waits: boolean[] = [];
  for (const { reads, outside } of operations)
    waits.push(reads.some((read) => waits[read]) || outside.some((name) => late.has(name) || name.endsWith('_prev')));
  return { waiting: operations.filter((_, i) => waits[i]), free: operations.filter((_, i) => !waits[i]) };
}

/** Which operations wait, cell by cell, and whether the loop is linear. */
export function waitingTable({ cells, hidden, input }: ParallelOptions): TableFigure {
  return {
    kind: 'table',
    title: 'Read from the equations',
    columns: [...left('cell', 'waits for the state', 'for all steps at once', 'linear in the state?')],
    rows: cells.map((cell) => {
      const { waiting, free } = splitOperations(cell, hidden, input);
      const names = (operations: readonly StepOperation[]) =>
        operations.map(({ name }) => name).join(', ') || 'nothing';
      return [cell.name, names(waiting), names(free), linearInWords(cell)];
    }),
  };
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

export function netsTable(rows: readonly NetRow[], { length, weights }: ParallelOptions): TableFigure {
  return {
    kind: 'table',
    title: `At T = ${length}, in ${weights === 'unit' ? 'operations' : 'FLOPs'}: all there is to do, and the longest chain of it`,
    columns: [...left('net'), ...right('waits', 'work', 'span', 'work/span'), rightColumn('pays from', 'workers')],
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

export function modesTable(rows: readonly ModeRow[], { length, hidden }: ParallelOptions): TableFigure {
  return {
    kind: 'table',
    title: `Training and generating (T ${length}, d ${hidden}). FLOPs: per layer without projections, as Table 1 of Vaswani et al. 2017 counts`,
    columns: [
      ...left('layer', 'order'),
      ...right('FLOPs', 'with projections', 'waits, training', 'generating', 'path', 'kept'),
    ],
    rows: rows.map(({ name, order, flops, withProjections, training, generating, path, kept }) => [
      name,
      order,
      flops,
      withProjections,
      training,
      generating,
      Number.isFinite(path) ? path : 'none',
      kept,
    ]),
  };
}
