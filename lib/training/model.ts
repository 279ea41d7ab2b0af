// A model: one cell a layer, in one direction or two, and a readout. It holds all parameters; whoever runs it holds the rest.

import type { Cell } from '../cells/catalogue.ts';
import { sizesFor } from '../equations/program.ts';
import type { Random } from '../numbers/random.ts';
import {
  asWritten,
  createPart,
  type Parameters,
  type Part,
  parametersOf,
  readoutPart,
  type Start,
  startPart,
} from './parts.ts';
import type { MakeRunner } from './runner.ts';

export interface Design {
  /** One a layer, the first one reads the input. */
  readonly cells: readonly Cell[];
  /** 2: a second cell in every layer reads from the end to the start (Schuster & Paliwal 1997). */
  readonly directions: 1 | 2;
  /** H of every cell */
  readonly hidden: number;
  /** D */
  readonly inputs: number;
  /** O */
  readonly outputs: number;
  /** The readout's equations; by default `y = V * x + a`. */
  readonly readout?: string;
  /** Who runs its parts; compiled kernels where absent. */
  readonly runners?: MakeRunner | undefined;
}

export interface Model extends Parameters {
  readonly design: Design;
  /** [layer][direction] */
  readonly layers: readonly (readonly Part[])[];
  readonly readout: Part;
}

/**
 * A model with first values. `start` is for the layers; by default their cells' own initialisers, as for the readout, whose
 * parameters begin uniform in ±1/√(what it reads), as PyTorch's Linear. Throws RangeError for sizes that are no whole numbers above
 * 0, and for a cell that reads no input.
 */
export function createModel(design: Design, rng: Random, start: Start = asWritten): Model {
  const model = emptyModel(design);
  for (const part of partsOf(model)) startPart(model, part, rng, part === model.readout ? asWritten : start);
  return model;
}

/** The same with all parameters 0, to be filled from a file. Throws RangeError where they would be more than `most` numbers. */
export function emptyModel(design: Design, most = Number.POSITIVE_INFINITY): Model {
  const { cells, directions, hidden, inputs, outputs } = design;
  for (const [what, count] of Object.entries({ layers: cells.length, hidden, inputs, outputs }))
    if (!Number.isInteger(count) || count < 1)
      throw new RangeError(`${what} is ${count}: a whole number above 0 is wanted`);
  const deaf = cells.find(({ program }) => !program.readsInput);
  if (deaf !== undefined) throw new RangeError(`${deaf.name} reads no input, so there is nothing it could learn from`);
  let width = inputs;
  const layers = cells.map((cell, l) => {
    const sizes = sizesFor(cell.program, hidden, width);
    const names = [`l${l}`, `l${l}_reverse`].slice(0, directions);
    const parts = names.map((name) => createPart(name, cell, sizes));
    width = parts.reduce((sum, part) => sum + part.size, 0);
    return parts;
  });
  const readout = readoutPart(width, outputs, design.readout);
  return { design, layers, readout, ...parametersOf([...layers.flat(), readout], most) };
}

/** Layers first, the readout last. */
export const partsOf = ({ layers, readout }: Pick<Model, 'layers' | 'readout'>): Part[] => [...layers.flat(), readout];
