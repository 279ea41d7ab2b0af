// Which cells are there? The catalogue, counted.

import { builtIn, builtInNames } from '../cells/catalogue.ts';
import { gateNames } from '../cells/gate-names.ts';
import type { Result } from '../render/result.ts';
import { parameterCount } from './cell-facts.ts';
import { left, right } from './table-columns.ts';

export function cellList(hidden: number, input: number): Result {
  const cells = builtInNames().map(builtIn);
  return {
    unroll: 1,
    experiment: 'cell list',
    question: 'Which cells are there?',
    options: { hidden, input },
    seed: 0,
    figures: [
      {
        kind: 'table',
        title: `Parameters are counted for H = ${hidden}, D = ${input}`,
        columns: [...left('cell', 'states', 'gates'), ...right('parameters')],
        rows: cells.map((cell) => [
          cell.name,
          cell.program.states.join(' ') || 'none',
          gateNames(cell).join(' ') || 'none',
          String(parameterCount(cell.program, hidden, input)),
        ]),
      },
      {
        kind: 'text',
        title: 'Where they come from',
        language: 'plain',
        lines: cells.map((cell) => `${cell.name}: ${cell.program.heading[0] ?? ''}`),
      },
    ],
    claims: [],
    notes: ['A cell is also a file of your own (cell.cell), or equations in quotes: "h = tanh(W * h_prev + U * x)".'],
    next: { says: 'Read one', command: 'unroll cell show lstm' },
  };
}
