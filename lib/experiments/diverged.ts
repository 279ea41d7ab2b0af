// Why a model's numbers are not finite, in words: which of its equations overflowed at which step, or that its loss or its gradient did.

import { zeroStates } from '../equations/program.ts';
import { counted } from '../numbers/counted.ts';
import { column, type Matrix } from '../numbers/matrix.ts';
import type { Model } from '../training/model.ts';
import type { Parameters, Part } from '../training/parts.ts';
import type { Seq2seq } from '../training/seq2seq.ts';
import type { Divergence } from '../training/training-loop.ts';
import { unroll } from '../training/unroll.ts';
import { firstNonFinite, nonFiniteSays } from './non-finite.ts';

/** `after 12 updates the loss was not finite: the forward pass overflows at t = 4, in h`. B is `size`. */
export function divergedSays({ updates, overflow, batch }: Divergence, model: Model, size: number): string {
  const steps = batch.weights.length / size;
  const cause =
    overflow === 'loss'
      ? (firstNonFiniteIn(model, batch.inputs, steps, size) ?? 'the outputs are finite, but their loss overflows')
      : (firstNonFiniteIn(model, batch.inputs, steps, size, batch.weights) ??
        'the forward pass is finite, but the backward pass overflows');
  const when = updates === 0 ? 'before the first update' : `after ${counted(updates, 'update')}`;
  return `${when} the ${overflow} was not finite: ${cause}`;
}

/** A run of seed `seed + k`; `name` where there are several at each seed. */
export interface Run {
  readonly name?: string;
  readonly k: number;
  readonly diverged?: string | undefined;
}

/** A sentence for each run on which nothing was measured. */
export function divergedNotes(
  runs: readonly Run[],
  { seed, seeds }: { readonly seed: number; readonly seeds: number },
): string[] {
  return runs.flatMap(({ name, k, diverged }) => {
    if (diverged === undefined) return [];
    const which = [...(name === undefined ? [] : [name]), ...(seeds > 1 ? [`seed ${seed + k}`] : [])].join(', ');
    return [`${which === '' ? 'The run' : which} diverged: ${diverged}. Nothing is measured on it.`];
  });
}

/**
 * The first non-finite number of a forward pass over [T][B][D]; undefined where all are finite. With `weights` [T][B] of the loss, the
 * first operation of the backward pass that is not defined for its numbers, whatever the loss sends back where it has weight.
 */
export function firstNonFiniteIn(
  model: Model,
  inputs: Float64Array,
  steps: number,
  size: number,
  weights?: Float64Array,
): string | undefined {
  const { places, parameters, layers, readout, design } = model;
  const place = places.find(
    ({ offset, rows, columns }) => !parameters.subarray(offset, offset + rows * columns).every(Number.isFinite),
  );
  if (place !== undefined) return `the parameter ${place.name} is not finite`;
  const unrolled = unroll(model, { steps, batch: size, gradients: false });
  unrolled.inputs.set(inputs.subarray(0, unrolled.inputs.length));
  unrolled.forward();
  const outputsOf = (part: Part): Float64Array => unrolled.values(part.name, part.cell.program.output);
  let first: { readonly step: number; readonly says: string } | undefined;
  let [read, width] = [inputs, design.inputs];
  for (const parts of [...layers, [readout]]) {
    for (const [direction, part] of parts.entries()) {
      const found = firstIn(part, outputsOf(part), read, width, direction === 1);
      const isEarlier = first !== undefined && found !== undefined && found.step < first.step;
      if (found !== undefined && (first === undefined || isEarlier === (weights === undefined))) first = found;
    }
    [read, width] = joined(
      parts.map((part) => ({ values: outputsOf(part), size: part.size })),
      steps * size,
    );
  }
  return first?.says;

  /** Of the sequences whose output is not finite, the one in which that is so first. */
  function firstIn(part: Part, outputs: Float64Array, from: Float64Array, D: number, reversed: boolean) {
    const { cell, sizes } = part;
    const params = parametersOf(model, part);
    const isBad = (t: number, b: number): boolean =>
      !outputs.subarray((t * size + b) * part.size, (t * size + b + 1) * part.size).every(Number.isFinite);
    const times = Array.from({ length: steps }, (_, i) => (reversed ? steps - 1 - i : i));
    for (const t of times)
      for (let b = 0; b < size; b++) {
        if (weights === undefined ? !isBad(t, b) : t !== times[0]) continue;
        const given = times.map((at) => column(from.slice((at * size + b) * D, (at * size + b + 1) * D)));
        const found = firstNonFinite(cell.backward, {
          params,
          initial: zeroStates(cell.program, sizes),
          inputs: given,
          readout: weights === undefined ? [] : times.map((at) => sent(part, weights[at * size + b]!)),
        });
        if (weights !== undefined && (found === undefined || found.cause === 'overflows')) continue;
        if (found === undefined) return undefined;
        const step = reversed ? steps + 1 - found.step : found.step;
        const where = part === readout ? ' of the readout' : parts(part.name);
        return { step, says: `${nonFiniteSays({ ...found, step })}${where}` };
      }
    return undefined;
  }

  function parts(name: string): string {
    return layers.flat().length === 1 ? '' : ` of ${name}`;
  }
}

const sent = ({ size }: Part, weight: number): Matrix => column(new Array<number>(size).fill(weight === 0 ? 0 : 1));

/** The parameters of one part, by their own names. */
function parametersOf({ places, parameters }: Parameters, part: Part): Map<string, Matrix> {
  const own = places.filter(({ name }) => name.startsWith(`${part.name}.`));
  return new Map(
    own.map(({ name, offset, rows, columns }) => [
      name.slice(part.name.length + 1),
      { rows, columns, data: parameters.slice(offset, offset + rows * columns) },
    ]),
  );
}

/** The same of a sequence-to-sequence model: in its encoder on one of these sources, or else where it first predicts nothing. */
export function firstNonFiniteOf(
  model: Seq2seq,
  sources: readonly (readonly number[])[],
  said: readonly (readonly number[])[],
  reversed: boolean,
): string {
  const [encoder] = model.encoders;
  const { cell, sizes } = encoder!;
  for (const source of sources) {
    const inputs = (reversed ? [...source].reverse() : source).map((symbol) =>
      column(Array.from({ length: model.design.sourceSymbols }, (_, j) => (j === symbol ? 1 : 0))),
    );
    const params = parametersOf(model, encoder!);
    const found = firstNonFinite(cell.backward, {
      params,
      initial: zeroStates(cell.program, sizes),
      inputs,
      readout: [],
    });
    if (found !== undefined) return `in the encoder ${nonFiniteSays(found)}`;
  }
  const outputs = said.map((symbols) => symbols.indexOf(-1)).filter((t) => t >= 0);
  return outputs.length > 0
    ? `the encoder is finite, but the decoder overflows at output t = ${Math.min(...outputs) + 1}`
    : 'the outputs are finite, but their loss or the backward pass overflows';
}

/** [T·B][Σ sizes]: what the parts of a layer give, side by side, as the next layer reads it. */
function joined(
  given: readonly { readonly values: Float64Array; readonly size: number }[],
  rows: number,
): [Float64Array, number] {
  const width = given.reduce((sum, { size }) => sum + size, 0);
  const into = new Float64Array(rows * width);
  let at = 0;
  for (const { values, size } of given) {
    for (let row = 0; row < rows; row++) into.set(values.subarray(row * size, (row + 1) * size), row * width + at);
    at += size;
  }
  return [into, width];
}
