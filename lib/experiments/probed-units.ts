// What the units of one model know of a text, what they are worth to it, and what one prediction listens to.

import type { Cell } from '../cells/catalogue.ts';
import { guardedState } from '../cells/gates.ts';
import { lengthOf } from '../numbers/matrix.ts';
import { concordance } from '../numbers/statistics.ts';
import { isRecurrent } from '../options/initialisation.ts';
import type { TextTask } from '../tasks/text-task.ts';
import { argmax } from '../training/free-running.ts';
import { lossOf } from '../training/loss.ts';
import type { Model } from '../training/model.ts';
import { unroll } from '../training/unroll.ts';

/** One unit and one property. */
export interface Known {
  /** From 0. */
  readonly unit: number;
  /** −1 where the unit falls with the property. Which it is, the first half says. */
  readonly sign: 1 | -1;
  /** On the half of the text by which units are ranked, at least ½; and on the other half. */
  readonly chosen: number;
  readonly measured: number;
}

/** What is looked at: the cell state where there is one, as Karpathy, Johnson & Fei-Fei 2015 do, else the output. */
export const probedState = (cell: Cell): string => guardedState(cell) ?? cell.program.output;

/** columns[unit][t]: a model's units over a text that it hears from the start. */
export function unitsOver(model: Model, task: TextTask, characters: readonly string[]): Float64Array[] {
  const steps = characters.length;
  const unrolled = unroll(model, { steps, batch: 1, gradients: false });
  write(unrolled.inputs, task, characters);
  unrolled.forward();
  const [part] = model.layers[0]!;
  const values = unrolled.values(part!.name, probedState(part!.cell));
  const units = values.length / steps;
  return Array.from({ length: units }, (_, j) =>
    Float64Array.from({ length: steps }, (_, t) => values[t * units + j]!),
  );
}

/** Ranked by the first half of the text, the best first. */
export function ranked(units: readonly Float64Array[], labels: readonly number[]): Known[] {
  const middle = Math.floor(labels.length / 2);
  const [first, second] = [labels.slice(0, middle), labels.slice(middle)];
  return units
    .map((values, unit): Known => {
      const [chosen, measured] = [
        concordance(values.subarray(0, middle), first),
        concordance(values.subarray(middle), second),
      ];
      return chosen < 0.5
        ? { unit, sign: -1, chosen: 1 - chosen, measured: 1 - measured }
        : { unit, sign: 1, chosen, measured };
    })
    .sort((a, b) => b.chosen - a.chosen || a.unit - b.unit);
}

/**
 * Where a unit is best cut in two to tell labels above 0 from 0: the largest sum of the shares told right on both sides (Youden
 * 1950), on the first half of the text. `sign` is as in Known.
 */
export function thresholdOf(values: Float64Array, labels: readonly number[], sign: 1 | -1): number {
  const middle = Math.floor(labels.length / 2);
  const order = Array.from({ length: middle }, (_, i) => i).sort((a, b) => sign * (values[b]! - values[a]!));
  const yes = order.filter((i) => labels[i]! > 0).length;
  let [best, at, right, wrong] = [0, values[order[0]!]!, 0, 0];
  for (const [n, i] of order.entries()) {
    if (labels[i]! > 0) right++;
    else wrong++;
    const value = values[i]!;
    const next = values[order[n + 1] ?? i]!;
    const gain = right / yes - wrong / (middle - yes);
    if (next !== value && gain > best) [best, at] = [gain, (value + next) / 2];
  }
  return at;
}

/** The labels of each half, turned by half of it: they come and go as before, and say nothing of the text. */
export function turned(labels: readonly number[]): number[] {
  const middle = Math.floor(labels.length / 2);
  const turn = (part: readonly number[]): number[] => {
    const by = Math.floor(part.length / 2);
    return [...part.slice(by), ...part.slice(0, by)];
  };
  return [...turn(labels.slice(0, middle)), ...turn(labels.slice(middle))];
}

/** Nats a character, and by how many they grow when nothing reads a unit any more: neither a matrix from H to H nor the readout. */
export function worthOf(
  model: Model,
  task: TextTask,
  characters: readonly string[],
): { readonly loss: number; readonly costs: readonly number[] } {
  const { hidden, runners } = model.design;
  const rows = characters.length - 1;
  const unrolled = unroll(model, { steps: rows, batch: 1, gradients: false });
  write(unrolled.inputs, task, characters.slice(0, rows));
  const targets = Float64Array.from(characters.slice(1), (character) => task.classes.indexOf(character));
  const weights = new Float64Array(rows).fill(1);
  const nats = lossOf('cross-entropy', task.outputs, { rows, gradients: false, runners });
  const lossNow = (): number => {
    unrolled.forward();
    return nats({ outputs: unrolled.outputs, targets, weights });
  };
  const loss = lossNow();
  const whole = model.parameters.slice();
  const { program } = model.layers[0]![0]!.cell;
  const readers = [
    ...program.parameters.filter((name) => isRecurrent(program, name)).map((name) => `l0.${name}`),
    'readout.V',
  ].map((name) => model.parameter(name));
  const costs = Array.from({ length: hidden }, (_, unit) => {
    for (const matrix of readers) for (let i = unit; i < matrix.length; i += hidden) matrix[i] = 0;
    const cost = lossNow() - loss;
    model.parameters.set(whole);
    return cost;
  });
  return { loss, costs };
}

/** What the last step of a text makes likeliest, and ‖∂y/∂x_t‖ of that output y (before the softmax) for every step t; -1 and NaN where it is not finite. */
export function connectivity(
  model: Model,
  task: TextTask,
  characters: readonly string[],
  says?: number,
): { readonly says: number; readonly norms: readonly number[] } {
  const [steps, D, O] = [characters.length, task.inputs, task.outputs];
  const unrolled = unroll(model, { steps, batch: 1, gradients: 'all' });
  write(unrolled.inputs, task, characters);
  unrolled.forward();
  const last = (steps - 1) * O;
  const next = says ?? argmax(unrolled.outputs.subarray(last, last + O));
  if (next < 0) return { says: next, norms: characters.map(() => Number.NaN) };
  unrolled.outputGradients.fill(0);
  unrolled.outputGradients[last + next] = 1;
  unrolled.backward();
  const norms = Array.from({ length: steps }, (_, t) => lengthOf(unrolled.inputGradients.subarray(t * D, (t + 1) * D)));
  return { says: next, norms };
}

/** [T][D] */
export const inputsOf = (task: TextTask, characters: readonly string[]): Float64Array => {
  const inputs = new Float64Array(characters.length * task.inputs);
  write(inputs, task, characters);
  return inputs;
};

function write(inputs: Float64Array, task: TextTask, characters: readonly string[]): void {
  inputs.fill(0);
  for (const [t, character] of characters.entries()) inputs[t * task.inputs + task.classes.indexOf(character)] = 1;
}
