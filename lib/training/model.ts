// A model: one cell a layer, in one direction or two, and a readout. It holds all parameters; whoever runs it holds the rest.

import type { Cell } from '../cells/catalogue.ts';
import { initialValues } from '../equations/initialisers.ts';
import { type Sizes, shapeOf, sizeOf } from '../equations/program.ts';
import { sizesFor } from '../equations/sizes.ts';
import type { Matrix } from '../numbers/matrix.ts';
import type { Random } from '../numbers/random.ts';
import { readoutOf } from './readout.ts';
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

/** A cell at its place in the model: `l0`, `l0_reverse`, `l1` …, `readout`. */
export interface Part {
  readonly name: string;
  readonly cell: Cell;
  readonly sizes: Sizes;
  /** Rows of what it gives. */
  readonly size: number;
}

/** Where a parameter lies in `Model.parameters`. Its name is its part's, a dot, and its own: `l0.W_h`, `readout.V`. */
export interface Place {
  readonly name: string;
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
}

export interface Model {
  readonly design: Design;
  /** [layer][direction] */
  readonly layers: readonly (readonly Part[])[];
  readonly readout: Part;
  /** All of them, one after the other, in the order of `places`. Training writes here. */
  readonly parameters: Float64Array;
  readonly places: readonly Place[];
  /** A view on one of them, row by row. Throws RangeError for a name that there is none of. */
  parameter(name: string): Float64Array;
}

/** First values of the parameters of one part. */
export type Start = (cell: Cell, sizes: Sizes, rng: Random) => ReadonlyMap<string, Matrix>;

const asWritten: Start = ({ program }, sizes, rng) => initialValues(program, sizes, rng);

/**
 * A model with first values. `start` is for the layers; by default their cells' own initialisers, as for the readout, whose
 * parameters begin uniform in ±1/√(what it reads), as PyTorch's Linear. Throws RangeError for sizes that are no whole numbers above
 * 0, and for a cell that reads no input.
 */
export function createModel(design: Design, rng: Random, start: Start = asWritten): Model {
  const model = emptyModel(design);
  for (const part of partsOf(model)) {
    const values = (part === model.readout ? asWritten : start)(part.cell, part.sizes, rng.fork(part.name));
    for (const name of part.cell.program.parameters)
      model.parameter(`${part.name}.${name}`).set(values.get(name)!.data);
  }
  return model;
}

/** The same with all parameters 0: for whoever brings their values. */
export function emptyModel(design: Design): Model {
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
    const parts = names.map((name) => partOf(name, cell, sizes));
    width = parts.reduce((sum, part) => sum + part.size, 0);
    return parts;
  });
  // H is what the default initialiser takes for its fan-in.
  const readout = partOf(
    'readout',
    readoutOf(design.readout),
    new Map([
      ['D', width],
      ['O', outputs],
      ['H', width],
    ]),
  );
  if (readout.size !== outputs) throw new RangeError(`the readout gives ${readout.size} numbers, not ${outputs}`);

  const places: Place[] = [];
  let offset = 0;
  for (const { name: of, cell, sizes } of [...layers.flat(), readout])
    for (const parameter of cell.program.parameters) {
      const shape = shapeOf(cell.program, parameter);
      const [rows, columns] = [sizeOf(shape.rows, sizes), sizeOf(shape.columns, sizes)];
      places.push({ name: `${of}.${parameter}`, offset, rows, columns });
      offset += rows * columns;
    }
  const parameters = new Float64Array(offset);
  const placeOf = new Map(places.map((place) => [place.name, place]));
  return {
    design,
    layers,
    readout,
    parameters,
    places,
    parameter: (name) => {
      const place = placeOf.get(name);
      if (place === undefined) throw new RangeError(`the model has no parameter named ${name}`);
      return parameters.subarray(place.offset, place.offset + place.rows * place.columns);
    },
  };
}

/** Layers first, the readout last. */
export const partsOf = ({ layers, readout }: Pick<Model, 'layers' | 'readout'>): Part[] => [...layers.flat(), readout];

const partOf = (name: string, cell: Cell, sizes: Sizes): Part => ({
  name,
  cell,
  sizes,
  size: sizeOf(shapeOf(cell.program, cell.program.output).rows, sizes),
});
