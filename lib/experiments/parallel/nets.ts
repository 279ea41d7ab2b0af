// Whole nets as graphs of operations: layers of a cell over time, a scan instead of a loop, attention. What waits for what is taken from
// the cell's equations.

import type { Cell } from '../../cells/catalogue.ts';
import { type Component, components, dependents } from '../../equations/dependence.ts';
import type { Expression } from '../../equations/expression.ts';
import { linearityOf } from '../../equations/linearity.ts';
import { type Equation, type Shape, shapeOf, sizeOf, sizesFor } from '../../equations/program.ts';
import { type ScanName, scanLevels } from '../../numbers/scan.ts';
import { stepOperations } from './step-operations.ts';
import type { Add } from './task-graph.ts';

/** What an operation costs: one each, or its FLOPs. */
export const weightNames = ['unit', 'flops'] as const;
export type WeightName = (typeof weightNames)[number];

export interface NetOptions {
  /** T */
  readonly steps: number;
  readonly hidden: number;
  readonly input: number;
  readonly weights: WeightName;
  /** Whether products that read no state cost anything: the projections of the input. They do by default. */
  readonly projections?: boolean;
}

/** Training: every input is there from the start. Generating: it is the output of the step before. */
type Mode = 'training' | 'generating';

/** Adds its operations, in an order in which each stands after what it waits for. Returns those that give the last output. */
export type Net = (add: Add, options: NetOptions) => readonly number[];

/** The tasks behind a value at each step; none for what was there from the start. */
type Values = (readonly number[])[];

const costOf = (weights: WeightName, flops: number): number => (weights === 'unit' ? 1 : flops);

/** One layer of a cell, step by step. */
export const layerNet =
  (cell: Cell, mode: Mode = 'training'): Net =>
  (add, options) =>
    layer(cell, add, options, { group: 0, mode }).at(-1)!;

/** The same with scans in place of the loops that are linear, entry by entry. */
export const scannedNet =
  (cell: Cell, scan: ScanName): Net =>
  (add, options) =>
    layer(cell, add, options, { group: 0, scan }).at(-1)!;

/** Layers on top of one another, each reading the one below. */
export const stackedNet =
  (cell: Cell, layers: number): Net =>
  (add, options) => {
    let outputs: Values | undefined;
    for (let group = 0; group < layers; group++)
      outputs = layer(cell, add, outputs === undefined ? options : { ...options, input: options.hidden }, {
        group,
        ...(outputs === undefined ? {} : { below: outputs }),
      });
    return outputs!.at(-1)!;
  };

/** One layer that reads forwards beside one that reads backwards. */
export const bidirectionalNet =
  (cell: Cell): Net =>
  (add, options) => {
    const there = layer(cell, add, options, { group: 0 });
    const back = layer(cell, add, options, { group: 1, backwards: true });
    return [...there.at(-1)!, ...back.at(-1)!];
  };

interface LayerPlace {
  readonly group: number;
  readonly backwards?: boolean;
  readonly mode?: Mode;
  readonly scan?: ScanName;
  /** Outputs of the layer that it reads instead of the inputs. */
  readonly below?: Values;
}

