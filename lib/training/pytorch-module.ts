// What each tensor of a PyTorch module is, from its name and its shape together: the recurrent layers, the readout, an embedding.

import { builtIn, type Cell } from '../cells/catalogue.ts';
import { InputError } from '../equations/input-error.ts';
import { printEquation } from '../equations/print.ts';
import { counted } from '../numbers/counted.ts';
import type { Tensor, Tensors } from './safetensors.ts';

/** A module that has been recognised. */
interface Found {
  /** The built-in cell. */
  readonly cell: string;
  readonly layers: number;
  readonly directions: 1 | 2;
  readonly hidden: number;
  /** Of a module with an embedding: its symbols, one-hot. */
  readonly inputs: number;
  /** Absent where there is no readout in it. */
  readonly outputs?: number | undefined;
  /** Under the names of `tensorsOf`, the embedding multiplied into weight_ih_l0. */
  readonly tensors: Tensors;
  readonly notes: readonly string[];
}

/** The last part of a module's name, as in `model.fc.weight`. */
const embeddingName = /emb|enc|wte|lookup/i;
const readoutName =
  /^(readout|fc\d*|lin(ear)?\d*|dec(oder)?|(lm_?)?head|out\w*|proj\w*|logits?|classifier|dense|generator|h(idden)?(2|_to_)\w+)$|_out$|_head$/i;
const recurrentName = /^(weight|bias)_(ih|hh)_l\d+(_reverse)?$/;
const firstName = 'weight_ih_l0';

/**
 * Recognises RNN, LSTM or GRU with at most one Embedding before it and one Linear after it, under any prefix; `equations` are those that
 * the file names. Throws InputError, about the file `where`, where it is no such module and where a tensor is left over or two could be
 * the same: it lists what each was taken for.
 */
export function foundIn(tensors: Tensors, where: string, equations?: string): Found {
  const prefix = [...tensors.keys()].find(isFirst)?.slice(0, -firstName.length) ?? '';
  const own = (name: string): string => `${prefix}${name}`;
  const [tall = 0, width = 0] = tensors.get(own(firstName))?.shape ?? [];
  const hidden = tensors.get(own('weight_hh_l0'))?.shape[1] ?? 0;
  const cell = hidden === 0 ? undefined : cellWithGates(tall / hidden, equations);
  if (cell === undefined || width === 0 || tensors.has(own('weight_hr_l0')))
    throw new InputError(where, 'These are not the weights of an RNN, LSTM or GRU of PyTorch.', {
      expected: 'weight_ih_l0, weight_hh_l0, …, without proj_size',
      got: tensorList(tensors),
      fix: 'save `module.state_dict()`, or give the model as JSON',
    });
  let layers = 1;
  while (tensors.has(own(`weight_ih_l${layers}`))) layers++;
  const directions = tensors.has(own(`${firstName}_reverse`)) ? 2 : 1;
  const matrices = (columns: number): string[] =>
    [...tensors]
      .filter(
        ([name, { shape }]) =>
          shape.length === 2 && shape[1] === columns && shape[0]! > 0 && /(^|\.)weight$/.test(name),
      )
      .map(([name]) => name.slice(0, -'weight'.length));
  // An Embedding has no bias, so a matrix with as many biases as rows is a Linear whatever its name; without one the name has to say which.
  const embeddings = matrices(width).filter(
    (module) => isCalled(`${module}weight`, embeddingName) && !tensors.has(`${module}bias`),
  );
  const readouts = matrices(directions * hidden).filter((module) =>
    tensors.has(`${module}bias`)
      ? tensorSize(tensors.get(`${module}bias`)) === String(tensors.get(`${module}weight`)!.shape[0])
      : isCalled(`${module}weight`, readoutName),
  );
  const isRecurrent = (name: string): boolean =>
    name.startsWith(prefix) && recurrentName.test(name.slice(prefix.length));
  const roleOf = (name: string): string | undefined => {
    if (isRecurrent(name)) return 'recurrent layer';
    if (embeddings.some((module) => name === `${module}weight`)) return 'embedding';
    return readouts.some((module) => name === `${module}weight` || name === `${module}bias`) ? 'readout' : undefined;
  };
  for (const [role, modules] of Object.entries({ embedding: embeddings, readout: readouts }))
    if (modules.length > 1)
      throw unclear(
        tensors,
        roleOf,
        where,
        `${modules.length} matrices could be the ${role}: ${modules.map((module) => `\`${module}weight\``).join(', ')}.`,
      );
  if ([...tensors.keys()].some((name) => roleOf(name) === undefined)) throw notAllUsed(tensors, roleOf, where);
  const [embedding, readout] = [embeddings[0], readouts[0]];
  const standard = new Map<string, Tensor>();
  for (const [name, tensor] of tensors)
    if (isRecurrent(name)) standard.set(name.slice(prefix.length), tensor);
    else if (readout !== undefined && name.startsWith(readout))
      standard.set(`readout.${name.slice(readout.length)}`, tensor);
  const notes: string[] = [];
  let inputs = width;
  if (embedding !== undefined) {
    const vectors = tensors.get(`${embedding}weight`)!;
    for (const name of [firstName, `${firstName}_reverse`]) {
      const weights = standard.get(name);
      // One of another size is refused when it is put into the model.
      if (tensorSize(weights) === `${tall}×${width}`) standard.set(name, timesTransposed(weights!, vectors));
    }
    inputs = vectors.shape[0]!;
    notes.push(
      `The embedding \`${embedding}weight\` (${tensorSize(vectors)}) is multiplied into the input weights, W_ih Eᵀ: the model reads one-hot vectors of size ${inputs}, with the same outputs.`,
    );
  }
  if (cell === 'rnn' && equations === undefined)
    notes.push('The file does not name the nonlinearity of the RNN: tanh, the default in PyTorch, is assumed.');
  const outputs = readout === undefined ? undefined : tensors.get(`${readout}weight`)!.shape[0]!;
  if (outputs === undefined) notes.push('The file has no readout: it is initialised at random.');
  return {
    cell,
    layers,
    directions,
    hidden,
    inputs,
    outputs,
    tensors: standard,
    notes,
  };
}

