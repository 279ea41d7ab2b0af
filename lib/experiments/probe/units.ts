// What the units of one model know of a text, what they are worth to it, and what one prediction listens to.

import type { Cell } from '../../cells/catalogue.ts';
import { guardedState } from '../../cells/gate-names.ts';
import { lengthOf } from '../../numbers/matrix.ts';
import { random } from '../../numbers/random.ts';
import { concordance } from '../../numbers/statistics.ts';
import { isRecurrent } from '../../options/initialisation.ts';
import type { TextTask } from '../../tasks/text-task.ts';
import { argmax } from '../../training/free-running.ts';
import { lossOf } from '../../training/loss.ts';
import type { Model } from '../../training/model.ts';
import { unroll } from '../../training/unroll.ts';
import { firstNonFiniteIn } from '../diverged.ts';
import type { Watch } from '../kit/seeds.ts';
import { type TrainedOptions, trained } from '../trained.ts';
import type { ProbeText, PropertyName } from './text-properties.ts';

export interface ProbeOptions extends TrainedOptions {
  readonly task: ProbeText;
  /** What the text is shaded by: the unit that knows this best, or `unit`, counted from 1. */
  readonly property: PropertyName;
  readonly unit?: number | undefined;
  /** The character of the shown text, counted from 1, behind which the prediction is looked into. */
  readonly at: number;
  readonly seed: number;
  readonly seeds: number;
}

/** One unit and one property. */
export interface UnitScore {
  /** From 0. */
  readonly unit: number;
  /** −1 where the unit falls with the property. Which it is, the first half says. */
  readonly sign: 1 | -1;
  /** On the half of the text by which units are ranked, at least ½; and on the other half. */
  readonly chosen: number;
  readonly measured: number;
}

/** Of one seed. */
export interface ProbeRun {
  /** [property]: the units, the best first. */
  readonly trained: readonly (readonly UnitScore[])[];
  readonly untrained: readonly (readonly UnitScore[])[];
  /** [property]: the best of the trained units for labels that say nothing. */
  readonly chance: readonly UnitScore[];
  /** The shown text by one unit: how far it is above its threshold on the side of the property. */
  readonly shade: { readonly unit: number; readonly sign: 1 | -1; readonly values: readonly number[] };
  /** ‖∂y/∂x_t‖ of the last characters up to `at`, of y for the class `says`. */
  readonly heard: { readonly says: number; readonly trained: readonly number[]; readonly untrained: readonly number[] };
  readonly loss: number;
  /** Nats that each unit is worth. */
  readonly costs: readonly number[];
  /** Why nothing is measured on the trained model, and all its numbers are NaN. */
  readonly diverged?: string | undefined;
}

/** What is farther back hardly moves a prediction. */
const mostHeard = 48;
/** Units are cut off one after the other, each on so many characters. */
const mostCut = 500;

