// How much each net has to do and how long its longest chain is, in training and in generating.

import type { Cell } from '../../cells/catalogue.ts';
import { dependents } from '../../equations/dependence.ts';
import { shapeOf, sizeOf, sizesFor } from '../../equations/program.ts';
import { type ScanName, scanNames } from '../../numbers/scan.ts';
import { linearStates } from './linear-scan.ts';
import { attentionNet, bidirectionalNet, layerNet, type Net, type NetOptions, scannedNet, stackedNet } from './nets.ts';
import type { ParallelOptions } from './parallel.ts';
import { stepOperations } from './step-operations.ts';
import { Chains } from './task-graph.ts';

export interface NetRow {
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

export function countedNets(options: ParallelOptions): NetRow[] {
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
