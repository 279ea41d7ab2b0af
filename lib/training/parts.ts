// What models are made of: cells at their places, and the parameters of all of them in one array.

import { type Cell, cellOf } from '../cells/catalogue.ts';
import { initialValues } from '../equations/initialisers.ts';
import { type Sizes, sizedShape } from '../equations/program.ts';
import type { Matrix } from '../numbers/matrix.ts';
import type { Random } from '../numbers/random.ts';

/** A cell at its place in the model: `l0`, `l0_reverse`, `l1` …, `encoder`, `decoder`, `readout`. */
export interface Part {
  readonly name: string;
  readonly cell: Cell;
  readonly sizes: Sizes;
  /** Rows of what it gives. */
  readonly size: number;
}

/** Where a parameter lies in `Parameters.parameters`. Its name is its part's, a dot, and its own: `l0.W_h`, `readout.V`. */
export interface ParameterPlace {
  readonly name: string;
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
}

export interface Parameters {
  /** All of them, one after the other, in the order of `places`. Training writes here. */
  readonly parameters: Float64Array;
  readonly places: readonly ParameterPlace[];
  /** A view on one of them, row by row. Throws RangeError for a name that there is none of. */
  parameter(name: string): Float64Array;
}

/** First values of the parameters of one part. */
export type Start = (cell: Cell, sizes: Sizes, rng: Random) => ReadonlyMap<string, Matrix>;

export const asWritten: Start = ({ program }, sizes, rng) => initialValues(program, sizes, rng);

export const createPart = (name: string, cell: Cell, sizes: Sizes): Part => ({
  name,
  cell,
  sizes,
  size: sizedShape(cell.program, cell.program.output, sizes).rows,
});

/** What a model says: `x` is the output of the last layer; with two directions, the forward one's and then the backward one's. */
const readoutText = `
# Readout
y = V * x + a   # what the model says

V : O D
a : O
`.trim();

/** Throws CellError for a text that is no program. */
export const readoutOf = (text: string = readoutText): Cell => cellOf('readout', text);

/** The last part, from `width` numbers to `outputs`. Throws RangeError where a text of somebody's own gives another count. */
export function readoutPart(width: number, outputs: number, text?: string): Part {
  // H is what the default initialiser takes for its fan-in.
  const part = createPart('readout', readoutOf(text), new Map(Object.entries({ D: width, O: outputs, H: width })));
  if (part.size !== outputs) throw new RangeError(`the readout gives ${part.size} numbers, not ${outputs}`);
  return part;
}

/** Room for all parameters of these parts, all 0. Throws RangeError for more than `most` numbers. */
export function parametersOf(parts: readonly Part[], most = Number.POSITIVE_INFINITY): Parameters {
  const places: ParameterPlace[] = [];
  let offset = 0;
  for (const { name: of, cell, sizes } of parts)
    for (const parameter of cell.program.parameters) {
      const { rows, columns } = sizedShape(cell.program, parameter, sizes);
      places.push({ name: `${of}.${parameter}`, offset, rows, columns });
      offset += rows * columns;
    }
  if (offset > most) throw new RangeError(`${offset} parameters are more than there is room for`);
  const parameters = new Float64Array(offset);
  const placeOf = new Map(places.map((place) => [place.name, place]));
  return {
    parameters,
    places,
    parameter: (name) => {
      const place = placeOf.get(name);
      if (place === undefined) throw new RangeError(`the model has no parameter named ${name}`);
      return parameters.subarray(place.offset, place.offset + place.rows * place.columns);
    },
  };
}

/** First values, from a stream of the part's own. */
export function startPart(model: Parameters, part: Part, rng: Random, start: Start = asWritten): void {
  const values = start(part.cell, part.sizes, rng.fork(part.name));
  for (const name of part.cell.program.parameters) model.parameter(`${part.name}.${name}`).set(values.get(name)!.data);
}