/** One seed. Undefined when it was told to stop. */
export async function probeRun(options: ProbeOptions, k: number, watch: Watch): Promise<ProbeRun | undefined> {
  const { task, updates } = options;
  const { characters, known, from, shown } = task;
  const all = updates + 20;
  const modelAfter = (count: number) =>
    trained({ ...options, updates: count }, undefined, random(options.seed + k), { watch, before: 0, all });
  const [first, last] = [await modelAfter(0), await modelAfter(updates)];
  if (first === undefined || last === undefined) return undefined;
  const [before, model] = [first.model, last.model];
  const [young, units] = [unitsOver(before, task, characters), unitsOver(model, task, characters)];
  const ranks = known.map(({ labels }) => ranked(units, labels));
  await watch.tick(updates + 10, all);
  if (watch.stopped()) return undefined;
  const place = placeOf(options);
  const best = ranks[place]!;
  const unit = options.unit === undefined ? best[0]!.unit : options.unit - 1;
  const { sign } = best.find((each) => each.unit === unit)!;
  const threshold = thresholdOf(units[unit]!, known[place]!.labels, sign);
  const at = from + options.at;
  const heard = characters.slice(Math.max(0, at - 200), at);
  const { says, norms } = connectivity(model, task, heard);
  const found: ProbeRun = {
    trained: ranks,
    untrained: known.map(({ labels }) => ranked(young, labels)),
    chance: known.map(({ labels }) => ranked(units, turned(labels))[0]!),
    shade: {
      unit,
      sign,
      values: Array.from(units[unit]!.subarray(from, from + shown), (value) => sign * (value - threshold)),
    },
    heard: {
      says,
      trained: norms.slice(-mostHeard),
      untrained: connectivity(before, task, heard, says).norms.slice(-mostHeard),
    },
    ...worthOf(model, task, characters.slice(-mostCut)),
  };
  const cause = (): string | undefined =>
    firstNonFiniteIn(model, inputsOf(task, characters), characters.length, 1) ?? 'the loss overflows';
  const diverged = last.diverged ?? (Number.isFinite(found.loss) ? undefined : `on the held-out text ${cause()}`);
  return diverged === undefined ? found : { ...unmeasured(found), diverged };
}

/** The same with nothing measured on the trained model. */
function unmeasured(found: ProbeRun): ProbeRun {
  const { NaN: none } = Number;
  const score = (of: UnitScore): UnitScore => ({ ...of, chosen: none, measured: none });
  return {
    ...found,
    trained: found.trained.map((units) => units.map(score)),
    chance: found.chance.map(score),
    shade: { ...found.shade, values: found.shade.values.map(() => none) },
    heard: { ...found.heard, says: -1, trained: found.heard.trained.map(() => none) },
    loss: none,
    costs: found.costs.map(() => none),
  };
}

/** Where the property that is asked for stands among those of the text. */
export const placeOf = ({ task, property }: ProbeOptions): number =>
  task.known.findIndex(({ name }) => name === property);

/** Over seeds: the AUC of the best unit for the p-th property. */
export const bestScores = (found: readonly ProbeRun[], of: 'trained' | 'untrained', p: number): number[] =>
  found.map((run) => run[of][p]![0]!.measured);

/** What is looked at: the cell state where there is one, as Karpathy, Johnson & Fei-Fei 2015 do, else the output. */
export const probedState = (cell: Cell): string => guardedState(cell) ?? cell.program.output;

/** columns[unit][t]: a model's units over a text that it hears from the start. */
export function unitsOver(model: Model, task: TextTask, characters: readonly string[]): Float64Array[] {
  const steps = characters.length;
  const unrolled = unroll(model, { steps, batch: 1, gradients: false });
  unrolled.inputs.set(inputsOf(task, characters));
  unrolled.forward();
  const [part] = model.layers[0]!;
  const values = unrolled.values(part!.name, probedState(part!.cell));
  const units = values.length / steps;
  return Array.from({ length: units }, (_, j) =>
    Float64Array.from({ length: steps }, (_, t) => values[t * units + j]!),
  );
}

/** Ranked by the first half of the text, the best first. */
export function ranked(units: readonly Float64Array[], labels: readonly number[]): UnitScore[] {
  const middle = Math.floor(labels.length / 2);
  const [first, second] = [labels.slice(0, middle), labels.slice(middle)];
  return units
    .map((values, unit): UnitScore => {
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
 * 1950), on the first half of the text. `sign` is as in UnitScore.
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
  unrolled.inputs.set(inputsOf(task, characters.slice(0, rows)));
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
  unrolled.inputs.set(inputsOf(task, characters));
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
function inputsOf(task: TextTask, characters: readonly string[]): Float64Array {
  const inputs = new Float64Array(characters.length * task.inputs);
  for (const [t, character] of characters.entries()) inputs[t * task.inputs + task.classes.indexOf(character)] = 1;
  return inputs;
}
