// A model's parameters under PyTorch's names, both ways: weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0, with _reverse for the
// second direction, and Linear's weight and bias for the readout. What PyTorch does not have keeps the model's own names. What the
// tensors of a module with names of its own are: pytorch-module.ts.

import { InputError } from '../equations/input-error.ts';
import { type Model, partsOf } from './model.ts';
import { type ParameterPlace, type Part, readoutOf } from './parts.ts';
import { equationsOf, type Gate, gatesOf, notAllUsed, tensorList, tensorSize } from './pytorch-module.ts';
import type { Tensor, Tensors } from './safetensors.ts';

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
 * Puts parameters, under the names of `tensorsOf`, into a model; where there is no readout among them, the model's stays as it is.
 * Throws InputError, about the file `where`, when one is missing, of another size or of no use, and then leaves the model as it was.
 */
export function takeTensors(model: Model, tensors: Tensors, where: string): void {
  const used = new Set<string>();
  const find = (name: string, shape: readonly number[]): Float64Array => {
    const tensor = tensors.get(name);
    const expected = `${name}: ${shape.join('×')}`;
    if (tensor === undefined || tensor.shape.join('×') !== shape.join('×'))
      throw new InputError(
        where,
        tensor === undefined
          ? `The file has no \`${name}\`.`
          : `\`${name}\` is ${tensorSize(tensor)}, not ${shape.join('×')}.`,
        {
          expected,
          got: tensorList(tensors),
          fix: 'give the weights of a model with the same cell, layers, directions and sizes',
        },
      );
    used.add(name);
    return tensor.data;
  };
  const values = new Map<string, Float64Array>();
  for (const part of partsOf(model)) {
    const { gates, suffix } = layoutOf(model, part);
    if (gates !== undefined) {
      const H = part.size;
      const D = part.sizes.get('D')!;
      const hasBias = tensors.has(`bias_ih_${suffix}`);
      const block = (name: string, of: keyof Gate, columns: number, shape: readonly number[]) => {
        const data = find(`${name}_${suffix}`, shape);
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
      if (!tensors.has('readout.weight')) continue;
      const { rows, columns } = model.places.find(({ name }) => name === 'readout.V')!;
      values.set('readout.V', find('readout.weight', [rows, columns]));
      values.set('readout.a', tensors.has('readout.bias') ? find('readout.bias', [rows]) : new Float64Array(rows));
    } else for (const { name, rows, columns } of placesOf(model, part)) values.set(name, find(name, [rows, columns]));
  }
  if (used.size < tensors.size)
    throw notAllUsed(tensors, (name) => (used.has(name) ? 'parameter of the model' : undefined), where);
  // Only now: a file that does not fit leaves the model as it was.
  for (const [name, data] of values) model.parameter(name).set(data);
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

const placesOf = (model: Model, part: Part): readonly ParameterPlace[] =>
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
