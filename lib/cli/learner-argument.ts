// A cell that is to learn something: it has to read its input.

import type { Cell } from '../cells/catalogue.ts';
import { InputError } from '../equations/input-error.ts';
import { cellArgument, refuseMemory } from './cell-argument.ts';

/** Throws InputError for a cell that reads no input, CellError for a text that has mistakes. */
export function learnerArgument(argument: string): Cell {
  const cell = cellArgument(argument);
  refuseMemory(cell);
  if (cell.program.readsInput) return cell;
  throw new InputError({
    where: cell.name,
    says: `${cell.name} reads no input, so there is nothing it could learn from.`,
    expected: 'a cell with `x` in its equations',
    got: cell.name,
    mend: 'write the input into it, as in  h = tanh(W * h_prev + U * x)',
  });
}
