// A model as JSON: its equations, its sizes and its parameters. Numbers go through unchanged.

import { type Cell, cellOf } from '../cells/catalogue.ts';
import { InputError } from '../equations/input-error.ts';
import { printProgram } from '../equations/print.ts';
import { emptyModel, type Model } from './model.ts';

/** Whatever else the one who saves wants to know when it is loaded: the task, the seed. */
export type About = Readonly<Record<string, string | number | boolean>>;

export interface SavedModel {
  readonly unroll: 'model';
  readonly version: 1;
  readonly about: About;
  /** One a layer: the name and the text of its cell. */
  readonly layers: readonly { readonly cell: string; readonly equations: string }[];
  readonly directions: 1 | 2;
  readonly hidden: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly readout: string;
  /** By the names of `Model.places`, row by row. */
  readonly parameters: Readonly<Record<string, readonly number[]>>;
}

/** Throws RangeError when a parameter is no finite number, which JSON cannot hold. */
export function saveModel(model: Model, about: About = {}): SavedModel {
  const { cells, directions, hidden, inputs, outputs } = model.design;
  if (!model.parameters.every(Number.isFinite)) throw new RangeError('the model holds numbers that are not finite');
  return {
    unroll: 'model',
    version: 1,
    about,
    layers: cells.map(({ name, program }) => ({ cell: name, equations: printProgram(program) })),
    directions,
    hidden,
    inputs,
    outputs,
    readout: model.design.readout ?? printProgram(model.readout.cell.program),
    parameters: Object.fromEntries(model.places.map(({ name }) => [name, [...model.parameter(name)]])),
  };
}

/** Throws InputError, about the file `where`, for what is no saved model; CellError when its equations are none. */
export function loadModel(json: unknown, where: string): { readonly model: Model; readonly about: About } {
  const fail = (says: string, expected?: string): never => {
    throw new InputError({
      where,
      says,
      ...(expected === undefined ? {} : { expected }),
      mend: 'give a file that `unroll train --save` wrote',
    });
  };
  if (!isRecord(json) || json.unroll !== 'model' || json.version !== 1) return fail('This is no saved model.');
  const { layers, directions, hidden, inputs, outputs, readout, parameters, about } = json;
  const isLayer = (v: unknown): v is { cell: string; equations: string } =>
    isRecord(v) && typeof v.cell === 'string' && typeof v.equations === 'string';
  if (!Array.isArray(layers) || layers.length === 0 || !layers.every(isLayer))
    return fail('`layers` is no list of cells with their equations.');
  if (directions !== 1 && directions !== 2) return fail('`directions` is neither 1 nor 2.');
  const isSize = (v: unknown): v is number => Number.isInteger(v) && (v as number) > 0 && (v as number) <= mostUnits;
  if (!isSize(hidden) || !isSize(inputs) || !isSize(outputs))
    return fail('A size is no whole number above 0.', 'hidden, inputs, outputs');
  if (typeof readout !== 'string') return fail('`readout` is no text of equations.');
  if (!isRecord(parameters)) return fail('`parameters` is missing.');
  const cells = layers.map(({ cell, equations }): Cell => cellOf(cell, equations, `${where}, ${cell}`));
  const model = emptyModel({ cells, directions, hidden, inputs, outputs, readout });
  for (const { name, rows, columns } of model.places) {
    const values = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (!Array.isArray(values) || values.length !== rows * columns || !values.every(Number.isFinite))
      return fail(`\`parameters\` has no \`${name}\` of the right size.`, `${rows}×${columns} finite numbers`);
    model.parameter(name).set(values);
  }
  return { model, about: isRecord(about) ? (about as About) : {} };
}

/** So that a damaged file cannot ask for all memory. */
const mostUnits = 65_536;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
