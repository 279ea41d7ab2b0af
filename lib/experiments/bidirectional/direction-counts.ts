// What a second direction costs, counted from models that are built: the layer and the head's input double, a deep net more than doubles.

import type { Cell } from '../../cells/catalogue.ts';
import type { TableFigure } from '../../render/result.ts';
import { type Design, emptyModel, type Model } from '../../training/model.ts';
import { left, right } from '../table-columns.ts';

export interface Counted {
  readonly what: string;
  readonly one: number;
  readonly both: number;
}

export interface DirectionCounts {
  /** Of the model that is trained. */
  readonly own: {
    readonly layer: Counted;
    readonly headInput: Counted;
    readonly head: Counted;
    readonly whole: Counted;
  };
  /** What a token gets at H = 512. */
  readonly width: Counted;
  /** Two layers on top of one another, D = H = 64: the matrices alone, and with biases and the like. */
  readonly deep: { readonly matrices: Counted; readonly layers: Counted };
}

const [wide, deepSize] = [512, 64];

type Sizes = Omit<Design, 'directions'>;

const isHead = (name: string): boolean => name.startsWith('readout.');

const parametersOf = ({ places }: Model, counts: (name: string, columns: number) => boolean): number =>
  places.reduce((sum, { name, rows, columns }) => sum + (counts(name, columns) ? rows * columns : 0), 0);

/** Numbers that the layers hand to the head at every step. */
const widthOf = ({ layers }: Model): number => layers.at(-1)!.reduce((sum, { size }) => sum + size, 0);

export function directionCounts({ cells, hidden, inputs, outputs }: Sizes): DirectionCounts {
  const counted = (what: string, sizes: Sizes, of: (model: Model) => number): Counted => ({
    what,
    one: of(emptyModel({ ...sizes, directions: 1 })),
    both: of(emptyModel({ ...sizes, directions: 2 })),
  });
  const own = { cells, hidden, inputs, outputs };
  const deep = { cells: [cells[0]!, cells[0]!], hidden: deepSize, inputs: deepSize, outputs };
  const two = `2 layers, D = H = ${deepSize}`;
  return {
    own: {
      layer: counted('parameters of the layer', own, (model) => parametersOf(model, (name) => !isHead(name))),
      headInput: counted('numbers the head reads', own, widthOf),
      head: counted('parameters of the head', own, (model) => parametersOf(model, isHead)),
      whole: counted('parameters of all', own, ({ parameters }) => parameters.length),
    },
    width: counted(`numbers a token gets at H = ${wide}`, { ...own, hidden: wide }, widthOf),
    deep: {
      matrices: counted(`${two}: weights`, deep, (m) => parametersOf(m, (name, n) => !isHead(name) && n > 1)),
      layers: counted(`${two}: with biases`, deep, (m) => parametersOf(m, (name) => !isHead(name))),
    },
  };
}

export function countsTable(name: string, { own, width, deep }: DirectionCounts): TableFigure {
  const rows = [own.layer, own.headInput, own.head, own.whole, width, deep.matrices, deep.layers];
  return {
    kind: 'table',
    title: `What the second direction costs, counted from models of ${name}`,
    columns: [...left('of'), ...right('one', 'both'), { title: 'times', align: 'right', digits: 4 }],
    rows: rows.map(({ what, one, both }) => [what, one, both, both / one]),
  };
}

/** The H of one direction whose model has as nearly as can be as many parameters as both directions of the design have. */
export function asManyParameters(design: Sizes): number {
  const wanted = emptyModel({ ...design, directions: 2 }).parameters.length;
  const excess = (hidden: number) => emptyModel({ ...design, hidden, directions: 1 }).parameters.length - wanted;
  let hidden = design.hidden;
  // A cell without parameters, or one whose size is that of the input, has no more of them at a larger H.
  while (excess(hidden) < 0 && excess(hidden + 1) > excess(hidden)) hidden++;
  return hidden > design.hidden && -excess(hidden - 1) < excess(hidden) ? hidden - 1 : hidden;
}

/** Whether a cell has as many matrices H×H as H×D: then two layers with D = H grow from 2(R + I) to 4R + 6I weights, R = I, by 5/2. */
export function isEven(cell: Cell): boolean {
  const { places } = emptyModel({ cells: [cell], directions: 1, hidden: 3, inputs: 2, outputs: 1 });
  const reading = (columns: number) =>
    places.filter((place) => !isHead(place.name) && place.columns === columns).length;
  return reading(3) > 0 && reading(3) === reading(2);
}
