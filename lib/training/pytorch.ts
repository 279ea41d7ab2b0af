// A model's parameters under PyTorch's names, both ways: weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0, with _reverse for the
// second direction, and Linear's weight and bias for the readout. What PyTorch does not have keeps the model's own names.

import { InputError } from '../equations/input-error.ts';
import { type Model, partsOf } from './model.ts';
import type { Part, Place } from './parts.ts';
import { cellWithGates, equationsOf, type Gate, gatesOf } from './pytorch-gates.ts';
import { readoutOf } from './readout.ts';
import type { Tensor } from './safetensors.ts';

/** All parameters of a model. Those of the readout are `readout.weight` and `readout.bias`. */
export function tensorsOf(model: Model): Map<string, Tensor> {
  const tensors = new Map<string, Tensor>();
  for (const part of partsOf(model)) {
    const { gates, suffix } = layoutOf(model, part);
    if (gates !== undefined)
      for (const { name, of } of blocks) {
        const rows = gates.map((gate) => rowsOf(model, part, gate, of));
        tensors.set(`${name}_${suffix}`, below(rows));
      }
    else if (isLinear(model, part)) {
      tensors.set('readout.weight', tensorOf(model, 'readout.V'));
      tensors.set('readout.bias', vectorOf(model, 'readout.a'));
    } else for (const place of placesOf(model, part)) tensors.set(place.name, tensorOf(model, place.name));
  }
  return tensors;
}

/**
 * Puts parameters into a model. Names may have a prefix, as in a module that holds an LSTM as `lstm`; a Linear may have any
 * name, and where there is none the readout stays as it is. Throws InputError, about the file `where`, when one is missing or of
 * another size.
 */
export function takeTensors(model: Model, tensors: ReadonlyMap<string, Tensor>, where: string): void {
  const find = (name: string, shape: readonly number[]): Float64Array => {
    const tensor = tensors.get(name);
    const expected = `${name}: ${shape.join('×')}`;
    if (tensor === undefined)
      throw new InputError({
        where,
        says: `There is no \`${name}\` in it.`,
        expected,
        got: [...tensors.keys()].join(', '),
        mend: 'give the weights of a model with the same cell, layers and directions',
      });
    if (tensor.shape.join('×') !== shape.join('×'))
      throw new InputError({
        where,
        says: `\`${name}\` has another size.`,
        expected,
        got: tensor.shape.join('×'),
        mend: 'give the weights of a model of the same sizes',
      });
    return tensor.data;
  };
  const prefix = prefixOf(tensors);
  const linear = linearOf(tensors, prefix);
  const values = new Map<string, Float64Array>();
  for (const part of partsOf(model)) {
    const { gates, suffix } = layoutOf(model, part);
    if (gates !== undefined) {
      const H = part.size;
      const D = part.sizes.get('D')!;
      const hasBias = tensors.has(`${prefix}bias_ih_${suffix}`);
      const block = (name: string, of: keyof Gate, columns: number, shape: readonly number[]) => {
        const data = find(`${prefix}${name}_${suffix}`, shape);
        return (i: number) => ({ name: gates[i]![of], rows: data.subarray(i * H * columns, (i + 1) * H * columns) });
      };
      const tall = gates.length * H;
      const weights = [block('weight_ih', 'weightIh', D, [tall, D]), block('weight_hh', 'weightHh', H, [tall, H])];
      const biases = hasBias ? [block('bias_ih', 'biasIh', 1, [tall]), block('bias_hh', 'biasHh', 1, [tall])] : [];
      for (const [i, gate] of gates.entries()) {
        for (const of of weights) {
          const { name, rows } = of(i);
          values.set(`${part.name}.${name}`, rows);
        }
        const ih = biases[0]?.(i).rows ?? new Float64Array(H);
        const hh = biases[1]?.(i).rows ?? new Float64Array(H);
        const apart = gate.biasHh !== undefined;
        values.set(`${part.name}.${gate.biasIh}`, apart ? ih : ih.map((b, j) => b + hh[j]!));
        if (apart) values.set(`${part.name}.${gate.biasHh}`, hh);
      }
    } else if (isLinear(model, part)) {
      if (linear === undefined) continue;
      const { rows, columns } = model.places.find(({ name }) => name === 'readout.V')!;
      values.set('readout.V', find(`${linear}weight`, [rows, columns]));
      const noBias = !tensors.has(`${linear}bias`);
      values.set('readout.a', noBias ? new Float64Array(rows) : find(`${linear}bias`, [rows]));
    } else for (const { name, rows, columns } of placesOf(model, part)) values.set(name, find(name, [rows, columns]));
  }
  // Only now: a file that does not fit leaves the model as it was.
  for (const [name, data] of values) model.parameter(name).set(data);
}

