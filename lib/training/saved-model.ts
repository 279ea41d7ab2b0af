// A model as JSON: its equations, its sizes and its parameters. Numbers go through unchanged.

import { type Cell, cellOf } from '../cells/catalogue.ts';
import { readsMemory } from '../cells/memory-reads.ts';
import { InputError } from '../equations/input-error.ts';
import { printProgram } from '../equations/print.ts';
import { jsonProblem } from './json-problem.ts';
import { emptyModel, type Model } from './model.ts';

/** Whatever else the one who saves wants to know when it is loaded: the task, the seed. */
export type About = Readonly<Record<string, string | number | boolean>>;

interface SavedModel {
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

/**
 * Reads the text of a saved model. Throws InputError, about the file `where`, for whatever is wrong with it; CellError when its equations
 * are not a cell.
 */
export function loadModel(text: string, where: string): { readonly model: Model; readonly about: About } {
  const fail = (says: string, expected?: string): never => {
    throw new InputError(where, says, { expected, fix: 'give a file that `unroll train --save` wrote' });
  };
  const json = parsed(text, where);
  const problem = jsonProblem(text);
  if (problem !== undefined) return fail(`The file ${problem}.`);
  if (!isRecord(json) || json.unroll !== 'model') return fail('This is not a saved model.', '"unroll": "model"');
  if (json.version !== 1) return fail(`Its version is ${JSON.stringify(json.version)?.slice(0, 40)}.`, '"version": 1');
  const { layers, directions, hidden, inputs, outputs, readout, parameters } = json;
  const isLayer = (v: unknown): v is { cell: string; equations: string } =>
    isRecord(v) && typeof v.cell === 'string' && typeof v.equations === 'string' && Object.keys(v).length === 2;
  if (!Array.isArray(layers) || layers.length === 0 || layers.length > mostLayers || !layers.every(isLayer))
    return fail('`layers` is not a list of cells.', `1 to ${mostLayers} objects with the strings cell and equations`);
  if (directions !== 1 && directions !== 2) return fail('`directions` is neither 1 nor 2.');
  for (const [name, size] of Object.entries({ hidden, inputs, outputs }))
    if (!Number.isInteger(size) || (size as number) < 1 || (size as number) > mostUnits)
      return fail(`\`${name}\` is not a size.`, `a whole number from 1 to ${mostUnits}`);
  if (typeof readout !== 'string') return fail('`readout` is not a string of equations.');
  if (!isRecord(parameters)) return fail('`parameters` is not an object.');
  const about = aboutFrom(json.about, where);
  const extra = Object.keys(json).find((key) => !fields.includes(key));
  if (extra !== undefined) return fail(`\`${extra}\` is not part of a saved model.`, fields.join(', '));
  const cells = layers.map(({ cell, equations }): Cell => cellOf(cell, equations, `${where}, ${cell}`));
  const foreign = cells.find((cell) => !cell.program.readsInput || readsMemory(cell));
  if (foreign !== undefined)
    return fail(
      `The equations of \`${foreign.name}\` ${foreign.program.readsInput ? 'read a memory' : 'do not read the input'}.`,
      'equations that read `x`',
    );
  const { states, readsInput } = cellOf('readout', readout, `${where}, readout`).program;
  if (states.length > 0 || !readsInput)
    return fail('The readout is not a function of its input.', 'equations that read `x` and no previous value');
  // No more room than the file fills, or a little: sizes alone cannot ask for all memory.
  const numbers = Object.values(parameters).reduce<number>((sum, v) => sum + (Array.isArray(v) ? v.length : 0), 0);
  const sizes = { hidden, inputs, outputs } as { hidden: number; inputs: number; outputs: number };
  let model: Model;
  try {
    model = emptyModel({ cells, directions, ...sizes, readout }, Math.max(numbers, 1_000_000));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return fail(`Its sizes and equations do not match: ${error.message}.`);
  }
  for (const { name, rows, columns } of model.places) {
    const values: unknown = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (!Array.isArray(values) || values.length !== rows * columns)
      return fail(`\`parameters\` has no \`${name}\` of the right size.`, `${rows}×${columns} numbers`);
    const odd = values.findIndex((value) => !Number.isFinite(value));
    if (odd >= 0)
      return fail(`\`${name}\` holds ${JSON.stringify(values[odd])?.slice(0, 40)} at [${odd}].`, 'finite numbers');
    model.parameter(name).set(values);
  }
  const left = Object.keys(parameters).find((name) => !model.places.some((place) => place.name === name));
  if (left !== undefined)
    return fail(
      `\`parameters\` has \`${left}\`, which no equation reads.`,
      model.places.map(({ name }) => name).join(', '),
    );
  return { model, about };
}

/** What a file says about a model. Throws InputError, about the file `where`, when it is not `About` or its numbers cannot be. */
export function aboutFrom(about: unknown, where: string): About {
  const isCount = (v: unknown): boolean => v === undefined || (Number.isSafeInteger(v) && (v as number) >= 0);
  const isText = (v: unknown): boolean => v === undefined || typeof v === 'string';
  const fail = (says: string): never => {
    throw new InputError(where, says, { fix: 'give a file that `unroll train --save` wrote' });
  };
  if (!isRecord(about) || !Object.values(about).every((v) => ['string', 'number', 'boolean'].includes(typeof v)))
    return fail('`about` is not an object of strings, numbers and booleans.');
  for (const name of ['updates', 'seed'])
    if (!isCount(about[name])) return fail(`\`about.${name}\` is ${about[name]}, not a whole number of at least 0.`);
  for (const name of ['task', 'characters', 'equations'])
    if (!isText(about[name])) return fail(`\`about.${name}\` is not a string.`);
  return about as About;
}

const fields = [
  'unroll',
  'version',
  'about',
  'layers',
  'directions',
  'hidden',
  'inputs',
  'outputs',
  'readout',
  'parameters',
];

/** So that a damaged file cannot ask for all memory. */
const mostUnits = 65_536;
const mostLayers = 64;

function parsed(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(where, `This is not JSON: ${(error as Error).message}.`, {
      expected: 'a model that `unroll train --save` wrote, as .json or .safetensors',
      fix: 'give such a file',
    });
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
