// How PyTorch lays out the parameters of RNN, LSTM and GRU: which of a cell's parameters stand below each other in weight_ih,
// weight_hh, bias_ih and bias_hh. From the documentation of torch.nn.

import { builtIn, type Cell } from '../cells/catalogue.ts';
import { printEquation } from '../equations/print.ts';

/** One block of H rows for each gate, in PyTorch's order. */
export interface Gate {
  readonly weightIh: string;
  readonly weightHh: string;
  readonly biasIh: string;
  /** Most cells have one bias where PyTorch has two, which are added: bias_hh is written as 0, and read on top of bias_ih. */
  readonly biasHh?: string;
}

const gate = (letter: string): Gate => ({ weightIh: `U_${letter}`, weightHh: `W_${letter}`, biasIh: `b_${letter}` });
const plain: Gate = { weightIh: 'W_x', weightHh: 'W_h', biasIh: 'b' };

/** By the name of the built-in cell that computes what PyTorch's does. */
const layouts: Readonly<Record<string, readonly Gate[]>> = {
  rnn: [plain],
  // RNN(nonlinearity='relu')
  irnn: [plain],
  lstm: ['i', 'f', 'g', 'o'].map(gate),
  // The recurrent bias of the candidate is inside the reset gate, so it cannot be added to the other.
  'gru-reset-after': [gate('r'), gate('z'), { ...gate('n'), biasHh: 'd_n' }],
};

/** What a cell computes, without comments and first values. */
export const equationsOf = ({ program }: Cell): string => program.equations.map(printEquation).join('\n');

/** The gates of a cell that is PyTorch's, whatever its name; undefined for every other one. */
export function gatesOf(cell: Cell): readonly Gate[] | undefined {
  const text = equationsOf(cell);
  const name = Object.keys(layouts).find((known) => equationsOf(builtIn(known)) === text);
  return name === undefined ? undefined : layouts[name];
}

/** The built-in cell with this number of gates in PyTorch; of two, the one with these equations, or RNN with tanh, which is PyTorch's default. */
export function cellWithGates(count: number, equations?: string): string | undefined {
  const fits = Object.keys(layouts).filter((name) => layouts[name]!.length === count);
  return fits.find((name) => equationsOf(builtIn(name)) === equations) ?? fits[0];
}
