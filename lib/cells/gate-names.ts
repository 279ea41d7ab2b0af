// Which values of a cell are gates, and what they guard.

import type { Cell } from './catalogue.ts';

/** The gates of a cell, in the order of its equations. */
export const gateNames = (cell: Cell): string[] =>
  cell.program.equations
    .filter(({ value }) => value.kind === 'apply' && value.op === 'sigmoid')
    .map(({ name }) => name);

/** What the gates guard: `c` where the cell has it, else its first state that is no gate. */
export const guardedState = (cell: Cell): string | undefined =>
  cell.program.states.includes('c') ? 'c' : cell.program.states.find((state) => !gateNames(cell).includes(state));
