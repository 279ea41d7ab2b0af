// The same on two threads of this machine: what is independent gains, a recurrence whose steps take turns does not. The clock is read in lib/cli.

import type { Claim, TableFigure } from '../render/result.ts';
import { claim } from './kit/claim.ts';
import { left, right } from './table-columns.ts';

/** Medians, in microseconds, of a whole run. */
export interface ThreadTimes {
  readonly cell: string;
  readonly hidden: number;
  readonly steps: number;
  /** Two recurrences that know nothing of each other. */
  readonly apart: { readonly one: number; readonly two: number };
  /** One recurrence, a step here and a step there. */
  readonly inTurn: { readonly one: number; readonly two: number };
}

export function measuredTable({ cell, hidden, steps, apart, inTurn }: ThreadTimes): TableFigure {
  const row = (what: string, { one, two }: { readonly one: number; readonly two: number }) => [
    what,
    one / 1000,
    two / 1000,
    one / two,
  ];
  return {
    kind: 'table',
    title: `On this machine, now: ${cell}, H = D = ${hidden}, ${steps} steps`,
    columns: [
      ...left('work'),
      { title: 'one thread', unit: 'ms', align: 'right' },
      { title: 'two', unit: 'ms', align: 'right' },
      ...right('speed-up'),
    ],
    rows: [row('both directions, one on each', apart), row('one recurrence, its steps in turn', inTurn)],
  };
}

export function measuredClaim({ steps, inTurn }: ThreadTimes): Claim {
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

export const measuredNote =
  'Measured: medians of runs in turn. Two threads gain at most 2; on a machine that is busy, or has one core, they gain nothing. A step here is a call of the compiled cell, its state handed over in shared memory.';
