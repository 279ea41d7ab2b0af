// The tables of `unroll parallel`: what waits, how much there is to do, and training beside generating.

import type { Cell } from '../../cells/catalogue.ts';
import { components } from '../../equations/dependence.ts';
import { linearityOf } from '../../equations/linearity.ts';
import { printExpression } from '../../equations/print.ts';
import type { TableFigure } from '../../render/result.ts';
import { left, right } from '../table-columns.ts';
import { type ModeRow, type NetRow, splitOperations } from './counts.ts';
import type { ParallelOptions } from './parallel.ts';
import type { StepOperation } from './step-operations.ts';
import type { Chains } from './task-graph.ts';

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
    columns: [
      ...left('net'),
      ...right('waits', 'work', 'span', 'work/span'),
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
