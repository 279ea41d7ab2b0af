// A cell that is to learn something: it has to read its input.

import type { Cell } from '../cells/catalogue.ts';
import { InputError } from '../equations/input-error.ts';
import { cellArgument, refuseMemory, warned } from './cell-argument.ts';

/** Throws InputError for a cell that reads no input, CellError for a text that has mistakes. */
export function learnerArgument(argument: string): Cell {
  const cell = warned(cellArgument(argument));
  refuseMemory(cell);
  checkLearner(cell);
  return cell;
}

/** Throws InputError for a cell that reads no input. */
export function checkLearner({ name, program }: Cell): void {
  if (program.readsInput) return;
  throw new InputError(name, `${name} reads no input, so there is nothing it could learn from.`, {
    expected: 'a cell with `x` in its equations',
    got: name,
    fix: 'write the input into it, as in  h = tanh(W * h_prev + U * x)',
  });
}