/** Whether these are tensors of a PyTorch module, and not of a model whose cell PyTorch does not have. */
export const isModule = (tensors: Tensors): boolean => [...tensors.keys()].some(isFirst);

/** Tensors that were left over, in a list of all. */
export function notAllUsed(tensors: Tensors, roleOf: (name: string) => string | undefined, where: string): InputError {
  const left = [...tensors.keys()].filter((name) => roleOf(name) === undefined);
  const says = `${counted(left.length, 'tensor')} in the file would not be used: ${left.map((name) => `\`${name}\``).join(', ')}.`;
  return unclear(tensors, roleOf, where, says);
}

const unclear = (
  tensors: Tensors,
  roleOf: (name: string) => string | undefined,
  where: string,
  says: string,
): InputError =>
  new InputError(where, says, {
    expected:
      'RNN, LSTM or GRU, at most one Embedding before it (`embedding.weight`, symbols × input size) and one Linear after it (`fc.weight`, outputs × hidden size, with or without `fc.bias`)',
    got: tensorList(tensors, (name) => roleOf(name) ?? 'not used'),
    fix: 'save a module with only these layers, or rename the tensors: state["fc.weight"] = state.pop("NAME")',
  });

export const tensorSize = (tensor: Tensor | undefined): string =>
  tensor === undefined ? '' : tensor.shape.length === 0 ? 'scalar' : tensor.shape.join('×');

/** Every tensor with its shape, and what it was taken for. */
export const tensorList = (tensors: Tensors, roleOf?: (name: string) => string): string =>
  tensors.size === 0
    ? 'no tensors'
    : [...tensors]
        .map(([name, tensor]) => `${name} ${tensorSize(tensor)}${roleOf === undefined ? '' : ` (${roleOf(name)})`}`)
        .join(', ');

const isFirst = (name: string): boolean => name === firstName || name.endsWith(`.${firstName}`);

function isCalled(name: string, word: RegExp): boolean {
  const [weight, module = ''] = name.split('.').reverse();
  return weight === 'weight' && word.test(module);
}

/** W [rows × E] times the transpose of E [V × E]: column v is what the layer gets from symbol v. */
function timesTransposed(weights: Tensor, vectors: Tensor): Tensor {
  const [rows, width] = weights.shape as [number, number];
  const symbols = vectors.shape[0]!;
  const data = new Float64Array(rows * symbols);
  for (let r = 0; r < rows; r++)
    for (let v = 0; v < symbols; v++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += weights.data[r * width + k]! * vectors.data[v * width + k]!;
      data[r * symbols + v] = sum;
    }
  return { shape: [rows, symbols], data };
}

// How PyTorch lays out the parameters of RNN, LSTM and GRU: which of a cell's parameters stand below each other in weight_ih,
// weight_hh, bias_ih and bias_hh. From the documentation of torch.nn.

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
function cellWithGates(count: number, equations?: string): string | undefined {
  const fits = Object.keys(layouts).filter((name) => layouts[name]!.length === count);
  return fits.find((name) => equationsOf(builtIn(name)) === equations) ?? fits[0];
}