function layer(cell: Cell, add: Add, options: NetOptions, place: LayerPlace): Values {
  const { program } = cell;
  const { steps, weights, projections: counted = true } = options;
  const late = dependents(program);
  const sizes = sizesFor(program, options.hidden, options.input);
  const order = Array.from({ length: steps }, (_, i) => (place.backwards ? steps - 1 - i : i));
  const values = new Map<string, Values>();
  const given = (name: string): number =>
    add({ name, cost: 0, step: 0, group: place.group, hears: false, after: [], carried: [] });
  const firstToken = given('the first token');
  const starts = new Map(program.states.map((state) => [`${state}_prev`, given(`${state} at the start`)]));

  /** What gives a name its value at step t, and whether that is elsewhere. */
  const sourceOf = (name: string, t: number): { ids: readonly number[]; carried: boolean } => {
    const before = place.backwards ? t + 1 : t - 1;
    const isFirst = before < 0 || before >= steps;
    const start = starts.get(name);
    if (start !== undefined)
      return { ids: isFirst ? [start] : values.get(name.slice(0, -'_prev'.length))![before]!, carried: true };
    if (name === 'x') {
      if (place.mode === 'generating')
        return { ids: isFirst ? [firstToken] : values.get(program.output)![before]!, carried: true };
      return { ids: place.below?.[t] ?? [], carried: true };
    }
    return { ids: values.get(name)?.[t] ?? [], carried: false };
  };

  const emit = (equations: readonly Equation[], shapes: ReadonlyMap<string, Shape>): void => {
    const { operations, givenBy } = stepOperations(equations, shapes, sizes);
    const varies = operations.map(() => false);
    const waits = operations.map(() => false);
    for (const [index, { reads, outside }] of operations.entries()) {
      varies[index] =
        reads.some((read) => varies[read]) ||
        outside.some((name) => name === 'x' || starts.has(name) || values.has(name));
      waits[index] = reads.some((read) => waits[read]) || outside.some((name) => starts.has(name) || late.has(name));
    }
    for (const { name } of equations) values.set(name, []);
    /** Of parameters alone: computed once. */
    const once = new Map<number, number>();
    for (const t of order) {
      const ids: number[] = [];
      for (const [index, { name, flops, isProduct, reads, outside }] of operations.entries()) {
        const isProjection = isProduct && !waits[index];
        const sources = outside.map((other) => sourceOf(other, t));
        const id =
          once.get(index) ??
          add({
            name,
            cost: isProjection && !counted ? 0 : costOf(weights, flops),
            step: t + 1,
            group: place.group,
            hears: outside.includes('x'),
            after: [...reads.map((read) => ids[read]!), ...sources.flatMap((s) => (s.carried ? [] : s.ids))],
            carried: sources.flatMap((s) => (s.carried ? s.ids : [])),
          });
        if (!varies[index]) once.set(index, id);
        ids.push(id);
      }
      for (const { name, value } of equations) {
        const own = givenBy.get(name);
        values.get(name)![t] =
          own !== undefined ? [ids[own]!] : value.kind === 'name' ? sourceOf(value.name, t).ids : [];
      }
    }
  };

  const scanned = (loop: Component, scan: ScanName, coefficient: Expression, offset: Expression): void => {
    const state = loop.states[0]!;
    const shape = shapeOf(program, state);
    const parts: Equation[] = [
      { name: `the factor of ${state}`, value: coefficient, line: 0 },
      { name: `the addend of ${state}`, value: offset, line: 0 },
    ];
    emit(parts, new Map([...program.shapes, ...parts.map(({ name }): [string, Shape] => [name, shape])]));
    const places = order.map((t) => parts.flatMap(({ name }) => values.get(name)![t]!));
    const flops = 3 * sizeOf(shape.rows, sizes) * sizeOf(shape.columns, sizes);
    for (const level of scanLevels(scan, steps)) {
      const made = level.map(({ left, right }) =>
        add({
          name: `${state}: ${left + 1} into ${right + 1}`,
          cost: costOf(weights, flops),
          step: order[right]! + 1,
          group: place.group,
          hears: false,
          after: places[right]!,
          carried: places[left]!,
        }),
      );
      for (const [i, { right }] of level.entries()) places[right] = [made[i]!];
    }
    const found: Values = [];
    for (const [i, t] of order.entries()) found[t] = places[i]!;
    values.set(state, found);
    emit(
      loop.equations.filter(({ name }) => name !== state),
      program.shapes,
    );
  };

  // Who hears itself waits for everything, so there is nothing to take apart.
  if (place.mode === 'generating') emit(program.equations, program.shapes);
  else
    for (const part of components(program)) {
      const linearity = part.states.length === 0 || place.scan === undefined ? undefined : linearityOf(program, part);
      if (linearity?.kind === 'elementwise') scanned(part, place.scan!, linearity.coefficient, linearity.offset);
      else emit(part.equations, program.shapes);
    }
  return values.get(program.output)!;
}

/**
 * One head of self-attention in which a step sees itself and those before it (Vaswani et al. 2017). Its sums over the steps are one
 * operation each, as that paper counts, or a tree of pairs: two partial softmax sums with their weights add up to one, in any order
 * (Milakov & Gimelshein 2018).
 */
export const attentionNet =
  (sums: 'one' | 'tree', mode: Mode = 'training'): Net =>
  (add, { steps, hidden, input, weights, projections: counted = true }) => {
    const [keys, values]: [number[], number[]] = [[], []];
    const first = { name: 'the first token', cost: 0, step: 0, group: 0, hears: false, after: [], carried: [] };
    let output: readonly number[] = [add(first)];
    for (let step = 1; step <= steps; step++) {
      const task = (
        name: string,
        flops: number,
        after: readonly number[],
        carried: readonly number[] = [],
        hears = false,
      ) => add({ name, cost: costOf(weights, flops), step, group: 0, hears, after, carried });
      const heard = mode === 'generating' ? output : [];
      const [query, key, value] = projections.map((name) =>
        task(name, counted ? 2 * hidden * input : 0, [], heard, true),
      );
      const terms = keys.map((other, s) => task('q · k of another step', 2 * hidden, [query!], [other, values[s]!]));
      terms.push(task('q · k of its own', 2 * hidden, [query!, key!, value!]));
      keys.push(key!);
      values.push(value!);
      output =
        sums === 'one'
          ? [task('softmax and sum', (2 * hidden + 3) * step, terms)]
          : [task('division', hidden, [tree(terms, (a, b) => task('two sums into one', 3 * hidden, [b], [a]))])];
    }
    return output;
  };

const projections = ['W_q * x', 'W_k * x', 'W_v * x'];

/** Joins neighbours until one is left. */
function tree(ids: readonly number[], join: (a: number, b: number) => number): number {
  let left = ids;
  while (left.length > 1) {
    const next: number[] = [];
    for (let i = 0; i + 1 < left.length; i += 2) next.push(join(left[i]!, left[i + 1]!));
    if (left.length % 2 === 1) next.push(left.at(-1)!);
    left = next;
  }
  return left[0]!;
}