/** What a file of PyTorch's names holds. */
export interface Found {
  /** The built-in cell. */
  readonly cell: string;
  readonly layers: number;
  readonly directions: 1 | 2;
  readonly hidden: number;
  readonly inputs: number;
  /** Absent where there is no Linear in it. */
  readonly outputs?: number;
}

/** Tells cell, layers and sizes from the names and shapes. Throws InputError when they are not those of RNN, LSTM or GRU. */
export function foundIn(tensors: ReadonlyMap<string, Tensor>, where: string): Found {
  const prefix = prefixOf(tensors);
  const shapeOf = (name: string) => tensors.get(`${prefix}${name}`)?.shape ?? [];
  const [tall = 0, inputs = 0] = shapeOf('weight_ih_l0');
  const hidden = shapeOf('weight_hh_l0')[1] ?? 0;
  const cell = hidden === 0 ? undefined : cellWithGates(tall / hidden);
  if (cell === undefined || inputs === 0 || tensors.has(`${prefix}weight_hr_l0`))
    throw new InputError({
      where,
      says: 'These are not the weights of an RNN, LSTM or GRU of PyTorch.',
      expected: 'weight_ih_l0, weight_hh_l0, …, without proj_size',
      got: [...tensors.keys()].join(', '),
      mend: 'save `module.state_dict()`, or give the model as JSON',
    });
  let layers = 1;
  while (tensors.has(`${prefix}weight_ih_l${layers}`)) layers++;
  const linear = linearOf(tensors, prefix);
  const outputs = linear === undefined ? undefined : tensors.get(`${linear}weight`)!.shape[0];
  return {
    cell,
    layers,
    directions: tensors.has(`${prefix}weight_ih_l0_reverse`) ? 2 : 1,
    hidden,
    inputs,
    ...(outputs === undefined ? {} : { outputs }),
  };
}

const blocks = [
  { name: 'weight_ih', of: 'weightIh' },
  { name: 'weight_hh', of: 'weightHh' },
  { name: 'bias_ih', of: 'biasIh' },
  { name: 'bias_hh', of: 'biasHh' },
] as const;

const layoutOf = (model: Model, part: Part): { gates?: readonly Gate[] | undefined; suffix: string } =>
  part === model.readout ? { suffix: '' } : { gates: gatesOf(part.cell), suffix: part.name };

const isLinear = (model: Model, part: Part): boolean =>
  part === model.readout && equationsOf(part.cell) === equationsOf(readoutOf());

const placesOf = (model: Model, part: Part): readonly Place[] =>
  model.places.filter(({ name }) => name.startsWith(`${part.name}.`));

function tensorOf(model: Model, name: string): Tensor {
  const { rows, columns } = model.places.find((place) => place.name === name)!;
  return { shape: [rows, columns], data: model.parameter(name) };
}

const vectorOf = (model: Model, name: string): Tensor => {
  const data = model.parameter(name);
  return { shape: [data.length], data };
};

/** A gate's rows of one block; zeros for the bias that the cell does not have. */
function rowsOf(model: Model, part: Part, gate: Gate, of: keyof Gate): Tensor {
  const own = gate[of];
  if (own === undefined) return { shape: [part.size], data: new Float64Array(part.size) };
  return of.startsWith('bias') ? vectorOf(model, `${part.name}.${own}`) : tensorOf(model, `${part.name}.${own}`);
}

function below(tensors: readonly Tensor[]): Tensor {
  const [rows, ...columns] = tensors[0]!.shape;
  return {
    shape: [rows! * tensors.length, ...columns],
    data: Float64Array.from(tensors.flatMap(({ data }) => [...data])),
  };
}

const firstName = 'weight_ih_l0';
const prefixOf = (tensors: ReadonlyMap<string, Tensor>): string =>
  [...tensors.keys()]
    .find((name) => name === firstName || name.endsWith(`.${firstName}`))
    ?.slice(0, -firstName.length) ?? '';

/** The prefix of the one matrix that is not the recurrent layers': `readout.`, `fc.`. */
const linearOf = (tensors: ReadonlyMap<string, Tensor>, prefix: string): string | undefined =>
  [...tensors]
    .find(
      ([name, { shape }]) =>
        name.endsWith('.weight') && shape.length === 2 && (prefix === '' || !name.startsWith(prefix)),
    )?.[0]
    .slice(0, -'weight'.length);
